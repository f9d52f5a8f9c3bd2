"""Question files: what is read, what is refused, and what the checker finds wrong with a set."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.questions import load_conversations, load_questions, problems
from index import QAError

TEXTS = {
    "harbour": "The harbour bridge in Oresk opened on 4 May 1973. It is 812 metres long.",
    "chronicle": "The bridge was opened on 4 May 1973 by Queen Margrethe.",
}


def row(**fields: Any) -> dict[str, Any]:
    return {
        "id": "when-1",
        "kind": "when",
        "question": "When did the bridge open?",
        "answers": ["4 May 1973"],
        "articles": ["harbour"],
        "quotes": [{"article": "harbour", "quote": "The harbour bridge in Oresk opened on 4 May 1973."}],
    } | fields


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


def faults_of(folder: Path, *rows: dict[str, Any]) -> list[str]:
    return problems(load_questions(written(folder, *rows)), TEXTS)


def test_a_sound_set_has_no_faults(tmp_path: Path) -> None:
    nothing = row(id="t-1", kind="tempting", question="Who built the bridge?", answers=[], articles=[], quotes=[])
    assert faults_of(tmp_path, row(), nothing) == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (row(quotes=[{"article": "harbour", "quote": "It is 821 metres long."}]), "not in harbour"),
        (row(answers=["5 May 1973"]), "in none of its articles: '5 May 1973'"),
        (row(answers=["Queen Margrethe"]), "in none of its articles"),
        (row(articles=["harbour", "atlas"]), "no article atlas"),
        (row(articles=["harbour", "chronicle"]), "no quote from chronicle"),
        (row(answers=[]), "has 0 accepted answers"),
        (row(kind="offtopic"), "has 1 accepted answers"),
        (row(differing=[{"answers": ["1974"], "articles": ["chronicle"], "quotes": []}]), "in none of its articles"),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, planted: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in faults_of(tmp_path, planted))


def test_a_question_asked_twice_is_found_however_it_is_punctuated(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, row(), row(id="when-2", question="when did the Bridge open"))
    assert "when-2: the same question as when-1" in fault
    assert any("used twice" in f for f in faults_of(tmp_path, row(), row(question="Since when is it open?")))


def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, row())
    path.write_text(path.read_text() + "\n{not json\n")
    with pytest.raises(QAError, match="line 3 is no JSON"):
        load_questions(path)
    with pytest.raises(QAError, match='line 1 has no "question"'):
        load_questions(written(tmp_path, {"ask": "When?"}))
    with pytest.raises(QAError, match="cannot be read"):
        load_questions(tmp_path / "none.jsonl")


def test_a_set_of_ones_own_needs_only_questions_and_answers(tmp_path: Path) -> None:
    (question,) = load_questions(written(tmp_path, {"question": "How long is it?", "answers": ["812 metres"]}))
    assert (question.id, question.kind, question.split) == ("line-1", "other", "test")
    assert question.answers == ("812 metres",)
    assert problems([question], TEXTS) == []
    assert faults_of(tmp_path, {"question": "How long is it?", "answers": ["821 metres"]}) == [
        "line-1: in none of the articles: '821 metres'"
    ]


def test_a_conversations_turns_are_named_after_it(tmp_path: Path) -> None:
    turns = [row(standalone="When did the bridge open?"), row(question="And who came?", standalone="Who came to it?")]
    path = tmp_path / "conversations.jsonl"
    path.write_text(json.dumps({"id": "c-1", "turns": turns}))
    (conversation,) = load_conversations(path)
    assert [t.id for t in conversation.turns] == ["c-1.1", "c-1.2"]
    assert [t.kind for t in conversation.turns] == ["first", "follow-up"]
    assert conversation.standalone[1] == "Who came to it?"


def test_the_checkers_command_lists_faults_and_says_so_by_its_status(tmp_path: Path, small_index: Path) -> None:
    path = written(tmp_path, row(answers=["5 May 1973"]))
    command = [sys.executable, "-m", "eval.questions", str(path), "--index", str(small_index)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "when-1: in none of its articles: '5 May 1973'" in done.stdout
