"""Answers on a SQuAD-format file in the open setting: all its articles in one index, questions without their paragraph.

    python -m eval --squad FILE[.json.gz] [--every-second] [--held-out] [--limit N] [--keep DIR]

With every article in the index: EM and F1 (Rajpurkar et al. 2016; a declined question scores 0), and "without
declining" what the best guess would score; the share of first citations, given or nearest, that stand in the paragraph
asked about; and what the span reader makes of the gold paragraph alone. Questions that the file calls unanswerable are
to be declined. With every second article left out, questions on those are to be declined too: declined and answered
shares, AUROC of the confidence for "right", the expected calibration error (10 bins; Guo et al. 2017), and the
risk-coverage curve, of which the default threshold is a point.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.indexes import open_or_build
from eval.metrics import best_f1, calibration_error, exact, is_right, risk_coverage
from eval.squad import Paragraph, Question, held_out_from, read_squad
from index import Article, Evidence, LocalIndex, Passage, QAError
from index.sentences import split_sentences
from qa import ask
from qa.reader import load_weights
from qa.spans import SpanReader


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
    asked = [r for r in rows if r.answerable]
    n, others = len(asked), [not r.answered for r in rows if not r.answerable]
    em, f1 = sum(r.em for r in asked) / n, sum(r.f1 for r in asked) / n
    declined = f"; {np.mean(others):.1%} of {len(others)} unanswerable ones declined" if others else ""
    return (
        f"{n} questions: EM {sum(r.em and r.answered for r in asked) / n:.3f}, "
        f"F1 {sum(r.f1 * r.answered for r in asked) / n:.3f} (without declining {em:.3f}, {f1:.3f}); "
        f"right {sum(r.right and r.answered for r in asked) / n:.1%}, answered {sum(r.answered for r in asked) / n:.1%}"
        f"; first citation in the right paragraph {sum(r.in_place for r in asked) / n:.1%}{declined}; "
        f"median {np.median([r.milliseconds for r in rows]):.0f} ms"
    )


def given_gold(paragraphs: Sequence[Paragraph], questions: Sequence[Question]) -> tuple[float, float]:
    """EM and F1 of the span reader's best span in each answerable question's own paragraph."""
    reader = SpanReader()
    em = total = 0.0
    asked = [q for q in questions if q.answers]
    for question in asked:
        passage = _passage(paragraphs[question.paragraph])
        marks = reader.mark(question.text, [passage]).values()
        best = max(marks, key=lambda m: m.score, default=None)
        words = passage.article.text[best.start : best.end] if best else ""
        accepted = [text for _, text in question.answers]
        em += exact(words, accepted)
        total += best_f1(words, accepted)
    return em / len(asked), total / len(asked)


def _passage(paragraph: Paragraph) -> Passage:
    title = paragraph.title.replace("_", " ")
    article = Article(paragraph.title, title, None, None, None, paragraph.title, paragraph.text)
    evidence = tuple(Evidence(s, 0.0, 0.0) for s in split_sentences(paragraph.text) if s.kind != "noise")
    return Passage(article, 0, len(paragraph.text), evidence, 1.0, 0.0, 0.0, 0.0)


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


def report(file: Path, keep: Path | None, *, held_out: bool, limit: int | None, every_second: bool) -> None:
    """Run and print. Raises QAError where the file is none in SQuAD's format, or has no question to ask."""
    try:
        paragraphs, questions = read_squad(file)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QAError(f"{file} is no SQuAD-format file: {error}") from error
    cut = held_out_from(paragraphs) if held_out else 0
    questions = [q for q in questions if q.paragraph >= cut]
    questions = questions[:: max(1, len(questions) // (limit or max(1, len(questions))))]
    if not any(q.answers for q in questions):
        raise QAError(f"{file}: no answerable question to ask")
    articles, places = articles_of(paragraphs)
    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or Path(scratch)
        whole = open_or_build(articles, folder / f"{file.name}.articles.idx")
        print(f"{file.name}: {whole_report(rows_of(whole, questions, places))}")
        em, f1 = given_gold(paragraphs, questions)
        print(f"{file.name}, given the gold paragraph: EM {em:.3f}, F1 {f1:.3f}")
        if every_second and len(articles) > 1:
            half = open_or_build(articles[::2], folder / f"{file.name}.half.idx")
            print(f"{file.name}, {halved_report(rows_of(half, questions, places))}")
