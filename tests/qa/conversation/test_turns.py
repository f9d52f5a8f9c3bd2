"""Turns that lean on one another, asked of a real index."""

from pathlib import Path

import pytest

from index import LocalIndex, build_index, open_index
from qa.conversation.turns import Turn, next_turn


@pytest.fixture(scope="module")
def index(small_index: Path) -> LocalIndex:
    return open_index(str(small_index))


def talk(index: LocalIndex, *lines: str) -> list[Turn]:
    turns: list[Turn] = []
    for line in lines:
        turns.append(next_turn(line, turns, index))
    return turns


def test_a_first_question_is_not_rewritten(index: LocalIndex) -> None:
    (turn,) = talk(index, "When did the harbour bridge in Oresk open?")
    assert turn.answer.answer == "4 May 1973" and turn.answer.rewritten is None


def test_an_ellipsis_is_understood_and_said(index: LocalIndex) -> None:
    turn = talk(index, "When was the lighthouse built?", "and where?")[-1]
    assert turn.answer.question == "and where?" and turn.answer.rewritten == "Where was the lighthouse built?"
    assert "Varn Point" in (turn.answer.answer or "")


def test_a_pronoun_stands_for_what_was_asked_about(index: LocalIndex) -> None:
    turn = talk(index, "When did the harbour bridge in Oresk open?", "how long is it?")[-1]
    assert "812 metres" in (turn.answer.answer or "") and "bridge" in (turn.answer.rewritten or "")


def test_a_new_topic_drops_the_old_one(index: LocalIndex) -> None:
    turn = talk(index, "When did the harbour bridge open?", "How long does the ferry to Holm take?")[-1]
    assert "40 minutes" in (turn.answer.answer or "") and turn.answer.rewritten is None


def test_names_typed_without_capitals_are_understood(index: LocalIndex) -> None:
    turn = talk(index, "where did queen margrethe open the bridge?", "when did she open it?")[-1]
    assert turn.answer.rewritten == "When did Margrethe open the bridge?"
    assert turn.answer.answer == "4 May 1973"


def test_who_said_that_names_the_speaker_in_the_article_s_words(index: LocalIndex) -> None:
    turn = talk(index, "How long did they wait for the bridge?", "who said that?")[-1]
    assert turn.answer.answer == "Mayor Ola Berg"
    (citation,) = turn.answer.citations
    assert index.find_article(citation.article).text[citation.start : citation.end] == citation.quote


def test_tell_me_more_reads_on_and_never_quotes_twice(index: LocalIndex) -> None:
    turns = talk(index, "When was the lighthouse at Varn Point built?", "tell me more", "more")
    assert turns[1].answer.answer == "The ferry to Holm leaves at noon and takes 40 minutes."
    quotes = [c.quote for t in turns for c in t.answer.citations if t.answer.answered]
    assert len(quotes) == len(set(quotes))


def test_a_follow_up_that_nothing_answers_is_declined(index: LocalIndex) -> None:
    turn = talk(index, "When did the harbour bridge open?", "how many people died there?")[-1]
    assert not turn.answer.answered and turn.answer.answer is None


def test_articles_that_are_gone_are_not_reread(index: LocalIndex, tmp_path: Path) -> None:
    turns = talk(index, "How long did they wait for the bridge?")
    assert turns[0].answer.answered
    (tmp_path / "other.txt").write_text("The mill of Varn burned down in 1920. Nobody was hurt.", encoding="utf-8")
    build_index([str(tmp_path / "other.txt")], tmp_path / "index")
    other = open_index(str(tmp_path / "index"))
    for line in ("who said that?", "tell me more", "and why?"):
        assert not next_turn(line, turns, other).answer.answered


def test_what_a_follow_up_leans_on_is_read_with_it(index: LocalIndex) -> None:
    turn = talk(index, "When was the lighthouse at Varn Point built?", "how come?")[-1]
    cited = turn.trace.passages
    assert [p.article.id for p in cited if p.followed is not None] == ["chronicle"]
