"""Two rankings to one: what `eval/retrieval.py` found best, and the one it is compared with."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Fusion = Callable[[Scores, Scores], Scores]

DENSE_WEIGHT = 0.8  # see docs/retrieval.md
RRF_K = 60


def convex(bm25: Scores, cosine: Scores, dense_weight: float = DENSE_WEIGHT) -> Scores:
    """A convex combination of scores scaled by their maxima (Bruch, Gai and Ingber 2023, section 3).

    w (1 + cos) / (1 + max cos) + (1 - w) bm25 / max bm25, over the same candidates, float64 [n], each.
    `bm25` is 0 for a candidate without a common term. Result in [0, 1].
    """
    if not len(cosine):
        return np.zeros(0)
    dense = (1 + cosine) / max(1e-9, 1 + float(cosine.max()))
    top = float(bm25.max())
    return dense_weight * dense + (1 - dense_weight) * (bm25 / top if top > 0 else np.zeros_like(bm25))


def reciprocal_rank(bm25: Scores, cosine: Scores, k: int = RRF_K) -> Scores:
    """Reciprocal rank fusion, the sum of 1 / (k + rank), ranks from 1 (Cormack, Clarke and Büttcher 2009)."""
    return _reciprocal(bm25, k) + _reciprocal(cosine, k)


def _reciprocal(scores: Scores, k: int) -> Scores:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return 1.0 / (k + ranks)
