"""The news written for training and fitting: every answer stands once where its file says."""

import json
from pathlib import Path

import pytest

from eval.examples import news_cases
from eval.follow_ups import with_turns
from eval.news import FIT, TRAIN, read_news


@pytest.mark.parametrize("folder", [TRAIN, FIT])
def test_every_answer_stands_in_its_quote_and_that_once_in_its_article(folder: Path) -> None:
    for path in folder.glob("*.json"):
        file = json.loads(path.read_text(encoding="utf-8"))
        texts = {a["id"]: a["text"] for a in file["articles"]}
        turns = [turn for conversation in file.get("conversations", ()) for turn in conversation]
        for answer in (a for asked in (*file["questions"], *turns) for a in asked["answers"]):
            assert answer["text"] and answer["text"] in answer["quote"], f"{path.name}: {answer}"
            assert texts[answer["article"]].count(answer["quote"]) == 1, f"{path.name}: {answer}"


def test_a_quote_that_is_not_in_its_article_is_refused(tmp_path: Path) -> None:
    article = {"id": "a", "title": "", "source": "", "date": "2020-01-01", "text": "The ferry takes 40 minutes."}
    answer = {"article": "a", "quote": "The ferry takes an hour.", "text": "an hour"}
    question = {"kind": "howmany", "question": "How long?", "answers": [answer]}
    (tmp_path / "ferry.json").write_text(json.dumps({"articles": [article], "questions": [question]}))
    with pytest.raises(ValueError):
        read_news(tmp_path)


def test_training_cases_hold_their_answer_and_their_negatives_do_not() -> None:
    (file,) = with_turns(read_news(TRAIN)[:1], 1)
    cases = news_cases([file])
    assert sum(bool(c.example.answer) for c in cases) == sum(len(q.answers) for q in file.questions)
    wanted: dict[str, set[str]] = {}
    for question in file.questions:
        wanted.setdefault(question.question, set()).update(a.text for a in question.answers)
    for case in (c for c in cases if c.example.answer):
        answers = wanted[case.example.question]
        assert case.example.answer in answers
        assert not any(a.casefold() in n.casefold() for a in answers for n in case.negatives)
