"""The measures, on cases small enough to count by hand."""

import numpy as np
import pytest

from eval.metrics import best_f1, calibration_error, exact, f1, is_right, risk_coverage


def test_f1_ignores_articles_case_and_punctuation() -> None:
    assert f1("The Ferry.", "a ferry") == 1.0
    assert f1("ferry to Holm", "ferry") == pytest.approx(0.5)
    assert f1("bridge", "ferry") == 0.0


def test_the_best_accepted_answer_counts_and_none_gives_nothing() -> None:
    assert best_f1("40 minutes", ["an hour", "40 minutes"]) == 1.0
    assert best_f1("40 minutes", []) == 0.0
    assert exact("the 40 minutes", ["40 minutes"]) and not exact("40", ["40 minutes"])


def test_a_short_answer_that_holds_an_accepted_one_is_right_and_a_long_one_is_not() -> None:
    assert is_right("about 40 minutes in calm weather", ["40 minutes"])
    assert not is_right("40 minutes " + "and so on " * 10, ["40 minutes"])
    assert not is_right("400 minutes", ["40"])


def test_calibration_error_is_the_gap_between_confidence_and_truth() -> None:
    assert calibration_error(np.array([0.75] * 4), np.array([True, True, True, False])) == pytest.approx(0)
    assert calibration_error(np.array([0.9, 0.9, 0.1, 0.1]), np.array([False] * 4)) == pytest.approx(0.5)


def test_the_surest_answers_come_first_on_the_risk_coverage_curve() -> None:
    points = risk_coverage(np.array([0.2, 0.9, 0.8, 0.1]), np.array([False, True, True, True]), (0.5, 1.0))
    assert points == [(0.5, 0.8, 0.0), (1.0, 0.1, 0.25)]
