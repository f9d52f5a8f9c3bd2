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

import numpy as np
import torch

from eval.retrieval import index_paragraphs
from eval.squad import Question, read_squad
from index import LocalIndex
from index.local import CANDIDATES
from qa import PASSAGES
from qa.language.kinds import kind_of
from qa.reader import FEATURES, NONE_FEATURES, WEIGHTS, candidates_of, features_of, none_features

SEED = 20211230
TAKEN_AWAY, ELSEWHERE = 0.2, 0.2  # shares of the questions
DECLINED = 0.06  # of the answerable held-out questions: where the threshold is put
PENALTY = 1e-4


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


def log_probabilities(case: Case, w: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """Log-probabilities of each sentence and, last, of "none", float32 [n_candidates + 1]."""
    return torch.log_softmax(torch.cat([case.x @ w, (case.none @ v)[None]]), 0)


def fit(cases: Sequence[Case]) -> tuple[torch.Tensor, torch.Tensor]:
    """Weights that make the right outcomes likely: maximum likelihood with a small quadratic penalty."""
    w = torch.zeros(len(FEATURES), requires_grad=True)
    v = torch.zeros(len(NONE_FEATURES), requires_grad=True)
    optimiser = torch.optim.LBFGS([w, v], max_iter=120, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = torch.zeros(())
        for case in cases:
            logs = log_probabilities(case, w, v)
            right = torch.cat([case.gold, torch.tensor([not case.answerable])])
            total = total - torch.logsumexp(logs[right], 0)
        mean: torch.Tensor = total / len(cases) + PENALTY * (w.square().sum() + v.square().sum())
        mean.backward()  # type: ignore[no-untyped-call]
        return mean

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return w.detach(), v.detach()


def calibrate(cases: Sequence[Case], w: torch.Tensor, v: torch.Tensor) -> tuple[list[float], float, str]:
    """Platt's slope and offset for the best sentence's probability, the threshold, and a line of figures."""
    best, right, answerable = [], [], []
    for case in cases:
        p = log_probabilities(case, w, v)[:-1].exp()
        best.append(float(p.max()))
        right.append(bool(case.gold[int(p.argmax())]))
        answerable.append(case.answerable)
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
    w, v = fit(train)
    calibration, threshold, figures = calibrate(held_out, w, v)
    weights = {
        "sentence": {n: round(float(x), 4) for n, x in zip(FEATURES, w, strict=True)},
        "none": {n: round(float(x), 4) for n, x in zip(NONE_FEATURES, v, strict=True)},
        "calibration": calibration,
        "min_confidence": threshold,
        "fitted": f"python -m eval.fit {' '.join(f.name for f in args.files)} --questions {args.questions}: {figures}",
    }
    print(json.dumps(weights, indent=1))
    if not args.dry_run:
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
