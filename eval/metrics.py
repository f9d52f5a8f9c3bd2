"""How good an answer is: exact match, token F1, right or not."""

import re
import string
from collections import Counter
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

_RIGHT_F1 = 0.5
_SHORT_WORDS = 12  # an answer of more words is not right just for holding the accepted one


def normalise(answer: str) -> str:
    """SQuAD's normalisation (Rajpurkar et al. 2016): lower case, no punctuation, articles or extra blanks."""
    plain = "".join(c for c in answer.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(?:a|an|the)\b", " ", plain).split())


def f1(answer: str, accepted: str) -> float:
    """Token F1 after normalisation."""
    one, other = Counter(normalise(answer).split()), Counter(normalise(accepted).split())
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else float(one == other)


def best_f1(answer: str, accepted: Iterable[str]) -> float:
    """The best F1 against any accepted answer; 0 where there is none."""
    return max((f1(answer, a) for a in accepted), default=0.0)


def exact(answer: str, accepted: Iterable[str]) -> bool:
    """Whether it is an accepted answer, after normalisation."""
    return any(normalise(answer) == normalise(a) for a in accepted)


def is_right(answer: str, accepted: Iterable[str]) -> bool:
    """F1 of a half against some accepted answer, or a short answer that holds one."""
    accepted = list(accepted)
    plain = f" {normalise(answer)} "
    holds = any(f" {normalise(a)} " in plain for a in accepted if normalise(a))
    return best_f1(answer, accepted) >= _RIGHT_F1 or (holds and len(plain.split()) <= _SHORT_WORDS)


def calibration_error(
    confidence: npt.NDArray[np.float64],
    right: npt.NDArray[np.bool_],
    weights: npt.NDArray[np.float64] | None = None,
    bins: int = 10,
) -> float:
    """Mean distance of confidence from the share of right answers, over bins of like confidence, by their weight.

    Expected calibration error (Guo et al. 2017). All weigh the same unless told otherwise.
    """
    weights = np.ones(len(confidence)) if weights is None else weights
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs((weights * (confidence - right))[places == b].sum()) for b in range(bins)]
    return float(sum(gaps) / weights.sum())


def risk_coverage(
    confidence: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], coverages: Iterable[float]
) -> list[tuple[float, float, float]]:
    """For each share of questions answered, surest first: the share, the confidence it takes, the share wrong.

    The risk-coverage curve of selective classification (El-Yaniv & Wiener 2010).
    """
    order = np.argsort(-confidence, kind="stable")
    points = []
    for coverage in coverages:
        n = max(1, round(coverage * len(order)))
        points.append((coverage, float(confidence[order[n - 1]]), float(1 - right[order[:n]].mean())))
    return points
