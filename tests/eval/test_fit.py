"""Fitting: the shipped weights are for the code's features, and a fit finds what separates."""

import torch

from eval.cases import Case
from eval.fit import Outcome, calibrate, figures_of, fit, stack
from qa.answers import EVIDENCE
from qa.candidates import FEATURES, NONE_FEATURES
from qa.reader import load_weights


def test_the_shipped_weights_are_for_the_features_of_the_code() -> None:
    weights = load_weights()
    assert weights.linear.shape == (len(FEATURES),) and weights.none.shape == (len(NONE_FEATURES),)
    assert weights.calibration.shape == (len(EVIDENCE),)
    assert 0 < weights.min_confidence < 0.5


def made_cases() -> list[Case]:
    draw = torch.Generator().manual_seed(1)
    cases = []
    for n in range(60):
        x = torch.rand((8, len(FEATURES)), generator=draw) * 0.1
        gold = torch.zeros(8, dtype=torch.bool)
        if n % 3 > 0:
            gold[n % 8] = True
            x[n % 8, 0] = 0.9
        none = torch.zeros(len(NONE_FEATURES))
        none[0], none[1] = 1.0, x[:, 0].max()
        cases.append(Case("?", ("yes",) if n % 3 else (), (), {}, x, none, gold, n % 5))
    return cases


def test_a_fit_finds_the_sentence_with_evidence_and_the_question_without() -> None:
    cases = made_cases()
    x, none, mask, right = stack(cases)
    logs = fit(cases).log_probabilities(x, none, mask)
    assert right[torch.arange(len(cases)), logs.argmax(1)].all()


def test_calibration_tells_right_from_wrong_and_the_threshold_declines_the_wrong() -> None:
    outcomes = [
        Outcome((1.0, 3.0 if good else -3.0, *[0.0] * (len(EVIDENCE) - 2)), good, good) for good in [True, False] * 30
    ]
    calibration = calibrate(outcomes)
    threshold, figures = figures_of(outcomes, calibration)
    assert calibration[1] > 0 and 0.5 < threshold <= 1
    assert "right for 100.0% of 30 answerable questions" in figures and "100.0% of 30 others declined" in figures
