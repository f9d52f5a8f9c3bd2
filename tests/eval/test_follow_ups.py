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


def test_the_news_have_conversations_with_answers_that_stand_in_their_articles() -> None:
    files = read_news(TRAIN) + read_news(FIT)
    assert sum(len(f.conversations) for f in files) > 500
    for file in files:
        texts = {a.id: a.text for a in file.articles}
        for answer in (a for turns in file.conversations for t in turns for a in t.answers):
            assert texts[answer.article][answer.start : answer.end] == answer.text
