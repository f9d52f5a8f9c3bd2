"""The shipped questions: each true to its articles, and answered no worse than the committed baseline says."""

from collections import Counter

import pytest

from eval.baseline import BASELINE, falls_short, read_baseline
from eval.questions import UNANSWERABLE, faults, load_conversations, load_questions, plain, problems
from eval.run import Record, run
from index import LocalIndex
from qa.places import open_builtin

QUESTIONS = load_questions()
CONVERSATIONS = load_conversations()


@pytest.fixture(scope="module")
def index() -> LocalIndex:
    return open_builtin()


@pytest.fixture(scope="module")
def record(index: LocalIndex) -> Record:
    return run(index, QUESTIONS, CONVERSATIONS)


def test_every_question_is_true_to_its_articles(index: LocalIndex) -> None:
    texts = {a.id: a.text for a in index.articles()}
    assert problems(QUESTIONS, texts) == []
    turns = [turn for c in CONVERSATIONS for turn in c.turns]
    assert turns and [fault for turn in turns for fault in faults(turn, texts)] == []


def test_there_are_enough_questions_of_every_kind() -> None:
    kinds = Counter(q.kind for q in QUESTIONS)
    rough = kinds.pop("terse") + kinds.pop("misspelt")
    assert len(QUESTIONS) >= 240 and min(*kinds.values(), rough) >= 15 and len(kinds) == 14
    assert set(UNANSWERABLE) <= set(kinds)
    assert 0.25 < sum(q.split == "dev" for q in QUESTIONS) / len(QUESTIONS) < 0.4


def test_there_are_thirty_conversations_of_two_to_four_turns() -> None:
    assert len(CONVERSATIONS) >= 30
    assert all(
        2 <= len(c.turns) <= 4 and len(c.standalone) == len(c.turns) and all(c.standalone) for c in CONVERSATIONS
    )
    assert len({plain(c.turns[0].question) for c in CONVERSATIONS}) == len(CONVERSATIONS)


def test_no_citation_is_off_by_a_character(record: Record) -> None:
    cited = [c for row in (*record.questions, *record.turns) for c in row.citations]
    assert len(cited) > 200 and all(c.verbatim and c.answer in c.quote for c in cited)


def test_no_figure_falls_below_the_committed_baseline(record: Record) -> None:
    baseline = read_baseline(BASELINE)
    assert {"right", "EM", "F1", "declined", "citation recall", "follow-ups right"} <= set(baseline)
    assert falls_short(record.figures, baseline) == []
