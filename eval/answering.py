"""Answers on a SQuAD-format file in the open setting: all its articles in one index, questions without their paragraph.

    python -m eval.answering FILE[.json.gz] [--held-out] [--limit N] [--keep DIR]

Two runs: with every article in the index, and with every second one left out, where the questions on those are to
be declined. What is printed: EM and F1 (Rajpurkar et al. 2016; a declined question scores 0), and "without declining"
for what the best guess would score; the share of first citations, given or nearest, that stand in the paragraph asked
about; then declined and answered shares, AUROC of the confidence for "right", and the expected calibration error
(10 bins; Guo et al. 2017), and the risk-coverage curve, of which the default threshold is a point.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.metrics import best_f1, calibration_error, exact, is_right, risk_coverage
from eval.squad import Paragraph, Question, held_out_from, read_squad
from index import Article, LocalIndex, QAError
from index.build import write_index
from index.encoder import Encoder
from index.export import DEFAULT_MODEL
from index.local import open_local
from qa import ask
from qa.reader import load_weights


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: `article text[start:end]`."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """How one question went."""

    em: bool
    f1: float
    right: bool
    in_place: bool  # the first citation stands in the question's paragraph
    answered: bool
    answerable: bool  # its article is in the index
    confidence: float
    milliseconds: float


def articles_of(paragraphs: Sequence[Paragraph]) -> tuple[list[Article], list[Place]]:
    """The set's articles, paragraphs between blank lines, and each paragraph's place."""
    articles, places = [], []
    for title, group in groupby(paragraphs, key=lambda p: p.title):
        text = ""
        for paragraph in group:
            places.append(Place(title, len(text), len(text) + len(paragraph.text)))
            text += f"{paragraph.text}\n\n"
        articles.append(Article(title, title.replace("_", " "), None, None, None, title, text))
    return articles, places


def open_index(articles: Sequence[Article], folder: Path) -> LocalIndex:
    """An index of the articles, built unless the folder has it."""
    try:
        return open_local(folder)
    except QAError:
        write_index(articles, folder, Encoder(DEFAULT_MODEL))
        return open_local(folder)


def rows_of(index: LocalIndex, questions: Sequence[Question], places: Sequence[Place]) -> list[Row]:
    """Every question put to the index, each answered as surely or unsurely as it goes."""
    held = {a.id for a in index.articles()}
    threshold = load_weights().min_confidence
    rows = []
    for question in questions:
        answer = ask(question.text, index, min_confidence=0.0)
        place = places[question.paragraph]
        accepted = [text for _, text in question.answers] if place.article in held else []
        words = answer.answer or ""
        first = answer.citations[0] if answer.citations else None
        in_place = first is not None and first.article == place.article and place.start <= first.start < place.end
        rows.append(
            Row(
                exact(words, accepted), best_f1(words, accepted), is_right(words, accepted), in_place,
                answer.confidence >= threshold, bool(accepted), answer.confidence, answer.elapsed_ms,
            )
        )  # fmt: skip
    return rows


def whole_report(rows: Sequence[Row]) -> str:
    """Figures of the run with every article in the index."""
    n = len(rows)
    em, f1 = sum(r.em for r in rows) / n, sum(r.f1 for r in rows) / n
    return (
        f"{n} questions: EM {sum(r.em and r.answered for r in rows) / n:.3f}, "
        f"F1 {sum(r.f1 * r.answered for r in rows) / n:.3f} (without declining {em:.3f}, {f1:.3f}); "
        f"right {sum(r.right and r.answered for r in rows) / n:.1%}, answered {sum(r.answered for r in rows) / n:.1%}; "
        f"first citation in the right paragraph {sum(r.in_place for r in rows) / n:.1%}; "
        f"median {np.median([r.milliseconds for r in rows]):.0f} ms"
    )


def halved_report(rows: Sequence[Row]) -> str:
    """Figures of the run with every second article left out."""
    kept, lost = [r for r in rows if r.answerable], [r for r in rows if not r.answerable]
    confidence, right = np.array([r.confidence for r in rows]), np.array([r.right for r in rows])
    return (
        f"every second article left out: {sum(not r.answered for r in lost) / len(lost):.1%} of {len(lost)} questions "
        f"that lost theirs declined, {sum(r.answered for r in kept) / len(kept):.1%} of {len(kept)} others answered; "
        f"AUROC {roc_auc_score(right, confidence):.3f}, calibration error {calibration_error(confidence, right):.3f}\n"
        + "\n".join(
            f"  {coverage:4.0%} answered: from a confidence of {least:.2f}, {risk:5.1%} wrong"
            for coverage, least, risk in risk_coverage(confidence, right, (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0))
        )
    )


def main() -> None:
    """Run both and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--held-out", action="store_true", help="only questions that the reader was not trained on")
    parser.add_argument("--limit", type=int, help="about N questions, evenly spread")
    parser.add_argument("--keep", type=Path, help="keep the indexes in this folder, and use those that are there")
    args = parser.parse_args()
    paragraphs, questions = read_squad(args.file)
    cut = held_out_from(paragraphs) if args.held_out else 0
    questions = [q for q in questions if q.paragraph >= cut and q.answers]
    questions = questions[:: max(1, len(questions) // (args.limit or len(questions)))]
    articles, places = articles_of(paragraphs)
    with tempfile.TemporaryDirectory() as scratch:
        keep = args.keep or Path(scratch)
        whole = open_index(articles, keep / f"{args.file.name}.articles.idx")
        print(f"{args.file.name}: {whole_report(rows_of(whole, questions, places))}")
        half = open_index(articles[::2], keep / f"{args.file.name}.half.idx")
        print(f"{args.file.name}, {halved_report(rows_of(half, questions, places))}")


if __name__ == "__main__":
    main()
