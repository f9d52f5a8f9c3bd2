"""What a question is about."""

import pytest

from qa.language.phrases import is_calendar, is_nation, noun_phrases, topics_of


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("When do the security talks in Geneva begin?", ["the security talks in Geneva"]),
        ("Who gave the order that the Vinga should stay in port?", ["the Vinga"]),
        ("how long was the phone call of December 30?", ["the phone call of December 30"]),
        ("Where was Wendy Sherman born?", ["Wendy Sherman"]),
        ("What did the mayor promise?", ["the mayor"]),
        ("Why?", []),
    ],
)
def test_a_question_is_about_its_named_things(question: str, topics: list[str]) -> None:
    assert topics_of(question) == topics


def test_noun_phrases_stand_where_they_say() -> None:
    question = "Who signed the first agreement for Ukraine on May 3, 2014?"
    phrases = noun_phrases(question)
    assert [question[p.start : p.end] for p in phrases] == [p.words for p in phrases]
    assert [p.words for p in phrases] == ["the first agreement", "Ukraine", "May 3, 2014"]


def test_nations_and_times_are_told() -> None:
    assert all(map(is_nation, ("Moscow", "the Americans", "the Danish side")))
    assert not any(map(is_nation, ("the bridge", "Ola")))
    assert is_calendar("the week before") and is_calendar("in 2018") and not is_calendar("the bridge")
