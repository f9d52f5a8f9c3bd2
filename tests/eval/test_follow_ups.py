"""Conversations on the news as questions that the reader can be trained on."""

import random

from eval.follow_ups import turns_of
from eval.news import FIT, TRAIN, NewsAnswer, NewsFile, NewsTurn, read_news

LONG = NewsAnswer("a", 0, 7, "4 hours")
MET = NewsAnswer("a", 10, 14, "Holm")
TALK = (
    NewsTurn("How long did Ida and Ola talk?", "How long did Ida and Ola talk?", (LONG,)),
    NewsTurn("where?", "Where did Ida and Ola talk?", (MET,)),
    NewsTurn("who called it?", "Who called the talk in Holm?", ()),
)


def test_a_turn_is_asked_written_out_and_with_what_it_follows() -> None:
    file = NewsFile("talk", (), (), (TALK,))
    asked = [q for seed in range(30) for q in turns_of(file, random.Random(seed))]
    assert {q.question for q in asked if q.kind == "written out"} == {t.standalone for t in TALK}
    followed = {q.question: q.answers for q in asked if q.kind == "follow-up"}
    assert followed["where? (How long did Ida and Ola talk? 4 hours)"] == (MET,)
    assert followed["where? (How long did Ida and Ola talk?)"] == (MET,)  # had it gone unanswered
    assert followed["who called it? (Where did Ida and Ola talk? Holm)"] == ()
    assert followed["who called it? (How long did Ida and Ola talk? where? Holm)"] == ()


def test_a_follow_up_comes_after_the_answer_it_leans_on() -> None:
    file = NewsFile("talk", (), (), (TALK,))
    after = {
        q.followed for seed in range(60) for q in turns_of(file, random.Random(seed)) if q.question.startswith("where?")
    }
    assert after == {(), (LONG,), (MET,)}  # unanswered, its own, and another one's


def test_the_news_have_conversations() -> None:
    assert sum(len(f.conversations) for f in read_news(TRAIN) + read_news(FIT)) > 500
