"""Fit what tells an article that says otherwise from one that tells of another thing; write qa/weights/differing.json.

    python -m eval.fit_differing [--dry-run]

The news of `eval/news/fit`, which the span reader never saw, is told by several articles a piece, and a question's
answers are given for each article: where a rival's words are among them, it says otherwise; else a warning would be a
false alarm. A logistic regression on the rivals' features is fitted on all questions; the figures, and the threshold,
come from regressions fitted on the other half of the files.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from eval.metrics import is_right
from eval.news import FIT, NewsFile, NewsQuestion, read_news
from index import DEFAULT_MODEL, LocalIndex, open_index
from index.build import write_index
from index.encoder import Encoder
from qa import PASSAGES
from qa.answers import best_supported
from qa.differing import WEIGHTS
from qa.reader import load_weights, read_passages
from qa.rivalry import FEATURES, probability
from qa.second_look import look_again
from qa.telling import told_by

FALSE_ALARMS = 0.02  # of the questions on which nobody differs: where the threshold is put
_Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """An answered question with its rivals: their features, and which of them do say otherwise."""

    file: int
    differs: bool  # some article does
    features: tuple[tuple[float, ...], ...]
    otherwise: tuple[bool, ...]


def cases_of(number: int, file: NewsFile, index: LocalIndex) -> list[Case]:
    """The questions of a file that are answered with a value, as cases."""
    found = []
    for q in file.questions:
        asked = index.mend_spelling(q.question)
        passages = index.search(asked, PASSAGES)
        reading = best_supported(read_passages(asked, passages))
        again = look_again(
            asked, reading, passages, index, passages=PASSAGES, threshold=load_weights().min_confidence,
            reader=read_passages, least=0.0,
        )  # fmt: skip
        if again.comparable:
            first = again.reading.spans[0]
            right = is_right(told_by(first).words, [a.text for a in q.answers])
            otherwise = tuple(
                right and _is_gold(told_by(r.span).words, r.span.passage.article.id, q) for r in again.rivals
            )
            found.append(Case(number, any(otherwise), tuple(r.features for r in again.rivals), otherwise))
    return found


def _is_gold(words: str, article: str, question: NewsQuestion) -> bool:
    return any(a.article == article and is_right(words, [a.text]) for a in question.answers)


def fit(cases: list[Case]) -> _Array:
    """A weight for each of FEATURES; the first is the intercept, so it is not penalised."""
    x = np.array([f for c in cases for f in c.features])
    y = np.array([o for c in cases for o in c.otherwise])
    model = LogisticRegression(C=1.0, max_iter=5000).fit(x[:, 1:], y)
    return np.concatenate([model.intercept_, model.coef_[0]])


def probabilities(cases: list[Case], weights: _Array) -> list[_Array]:
    """Each case's rivals' probabilities, float64 [rivals]."""
    return [np.array([probability(f, weights.tolist()) for f in c.features]) for c in cases]


def figures(cases: list[Case], held_out: list[_Array], least: float) -> str:
    """How many differences are found at a threshold, and how many false alarms given."""
    differing = [(c, p) for c, p in zip(cases, held_out, strict=True) if c.differs]
    others = [p for c, p in zip(cases, held_out, strict=True) if not c.differs]
    found = sum(any(o and q >= least for o, q in zip(c.otherwise, p, strict=True)) for c, p in differing)
    alarms = sum(bool((p >= least).any()) for p in others)
    return (
        f"held out: {found} of {len(differing)} differences found, a false alarm at {alarms} of {len(others)} other "
        f"questions ({alarms / len(others):.1%})"
    )


def main() -> None:
    """Make the cases, fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="print only")
    args = parser.parse_args()
    encoder = Encoder(DEFAULT_MODEL)
    cases: list[Case] = []
    for number, file in enumerate(read_news(FIT)):
        with TemporaryDirectory() as folder:
            write_index(list(file.articles), Path(folder), encoder)
            cases += cases_of(number, file, open_index(folder))
    held_out: list[_Array] = [np.empty(0)] * len(cases)
    for half in (0, 1):
        weights = fit([c for c in cases if c.file % 2 != half])
        for n, p in enumerate(probabilities(cases, weights)):
            if cases[n].file % 2 == half:
                held_out[n] = p
    highest = np.array([p.max() if len(p) else 0.0 for c, p in zip(cases, held_out, strict=True) if not c.differs])
    least = float(np.quantile(highest, 1 - FALSE_ALARMS))
    line = figures(cases, held_out, least)
    print(line)
    if not args.dry_run:
        fields = {
            "fitted": f"python -m eval.fit_differing: {line}",
            "features": FEATURES,
            "weights": [round(float(w), 4) for w in fit(cases)],
            "least": round(least, 3),
        }
        lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(value)}" for name, value in fields.items())
        WEIGHTS.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
