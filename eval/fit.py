"""Fit the network that weighs sentences and the calibration of its confidence; write qa/weights/sentences.json.

    python -m eval.fit FILE[.json.gz] … [--questions N] [--keep DIR] [--dry-run]

Of SQuAD-format files, at least two, only questions on held-out paragraphs are used, which the span reader was not
trained on; so too of the news of `eval/news/fit`. A question is put to the paragraphs of its file; to them
without those that answer; and now and then to another file's: in the latter two "none" is right. The network is
fitted on all of them; the calibration, and the figures, on what networks say that were fitted on the other FOLDS - 1
parts.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from eval.cases import FOLDS, SEED, Case, make_cases
from eval.metrics import calibration_error, is_right
from qa.answers import EVIDENCE, best_group, best_supported, evidence_for
from qa.candidates import FEATURES, NONE_FEATURES
from qa.reader import WEIGHTS, Weights, weigh

DECLINED = 0.08  # of the answerable questions: where the threshold is put
# Share of the questions that people ask which nothing answers. The cases have more of them, to learn from; confidence
# is fitted as if they were so few.
UNANSWERABLE = 0.2
PENALTY = 3e-4
HIDDEN = 8  # units; 16 and 32 did no better on held-out questions


@dataclass(frozen=True, slots=True)
class Network:
    """The reader's weights as tensors; see `qa.reader.Weights`."""

    linear: torch.Tensor
    hidden: torch.Tensor
    bias: torch.Tensor
    out: torch.Tensor
    none: torch.Tensor

    def log_probabilities(self, x: torch.Tensor, none: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Log-probabilities of each sentence and, last, of "none", [n, m + 1], from [n, m, f], [n, g], [n, m]."""
        scores = x @ self.linear + torch.tanh(x @ self.hidden.T + self.bias) @ self.out
        return torch.log_softmax(torch.cat([scores.masked_fill(~mask, -1e9), (none @ self.none)[:, None]], 1), 1)

    def parameters(self) -> list[torch.Tensor]:
        """All weights."""
        return [self.linear, self.hidden, self.bias, self.out, self.none]


def stack(cases: Sequence[Case]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """The cases padded to one shape: x [n, m, f], none [n, g], mask [n, m], and the right outcomes [n, m + 1]."""
    rows = torch.nn.utils.rnn.pad_sequence([c.x for c in cases], batch_first=True)
    mask = torch.nn.utils.rnn.pad_sequence([torch.ones(len(c.x), dtype=torch.bool) for c in cases], batch_first=True)
    gold = torch.nn.utils.rnn.pad_sequence([c.gold for c in cases], batch_first=True)
    nothing = torch.tensor([[not c.answerable] for c in cases])
    return rows, torch.stack([c.none for c in cases]), mask, torch.cat([gold, nothing], 1)


def fit(cases: Sequence[Case]) -> Network:
    """Weights that make the right outcomes likely: maximum likelihood with a small quadratic penalty."""
    torch.manual_seed(SEED)
    f, g = len(FEATURES), len(NONE_FEATURES)
    network = Network(
        torch.zeros(f), 0.5 * torch.randn(HIDDEN, f), torch.zeros(HIDDEN), 0.1 * torch.randn(HIDDEN), torch.zeros(g)
    )
    parameters = [p.requires_grad_() for p in network.parameters()]
    optimiser = torch.optim.LBFGS(parameters, max_iter=300, line_search_fn="strong_wolfe")
    x, none, mask, right = stack(cases)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logs = network.log_probabilities(x, none, mask).masked_fill(~right, -1e9)
        penalty = sum((p.square().sum() for p in parameters), torch.zeros(()))
        value: torch.Tensor = -torch.logsumexp(logs, 1).mean() + PENALTY * penalty
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    for p in parameters:
        p.requires_grad_(False)
    return network


def weights_of(network: Network, calibration: Sequence[float], min_confidence: float) -> Weights:
    """A fitted network as the reader takes it."""
    arrays = {n: np.asarray(getattr(network, n), np.float64) for n in ("linear", "hidden", "bias", "out", "none")}
    return Weights(**arrays, calibration=np.asarray(calibration, np.float64), min_confidence=min_confidence)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a network says to a case that it was not fitted on."""

    evidence: tuple[float, ...]  # see qa.answers.EVIDENCE
    right: bool
    answerable: bool


def outcomes_of(cases: Sequence[Case]) -> list[Outcome]:
    """Every case's outcome, by a network fitted on the other folds."""
    outcomes = []
    for fold in range(FOLDS):
        network = fit([c for c in cases if c.fold != fold])
        weights = weights_of(network, (), 0.0)
        for case in (c for c in cases if c.fold == fold):
            reading = best_supported(weigh(case.question, case.passages, case.marks, weights))
            group = best_group(reading)
            first = group[0]
            words = first.passage.article.text[first.start : first.end]
            right = case.answerable and is_right(words, case.accepted)
            outcomes.append(Outcome(evidence_for(group, reading, case.passages), right, case.answerable))
    return outcomes


def calibrate(outcomes: Sequence[Outcome]) -> npt.NDArray[np.float64]:
    """Logistic regression of "right" on the evidence, float64 [c], with a small quadratic penalty.

    Outcomes weigh as if UNANSWERABLE of them had no answer.
    """
    x = torch.tensor([o.evidence for o in outcomes], dtype=torch.float64)
    target = torch.tensor([o.right for o in outcomes], dtype=torch.float64)
    weights = torch.tensor(_weights(outcomes))
    w = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, target, weights)
        value = value + 1e-3 * w[1:].square().sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    # Crowd questions have one article each: what they teach of agreement is chance, and it must not count against.
    fitted = w.detach().numpy()
    fitted[EVIDENCE.index("articles")] = max(0.0, fitted[EVIDENCE.index("articles")])
    return fitted


def _weights(outcomes: Sequence[Outcome]) -> npt.NDArray[np.float64]:
    """What each outcome weighs, float64 [n], 1 in the mean, so that UNANSWERABLE of the weight has no answer."""
    can = np.array([o.answerable for o in outcomes])
    weights: npt.NDArray[np.float64] = np.where(can, (1 - UNANSWERABLE) / can.mean(), UNANSWERABLE / (1 - can.mean()))
    return weights


def figures_of(outcomes: Sequence[Outcome], calibration: npt.NDArray[np.float64]) -> tuple[float, str]:
    """The threshold that declines DECLINED of the answerable questions, and a line of figures."""
    confidence = 1 / (1 + np.exp(-np.array([o.evidence for o in outcomes]) @ calibration))
    can = np.array([o.answerable for o in outcomes])
    right = np.array([o.right for o in outcomes])
    threshold = float(np.quantile(confidence[can], DECLINED))
    given = confidence >= threshold
    figures = (
        f"held out: right for {right[can].mean():.1%} of {can.sum()} answerable questions; at {threshold:.2f} "
        f"{given[can].mean():.1%} of them answered, {right[can & given].mean():.1%} of those right, "
        f"{(~given)[~can].mean():.1%} of {(~can).sum()} others declined; "
        f"expected calibration error {calibration_error(confidence, right, _weights(outcomes)):.3f}"
    )
    return threshold, figures


def main() -> None:
    """Fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--questions", type=int, default=2500, help="of each file at most (2500)")
    parser.add_argument("--keep", type=Path, help="keep the indexes in this folder, and use those that are there")
    parser.add_argument("--dry-run", action="store_true", help="print only")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cases = make_cases(args.files, args.keep or Path(scratch), args.questions)
    outcomes = outcomes_of(cases)
    calibration = calibrate(outcomes)
    threshold, figures = figures_of(outcomes, calibration)
    print(figures)
    if not args.dry_run:
        command = f"python -m eval.fit {' '.join(f.name for f in args.files)} --questions {args.questions}"
        write_weights(fit(cases), calibration, threshold, f"{command}: {figures}")


def write_weights(network: Network, calibration: npt.NDArray[np.float64], threshold: float, fitted: str) -> None:
    """Write what the reader loads, and how it was found."""
    weights = {
        "fitted": fitted,
        "features": FEATURES,
        "none_features": NONE_FEATURES,
        "evidence": EVIDENCE,
        **{name: _rounded(getattr(network, name)) for name in ("linear", "hidden", "bias", "out", "none")},
        "calibration": [round(float(w), 4) for w in calibration],
        "min_confidence": round(threshold, 3),
    }
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(value)}" for name, value in weights.items())
    WEIGHTS.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def _rounded(values: torch.Tensor) -> Any:
    return [_rounded(v) for v in values] if values.dim() else round(float(values), 4)


if __name__ == "__main__":
    main()
