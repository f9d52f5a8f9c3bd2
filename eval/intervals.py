"""Bootstrap intervals and paired tests over questions (Efron & Tibshirani 1993; Koehn 2004 for systems compared)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SEED = 20211230
RESAMPLES = 1000
_Array = npt.NDArray[np.float64]
Statistic = Callable[[npt.NDArray[np.int64]], float]  # of the questions with these numbers, some of them repeated


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval, over n questions."""

    value: float
    low: float
    high: float
    n: int


def ratio(above: Sequence[float], below: Sequence[float]) -> Figure | None:
    """The sum of `above` over the sum of `below`, one entry of each a question; None where there is nothing below.

    Questions are resampled, so a question that counts several things keeps them together.
    """
    top, bottom = np.asarray(above, np.float64), np.asarray(below, np.float64)
    held = bottom > 0
    top, bottom = top[held], bottom[held]
    if not len(bottom):
        return None
    drawn = np.random.default_rng(SEED).integers(len(bottom), size=(RESAMPLES, len(bottom)))
    values = top[drawn].sum(1) / bottom[drawn].sum(1)
    return _figure(float(top.sum() / bottom.sum()), values, len(bottom))


def mean(values: Sequence[float]) -> Figure | None:
    """The mean of a value a question; None where there are none."""
    return ratio(values, [1.0] * len(values))


def of_all(statistic: Statistic, n: int) -> Figure | None:
    """A statistic that is no ratio of sums, over n questions; None where it has no value."""
    if not n or np.isnan(value := statistic(np.arange(n))):
        return None
    draw = np.random.default_rng(SEED)
    values = np.array([statistic(draw.integers(n, size=n)) for _ in range(RESAMPLES)])
    return _figure(value, values, n)


def _figure(value: float, values: _Array, n: int) -> Figure:
    low, high = np.nanpercentile(values, (2.5, 97.5))
    return Figure(value, float(low), float(high), n)


def paired_p(one: Sequence[float], other: Sequence[float]) -> float:
    """How likely so large a mean difference between two runs over the same questions is by chance, two-sided.

    The differences, shifted to a mean of 0, are resampled; 1 where the runs do not differ at all.
    """
    gaps = np.asarray(other, np.float64) - np.asarray(one, np.float64)
    if not gaps.any():
        return 1.0
    seen = abs(gaps.mean())
    drawn = np.random.default_rng(SEED).integers(len(gaps), size=(10 * RESAMPLES, len(gaps)))
    means = (gaps - gaps.mean())[drawn].mean(1)
    return float((1 + (np.abs(means) >= seen - 1e-12).sum()) / (1 + len(means)))
