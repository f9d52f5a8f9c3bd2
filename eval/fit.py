"""Fit the sentence reader's weights and calibration, and write qa/weights/sentences.json.

    python -m eval.fit FILE[.json.gz] … [--questions N] [--keep DIR] [--dry-run]

SQuAD-format files, at least two. Of each question's passages, one time in five the gold paragraph is taken
away, and one time in five the question is put to another file's paragraphs: there "none" is right. Weights are
fitted on the first 80 % of each file's paragraphs, calibration and threshold on the rest.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from eval.retrieval import index_paragraphs
from eval.squad import Question, read_squad
from index import LocalIndex
from index.local import CANDIDATES
from qa import PASSAGES
from qa.candidates import FEATURES, NONE_FEATURES, candidates_of, features_of, none_features
from qa.language.kinds import kind_of
from qa.reader import WEIGHTS

SEED = 20211230
TAKEN_AWAY, ELSEWHERE = 0.2, 0.2  # shares of the questions
DECLINED = 0.06  # of the answerable held-out questions: where the threshold is put
PENALTY = 1e-4
HIDDEN = 8  # units; 16 and 32 did no better on held-out questions


@dataclass(frozen=True, slots=True)
class Case:
    """One question's candidates as numbers. `gold` marks the sentences that hold the answer; none may."""

    x: torch.Tensor  # float32 [n_candidates, n_features]
    none: torch.Tensor  # float32 [n_none_features]
    gold: torch.Tensor  # bool [n_candidates]
    answerable: bool


def make_case(
    question: Question, index: LocalIndex, draw: random.Random, *, taken_away: bool, elsewhere: bool
) -> Case | None:
    """The candidates for a question; None where retrieval lost the answer, which the reader cannot mend."""
    asked = index.mend_spelling(question.text)
    gold_article = "" if elsewhere else str(question.paragraph)
    # a random share of the other paragraphs is left out, so that small collections are learnt too
    kept = draw.uniform(0.1, 1.0)
    passages = [
        p
        for p in index.search(asked, 2 * CANDIDATES)
        if (not taken_away if p.article.id == gold_article else draw.random() < kept)
    ]
    kind = kind_of(asked)
    candidates = candidates_of(asked, kind, passages[:PASSAGES])
    if not candidates:
        return None
    gold = [
        c.passage.article.id == gold_article
        and any(c.evidence.sentence.start <= at < c.evidence.sentence.end for at, _ in question.answers)
        for c in candidates
    ]
    answerable = not (taken_away or elsewhere)
    if answerable and not any(gold):
        return None
    x = torch.tensor(features_of(asked, kind, candidates))
    return Case(x, torch.tensor(none_features(candidates)), torch.tensor(gold), answerable)


def make_cases(files: Sequence[Path], keep: Path, per_file: int) -> tuple[list[Case], list[Case]]:
    """Training and held-out cases of all files, held out by paragraph."""
    draw = random.Random(SEED)
    train: list[Case] = []
    held_out: list[Case] = []
    indexes = {}
    for file in files:
        paragraphs, _ = read_squad(file)
        indexes[file] = index_paragraphs(paragraphs, keep / f"{file.name}.idx")
    for file in files:
        paragraphs, questions = read_squad(file)
        others = [f for f in files if f != file]
        for question in draw.sample(questions, min(per_file, len(questions))):
            lot = draw.random()
            elsewhere = lot > 1 - ELSEWHERE
            index = indexes[draw.choice(others) if elsewhere else file]
            case = make_case(question, index, draw, taken_away=lot < TAKEN_AWAY, elsewhere=elsewhere)
            if case is not None:
                (train if question.paragraph < 0.8 * len(paragraphs) else held_out).append(case)
    return train, held_out


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


def calibrate(cases: Sequence[Case], network: Network) -> tuple[list[float], float, str]:
    """Platt's slope and offset for the best sentence's probability, the threshold, and a line of figures."""
    x, none, mask, right_outcomes = stack(cases)
    chance, place = network.log_probabilities(x, none, mask)[:, :-1].exp().max(1)
    best = chance.tolist()
    right = right_outcomes[torch.arange(len(cases)), place].tolist()
    answerable = [c.answerable for c in cases]
    p = np.clip(np.array(best), 1e-6, 1 - 1e-6)
    logits = torch.tensor(np.log(p / (1 - p)))
    target = torch.tensor(right, dtype=torch.float64)
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(line[0] * logits + line[1], target)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    confidence = torch.sigmoid(line[0] * logits + line[1]).detach().numpy()
    can, good = np.array(answerable), np.array(right)
    threshold = float(np.quantile(confidence[can], DECLINED))
    given = confidence >= threshold
    figures = (
        f"held out: best sentence right for {good[can].mean():.1%} of {can.sum()} answerable questions; "
        f"at {threshold:.2f}, {(given & can).sum() / can.sum():.1%} of them answered, "
        f"{(~given & ~can).sum() / (~can).sum():.1%} of {(~can).sum()} others declined"
    )
    return [round(float(x), 4) for x in line.detach()], round(threshold, 3), figures


def main() -> None:
    """Fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--questions", type=int, default=2500, help="of each file (2500)")
    parser.add_argument("--keep", type=Path, help="keep the indexes in this folder, and use those that are there")
    parser.add_argument("--dry-run", action="store_true", help="print only")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        train, held_out = make_cases(args.files, args.keep or Path(scratch), args.questions)
    network = fit(train)
    calibration, threshold, figures = calibrate(held_out, network)
    names = ("linear", "hidden", "bias", "out", "none")
    command = f"python -m eval.fit {' '.join(f.name for f in args.files)} --questions {args.questions}"
    weights = {
        "fitted": f"{command}: {figures}",
        "features": FEATURES,
        "none_features": NONE_FEATURES,
        **{name: _rounded(getattr(network, name)) for name in names},
        "calibration": calibration,
        "min_confidence": threshold,
    }
    print(figures)
    if not args.dry_run:
        lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(value)}" for name, value in weights.items())
        WEIGHTS.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def _rounded(values: torch.Tensor) -> Any:
    return [_rounded(v) for v in values] if values.dim() else round(float(values), 4)


if __name__ == "__main__":
    main()
