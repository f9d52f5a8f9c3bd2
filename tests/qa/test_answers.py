"""From spans to one cited answer, checked against the stored text."""

from dataclasses import replace
from pathlib import Path

import pytest

from index import LocalIndex, build_index, open_index
from qa import ask
from qa.answers import best_group, best_supported, keep_verbatim
from qa.reader import Span, read_passages
from qa.second_look import look_again

OPENED = "When did the harbour bridge in Oresk open?"


@pytest.fixture(scope="module")
def index(small_index: Path) -> LocalIndex:
    return open_index(str(small_index))


def test_every_article_that_says_so_is_cited_once(index: LocalIndex) -> None:
    answer = ask(OPENED, index)
    assert answer.answer == "4 May 1973"
    assert sorted(c.article for c in answer.citations) == ["chronicle", "harbour"]
    assert [c.n for c in answer.citations] == [1, 2]


def test_citations_come_strongest_first(index: LocalIndex) -> None:
    scores = [c.score for c in ask(OPENED, index).citations]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How long does the ferry to Holm take?", "40 minutes"),
        ("Who opened the bridge?", "Margrethe"),
        ("Where was the lighthouse built?", "Varn Point"),
        ("how long is the bridge", "812 metres"),
    ],
)
def test_the_words_that_the_question_asks_for_are_marked(index: LocalIndex, question: str, words: str) -> None:
    answer = ask(question, index)
    assert answer.answer is not None and words in answer.answer and len(answer.answer) < len(words) + 8


def test_a_quote_is_whole_sentences(index: LocalIndex) -> None:
    for citation in ask(OPENED, index).citations:
        assert citation.quote[0].isupper() and citation.quote.endswith(".")


def test_a_sentence_that_leans_on_the_one_before_is_quoted_with_it(index: LocalIndex) -> None:
    citation = ask("how long is the bridge", index).citations[0]
    assert citation.quote.startswith("The harbour bridge") and citation.quote.endswith("It is 812 metres long.")


def test_nothing_is_answered_below_the_wanted_confidence(index: LocalIndex) -> None:
    declined = ask(OPENED, index, min_confidence=1.0)
    assert not declined.answered and declined.answer is None and declined.confidence < 1
    assert 0 < len(declined.citations) <= 3
    assert all(c.answer_start is None for c in declined.citations)


def test_a_citation_that_is_off_by_one_character_is_not_shown(index: LocalIndex) -> None:
    answer = ask(OPENED, index)
    first, second = answer.citations
    moved = replace(first, start=first.start + 1)
    kept = keep_verbatim(replace(answer, citations=(moved, second)), index)
    assert [c.article for c in kept.citations] == [second.article] and kept.citations[0].n == 1


def test_an_answer_without_a_true_citation_is_withheld(index: LocalIndex) -> None:
    answer = ask(OPENED, index)
    false = tuple(replace(c, quote=c.quote.replace("1973", "1974")) for c in answer.citations)
    kept = keep_verbatim(replace(answer, citations=false), index)
    assert not kept.answered and kept.answer is None and kept.citations == ()


def test_an_answer_outside_its_quote_is_withheld(index: LocalIndex) -> None:
    answer = ask(OPENED, index)
    outside = tuple(replace(c, answer_end=c.end + 5) for c in answer.citations)
    assert not keep_verbatim(replace(answer, citations=outside), index).answered


def test_a_citation_of_an_unknown_article_is_not_shown(index: LocalIndex) -> None:
    answer = ask(OPENED, index)
    gone = tuple(replace(c, article="gone") for c in answer.citations)
    assert not keep_verbatim(replace(answer, citations=gone), index).answered


def test_an_article_that_words_the_rest_differently_still_supports_a_duration(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The phone call between the two mayors lasted about 50 minutes, an aide said.\n")
    (tmp_path / "b.txt").write_text("Budget and ferries were the main topics of the 50-minute exchange on Friday.\n")
    build_index([str(tmp_path)], tmp_path / "index")
    opened = open_index(str(tmp_path / "index"))
    question = "How long did the phone call last?"
    first = opened.search(question, 1)
    again = look_again(
        question, read_passages(question, first), first, opened, passages=5, threshold=0.0, reader=read_passages
    )
    assert [s.passage.article.id for s in best_group(again.reading)] == ["a", "b"]
    assert [c.article for c in ask(question, opened).citations] == ["a", "b"]


def test_what_two_articles_say_outweighs_one_that_is_a_little_likelier_alone(tmp_path: Path) -> None:
    for name, minutes in {"a": "70 minutes", "b": "50 minutes", "c": "about fifty minutes"}.items():
        (tmp_path / f"{name}.txt").write_text(f"The phone call of the two mayors lasted {minutes}, an aide said.\n")
    build_index([str(tmp_path)], tmp_path / "index")
    question = "How long did the phone call last?"
    reading = read_passages(question, open_index(str(tmp_path / "index")).search(question, 3))
    likely = {"a": 0.4, "b": 0.3, "c": 0.2}
    spans = sorted((replace(s, probability=likely[s.passage.article.id]) for s in reading.spans), key=_unlikely)
    best = best_supported(replace(reading, spans=tuple(spans)))
    assert [s.passage.article.id for s in best_group(best)] == ["b", "c"]
    alone = [replace(s, probability=s.probability / 3) if s.probability < 0.4 else s for s in spans]
    assert best_supported(replace(reading, spans=tuple(alone))).spans[0].passage.article.id == "a"


def _unlikely(span: Span) -> float:
    return -span.probability


def test_a_month_is_no_support_for_a_day(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The talks on the ferry will open in Oresk on January 9-10, the mayor said.\n")
    (tmp_path / "b.txt").write_text("The talks on the ferry will open in Oresk in January, the owner said.\n")
    build_index([str(tmp_path)], tmp_path / "index")
    answer = ask("When will the talks on the ferry open?", open_index(str(tmp_path / "index")), min_confidence=0.0)
    assert answer.answer is not None and [c.article for c in answer.citations] == (
        ["a"] if "9" in answer.answer else ["b"]
    )
