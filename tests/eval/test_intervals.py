"""Bootstrap intervals and paired tests."""

import numpy as np
import pytest

from eval.intervals import mean, of_all, paired_p, ratio


def test_an_interval_holds_its_value_and_narrows_with_more_questions() -> None:
    few, many = mean([1.0, 0.0] * 10), mean([1.0, 0.0] * 1000)
    assert few and many
    assert few.low < few.value == many.value == 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 5
    # the binomial's own interval, within the noise of resampling
    assert few.high - few.low == pytest.approx(2 * 1.96 * (0.25 / 20) ** 0.5, abs=0.06)


def test_a_ratio_counts_what_questions_count_and_skips_those_that_count_nothing() -> None:
    figure = ratio([1, 3, 0], [2, 3, 0])
    assert figure and figure.value == pytest.approx(4 / 5) and figure.n == 2
    assert ratio([0, 0], [0, 0]) is None and mean([]) is None


def test_a_statistic_of_all_questions_has_an_interval_too() -> None:
    times = np.arange(101.0)
    figure = of_all(lambda which: float(np.median(times[which])), len(times))
    assert figure and figure.value == 50 and 30 < figure.low < 50 < figure.high < 70
    assert of_all(lambda which: float("nan"), 5) is None


def test_a_clear_difference_is_no_chance_and_none_is() -> None:
    worse, better = [0.0] * 30 + [1.0] * 30, [1.0] * 60
    assert paired_p(worse, better) < 0.001
    assert paired_p(better, better) == 1.0
    # as many flipped one way as the other
    assert paired_p([0, 1] * 20, [1, 0] * 20) > 0.9
