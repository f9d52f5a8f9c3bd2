"""Which answers cannot both be right, and which only sound as if."""

from datetime import date

import pytest

from qa.language.differences import Told, agree, differ, kind_told, nearness
from qa.language.kinds import Kind

WRITTEN = date(2021, 12, 31)


def told(sentence: str, written: date | None = WRITTEN) -> Told:
    """A sentence with the answer in square brackets."""
    start, end = sentence.index("["), sentence.index("]") - 1
    return Told(sentence.replace("[", "").replace("]", ""), start, end, written)


DIFFERENT: list[tuple[Kind, str, str]] = [
    ("date", "in Geneva on [January 9-10, 2022].", "It will begin on [January 10]."),
    ("date", "They spoke on [Thursday].", "They spoke on [31 December]."),
    ("time", "hit at [6:42 a.m.] on Sunday", "shot down at [6.45 a.m.]"),
    ("duration", "They talked for [70 minutes].", "The call took [55 minutes]."),
    ("number", "with [23] aboard", "carried [21 people]"),
    ("number", "some [412 sailings] were cancelled", "[380 sailings] fell out"),
    ("money", "pledged [$40 million]", "to give [45 million dollars]"),
    ("percent", "with [55.7 percent]", "with [50.3 per cent]"),
    ("place", "They met in [Vienna].", "They met in [Geneva], Switzerland."),
    ("person", "It was signed by [Ola Berg].", "[Mayor Ida Holm] signed it."),
    ("yesno", "[Varn has agreed to 12 May.]", "[Varn has not yet agreed to 12 May.]"),
    ("person", "[The State Department] published it.", "[The Russian Foreign Ministry] published it."),
]
NOT_DIFFERENT: list[tuple[Kind, str, str]] = [
    ("date", "They spoke on [Thursday].", "They spoke on [30 December]."),
    ("date", "It opens in [January].", "It opens on [January 10]."),
    ("date", "They met [two weeks later].", "They met on [3 May]."),
    ("time", "at [21.35 Poland time]", "at [3:35 pm EST]"),
    ("time", "at about [4 p.m.]", "at [3:50 p.m.]"),
    ("time", "The call began at [21:35].", "The call was over at [22:25]."),
    ("duration", "lasted [50 minutes]", "the [50-minute] call"),
    ("duration", "nearly [four hours]", "[three hours and 40 minutes]"),
    ("number", "more than [400 prisoners]", "[412 prisoners]"),
    ("number", "killed [58 people]", "destroyed [300 houses]"),
    ("money", "[$214 million]", "[199 million euros]"),
    ("place", "in [Geneva]", "in [Switzerland]"),
    ("place", "at the [Hotel Anker]", "in [Gothenburg]"),
    ("person", "said [Yury Ushakov]", "said [Kremlin aide Yuri Ushakov]"),
    ("person", "[Moscow] published it.", "[The Russian Foreign Ministry] published it."),
    ("yesno", "[Varn agreed to No. 3.]", "[Varn, it said, not only agreed to the third.]"),
    ("yesno", "[Varn did not agree.]", "[Varn refused.]"),
    ("clause", "They [want peace].", "They [want war]."),
]


@pytest.mark.parametrize(("kind", "one", "other"), DIFFERENT)
def test_these_cannot_both_be_right(kind: Kind, one: str, other: str) -> None:
    assert differ(kind, told(one), told(other)) and differ(kind, told(other), told(one))


@pytest.mark.parametrize(("kind", "one", "other"), NOT_DIFFERENT)
def test_these_are_no_difference(kind: Kind, one: str, other: str) -> None:
    assert not differ(kind, told(one), told(other)) and not differ(kind, told(other), told(one))


def test_a_weekday_agrees_with_its_date_in_an_article_of_that_week() -> None:
    assert agree("date", told("on [Thursday] evening"), told("on [December 30]"))
    assert not agree("date", told("on [Thursday] evening"), told("on [December 30]", None))


def test_near_values_are_nearer_than_far_ones() -> None:
    near = nearness("number", told("[21] aboard"), told("[23] aboard"))
    far = nearness("number", told("[21] aboard"), told("[900] aboard"))
    assert 1 > near > 0.7 and far < 0.01
    assert nearness("date", told("[9 May]"), told("[10 May]")) > nearness("date", told("[9 May]"), told("[9 June]"))


def test_an_answer_to_an_open_question_is_compared_by_the_value_that_it_is() -> None:
    assert kind_told("clause", "January 9-10") == "date"
    assert kind_told("clause", "the talks on 9 January") == "clause"
