"""Answers in the open setting: places of paragraphs, and the two reports on a small set."""

from pathlib import Path

import pytest

from eval.answering import articles_of, given_gold, halved_report, rows_of, whole_report
from eval.indexes import open_or_build
from eval.squad import Paragraph, Question

PARAGRAPHS = [
    Paragraph("Oresk", "The harbour bridge in Oresk opened on 4 May 1973, after six years of work."),
    Paragraph("Oresk", "The ferry from Oresk to Holm leaves at noon and takes 40 minutes in calm weather."),
    Paragraph("Varn_Point", "The lighthouse at Varn Point was built in 1881 by the engineer Ida Lund."),
]
QUESTIONS = [
    Question("1", "When did the harbour bridge in Oresk open?", 0, ((38, "4 May 1973"),)),
    Question("2", "How long does the ferry to Holm take?", 1, ((54, "40 minutes"),)),
    Question("3", "When was the lighthouse at Varn Point built?", 2, ((42, "1881"),)),
]


def test_a_paragraphs_place_is_where_it_stands_in_its_article() -> None:
    articles, places = articles_of(PARAGRAPHS)
    texts = {a.id: a.text for a in articles}
    assert [a.title for a in articles] == ["Oresk", "Varn Point"]
    for paragraph, place in zip(PARAGRAPHS, places, strict=True):
        assert texts[place.article][place.start : place.end] == paragraph.text


def test_both_reports_on_three_questions(tmp_path: Path) -> None:
    articles, places = articles_of(PARAGRAPHS)
    whole = rows_of(open_or_build(articles, tmp_path / "whole"), QUESTIONS, places)
    assert [r.em for r in whole] == [True] * 3 and all(r.in_place for r in whole)
    report = whole_report(whole)
    assert "3 questions: EM 1.000, F1 1.000" in report and "in the right paragraph 100.0%" in report
    assert given_gold(PARAGRAPHS, QUESTIONS) == (1.0, 1.0)
    half = rows_of(open_or_build(articles[::2], tmp_path / "half"), QUESTIONS, places)
    assert [r.answerable for r in half] == [True, True, False]
    assert not half[2].em and half[2].confidence < min(half[0].confidence, half[1].confidence)
    assert "AUROC 1.000" in halved_report(half)


@pytest.mark.parametrize("n", range(3))
def test_answers_stand_where_the_set_says(n: int) -> None:
    start, text = QUESTIONS[n].answers[0]
    assert PARAGRAPHS[QUESTIONS[n].paragraph].text[start : start + len(text)] == text
