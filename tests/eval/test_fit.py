"""Fitting: the shipped weights are for the code's features, and a fit finds what separates."""

import torch

from eval.fit import Case, calibrate, fit
from qa.candidates import FEATURES, NONE_FEATURES
from qa.reader import load_weights


def test_the_shipped_weights_are_for_the_features_of_the_code() -> None:
    weights = load_weights()
    assert weights.linear.shape == (len(FEATURES),) and weights.none.shape == (len(NONE_FEATURES),)
    assert 0 < weights.min_confidence < 0.5


def test_a_fit_finds_the_sentence_with_evidence_and_the_question_without() -> None:
    draw = torch.Generator().manual_seed(1)
    cases = []
    for n in range(60):
        x = torch.rand((8, len(FEATURES)), generator=draw) * 0.1
        gold = torch.zeros(8, dtype=torch.bool)
        answerable = n % 3 > 0
        if answerable:
            gold[n % 8] = True
            x[n % 8, 0] = 0.9
        none = torch.tensor([1.0, float(x[:, 0].max()), 0.0, 0.0])
        cases.append(Case(x, none, gold, answerable))
    (slope, _), threshold, figures = calibrate(cases, fit(cases))
    assert slope > 0 and 0 < threshold <= 1
    assert "right for 100.0% of 40 answerable questions" in figures and "100.0% of 20 others declined" in figures
