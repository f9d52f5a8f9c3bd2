"""Candidate answers in a sentence, with exact offsets, and whether two of them say the same."""

from __future__ import annotations

import time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.kinds import Kind
from qa.language.values import find_definition, find_values, key_of, same

KINDS: tuple[Kind, ...] = get_args(Kind)


def found(kind: Kind, text: str) -> list[str]:
    return [text[value.start : value.end] for value in find_values(kind, text)]


DATES = [
    ("talks take place in Geneva on January 9-10, 2022.", ["January 9-10, 2022"]),
    ("It opened on 30 December 2021.", ["30 December 2021"]),
    ("It opened on December 30, 2021, in Rome.", ["December 30, 2021"]),
    ("WASHINGTON, Dec. 30 (Reuters)", ["Dec. 30"]),
    ("either January 9-10 or 9 and 10 January", ["January 9-10", "9 and 10 January"]),
    ("2021-12-30 or 30.12.2021", ["2021-12-30", "30.12.2021"]),
    ("from the 13th of May", ["13th of May"]),
    ("in May 1973, in 1975 and in the 1990s", ["May 1973", "1975", "1990s"]),
    ("in spring 2014 and the 19th century", ["spring 2014", "19th century"]),
    ("between 1914 and 1918 and from 1999 to 2004", ["between 1914 and 1918", "from 1999 to 2004"]),
    ("on Friday, and again Thursday evening", ["Friday", "Thursday evening"]),
    ("on the night of 3 May", ["the night of 3 May"]),
    ("yesterday, last week and next January", ["yesterday", "last week", "next January"]),
    ("It is scheduled for the same day.", ["the same day"]),
    ("said on Thursday, December 30, that", ["Thursday, December 30"]),
    ("drafts which it handed over two days earlier", ["two days earlier"]),
    ("they may march with 2000 troops", []),
    ("from 10 January to 13 January 2022", ["from 10 January to 13 January 2022"]),
    ("the tin crisis of 1981–82", ["1981–82"]),
]
TIMES = [
    ("ended at 4:25 pm EST (21:25 GMT), lasting", ["4:25 pm EST (21:25 GMT)"]),
    ("started at 21.35 Poland time and", ["21.35 Poland time"]),
    ("at 8 a.m. or at noon", ["8 a.m.", "noon"]),
    ("at nine o'clock, then 1600 GMT", ["nine o'clock", "1600 GMT"]),
    ("costs 21.35 million", []),
]
DURATIONS = [
    ("lasting about 50 minutes, according", ["50 minutes"]),
    ("the 50-minute exchange", ["50-minute"]),
    ("a two-hour video conference", ["two-hour"]),
    ("two and a half hours, or an hour and 20 minutes", ["two and a half hours", "an hour and 20 minutes"]),
    ("10-15 minutes; half an hour; a few weeks", ["10-15 minutes", "half an hour", "a few weeks"]),
    ("a 17-year-old met him two days ago", []),
]
NUMBERS = [
    ("sent 5,000 troops in 3 formats", ["5,000 troops", "3 formats"]),
    ("some 175,000 Russian troops on January 9, 2022", ["175,000 Russian troops"]),
    ("the second conversation of two security proposals", ["second conversation", "two security proposals"]),
    ("about two hundred people died", ["two hundred people"]),
    ("one of them left at 4:25 pm", []),
]
MONEY = [
    ("a $447 billion bill", ["$447 billion"]),
    ("10 million euros, US$5m", ["10 million euros", "US$5m"]),
    ("two hundred dollars for 5 pounds of tin", ["two hundred dollars"]),
]
PERCENTS = [
    ("33 percent, 40% and 76-95%", ["33 percent", "40%", "76-95%"]),
    ("two-thirds of them", ["two-thirds"]),
]
PEOPLE = [
    ("United States Secretary of State Antony Blinken said", ["Antony Blinken"]),
    ("Russian President Vladimir Putin and his US counterpart Joe Biden", ["Vladimir Putin", "Joe Biden"]),
    ("Kremlin aide Yuri Ushakov has described", ["Yuri Ushakov"]),
    ("President Putin told spokesman Peskov", ["Putin", "Peskov"]),
    ("Putin explained the principles", ["Putin"]),
    ("Bashar al-Assad, Ludwig van Beethoven", ["Bashar al-Assad", "Ludwig van Beethoven"]),
    ("Conan O'Brien, José Álvarez, Jean-Claude Juncker", ["Conan O'Brien", "José Álvarez", "Jean-Claude Juncker"]),
    ("George W. Bush sailed through the Suez Canal in January", ["George W. Bush"]),
    ("the Foreign Ministry and the Security Council met in Geneva", []),
    ("US President Biden's aide met Putin’s", ["Biden", "Putin"]),
]
PLACES = [
    ("in the Swiss city of Geneva, delegations", ["Geneva"]),
    ("in Brussels, Belgium, and in Vienna, Austria", ["Brussels, Belgium", "Vienna, Austria"]),
    ("US President Joe Biden in Moscow", ["Moscow"]),
    ("from Springfield between Greece and Italy", ["Springfield", "Greece", "Italy"]),
    ("through the Suez Canal into the Red Sea", ["Suez Canal", "Red Sea"]),
    ("the joint work of Moscow, Washington and NATO", ["Moscow", "Washington"]),
    ("in January, on Friday, told by President Putin", []),
]
ORGANISATIONS = [
    ("the North Atlantic Treaty Organization (NATO) states", ["North Atlantic Treaty Organization (NATO)"]),
    ("the Bank of England in London", ["Bank of England"]),
    ("Organization for Security and Cooperation in Europe", ["Organization for Security and Cooperation in Europe"]),
    ("the Kremlin and the White House told TASS", ["Kremlin", "White House", "TASS"]),
    ("the Ministry of Foreign Affairs in Moscow", ["Ministry of Foreign Affairs"]),
    ("sold to Petrobras", ["Petrobras"]),
]
TABLES: dict[Kind, list[tuple[str, list[str]]]] = {
    "date": DATES,
    "time": TIMES,
    "duration": DURATIONS,
    "number": NUMBERS,
    "money": MONEY,
    "percent": PERCENTS,
    "person": PEOPLE,
    "place": PLACES,
    "organisation": ORGANISATIONS,
}


@pytest.mark.parametrize(("kind", "text", "expected"), [(kind, *row) for kind, rows in TABLES.items() for row in rows])
def test_a_sentence_gives_its_values(kind: Kind, text: str, expected: list[str]) -> None:
    assert found(kind, text) == expected


def test_a_range_of_days_is_one_date() -> None:
    assert len(find_values("date", "They meet on January 9-10, 2022.")) == 1


def test_a_moment_on_two_clocks_is_one_time() -> None:
    assert len(find_values("time", "at 4:25 pm EST (21:25 GMT)")) == 1


def test_a_lone_word_that_opens_the_sentence_is_a_person_only_if_nobody_else_is() -> None:
    assert found("person", "Tensions grew when Emily Horne spoke.") == ["Emily Horne"]
    assert found("person", "Macron in Paris") == ["Macron"]


@pytest.mark.parametrize("kind", ["clause", "yesno", "definition"])
def test_a_clause_is_the_whole_text_without_outer_space(kind: Kind) -> None:
    assert found(kind, "  He said no. ") == ["He said no."]
    assert found(kind, " \n") == []


DEFINITIONS = [
    ("Ushakov", "Kremlin aide Yuri Ushakov has described the talks", "Kremlin aide"),
    ("Who is Yuri Ushakov?", "Adviser to the Russian President, Yuri Ushakov", "Adviser to the Russian President"),
    ("antony blinken", "U.S. Secretary of State Antony Blinken delivers", "U.S. Secretary of State"),
    ("Horne", "Emily Horne, a spokeswoman for the council, said", "a spokeswoman for the council"),
    ("OSCE", "The OSCE is an organization for security, and it has members.", "an organization for security"),
    ("NATO", "the North Atlantic Treaty Organization (NATO) states", "North Atlantic Treaty Organization"),
    ("Who is Ana Brandt?", "The talks went well, said presidential aide Ana Brandt.", "presidential aide"),
    ("Who is Ana Brandt?", "Veteran trade union boss Ana Brandt left.", "trade union boss"),
    ("Who is Ana Brandt?", "The chief negotiator of the union, Ana Brandt, left.", "chief negotiator of the union"),
    ("Who is Ana Brandt?", "Ana Brandt, 54, a former judge, left.", "a former judge"),
    ("Who is Ana Brandt?", "“No,” said Ana Brandt, mayor of Bergen.", "mayor of Bergen"),
    ("Who is Ana Brandt?", "Ana Brandt, Bergen's mayor, said no.", "Bergen's mayor"),
    ("Who is Ana Brandt?", "Ana Brandt, who chairs the council, left.", "chairs the council"),
    ("Who is Ana Brandt?", "Ana Brandt has been mayor since 2001.", "mayor since 2001"),
    ("What is Norlin?", "Norlin, founded in 1974, is the largest yard in Oslo.", "the largest yard in Oslo"),
    ("What is Norlin?", "Norlin, Oslo's largest yard, has closed.", "Oslo's largest yard"),
    ("Psaki", "White House Press Secretary Jen Psaki said", "White House Press Secretary"),
]


@pytest.mark.parametrize(("name", "text", "expected"), DEFINITIONS)
def test_a_sentence_defines_a_name(name: str, text: str, expected: str) -> None:
    value = find_definition(name, text)
    assert value is not None
    assert text[value.start : value.end] == expected


def test_a_sentence_that_only_mentions_a_name_does_not_define_it() -> None:
    assert find_definition("Ushakov", "The talks went well, Ushakov said.") is None
    assert find_definition("Biden", "Putin called.") is None


SAME: list[tuple[Kind, str, str]] = [
    ("duration", "50 minutes", "about fifty minutes"),
    ("duration", "50 minutes", "a 50-minute"),
    ("duration", "two hours", "two-hour"),
    ("duration", "2 hours", "120 minutes"),
    ("duration", "an hour and a half", "90 minutes"),
    ("date", "January 9-10", "9 and 10 January"),
    ("date", "January 9-10, 2022", "9 and 10 January"),
    ("date", "10 January", "Monday, January 10"),
    ("date", "10 January", "January 10, 2022"),
    ("date", "Friday", "December 31, 2021"),
    ("date", "30.12.2021", "2021-12-30"),
    ("date", "Thursday", "Thursday evening"),
    ("time", "4:25 pm EST", "21:25 GMT"),
    ("time", "4:25 pm EST (21:25 GMT)", "16:25"),
    ("number", "5,000 troops", "five thousand soldiers"),
    ("money", "$5 million", "5 million dollars"),
    ("percent", "half", "50%"),
    ("person", "Ushakov", "Yuri Ushakov"),
    ("person", "Mr. Putin", "Vladimir Putin"),
    ("person", "Yury Ushakov", "Yuri Ushakov"),
    ("person", "Joe Biden", "Joseph Biden"),
    ("place", "Geneva", "Geneva, Switzerland"),
    ("place", "Geneva", "the Swiss city of Geneva"),
    ("place", "the US", "United States"),
    ("organisation", "North Atlantic Treaty Organization (NATO)", "NATO"),
    ("organisation", "North Atlantic Treaty Organization", "NATO"),
    ("clause", "He said: “No.”", "he said no"),
]
DIFFERENT: list[tuple[Kind, str, str]] = [
    ("date", "January 9-10", "January 10"),
    ("date", "January 10, 2022", "January 10, 2021"),
    ("date", "Thursday", "December 31, 2021"),
    ("date", "yesterday", "January 10"),
    ("duration", "two hours", "50 minutes"),
    ("number", "three formats", "4 formats"),
    ("money", "$5 million", "€5 million"),
    ("person", "Jill Biden", "Joe Biden"),
    ("place", "Geneva, New York", "Geneva, Switzerland"),
    ("place", "Vienna", "Geneva"),
    ("organisation", "OSCE", "NATO"),
    ("time", "4:25 pm", "4:25 am"),
]


@pytest.mark.parametrize(("kind", "a", "b"), SAME)
def test_wording_and_detail_alone_are_no_difference(kind: Kind, a: str, b: str) -> None:
    assert same(kind, a, b)
    assert same(kind, b, a)


@pytest.mark.parametrize(("kind", "a", "b"), DIFFERENT)
def test_another_value_is_a_difference(kind: Kind, a: str, b: str) -> None:
    assert not same(kind, a, b)
    assert not same(kind, b, a)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("duration", ("50 minutes", "about fifty minutes", "a 50-minute")),
        ("duration", ("two hours", "two-hour", "2 hours", "120 minutes")),
        ("date", ("January 9-10", "9 and 10 January", "Jan. 9–10")),
    ],
)
def test_wording_alone_gives_one_key(kind: Kind, words: tuple[str, ...]) -> None:
    assert len({key_of(kind, text) for text in words}) == 1


PIECES = st.sampled_from(
    (
        "Yuri Putin US President of the in Geneva , . ( ) ' - – / 9 10 January 2022 1,000 4:25 pm EST two hundred and"
        " a half hour minutes % $ million Ministry for NATO van al-Assad ’s é \u0301 \n \u00a0 ſ K İ ı ² Ⅷ May from to"
        " between is"
    ).split(" ")
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_offsets_are_exact_in_any_text(text: str) -> None:
    for kind in KINDS:
        end = 0
        for value in find_values(kind, text):
            assert end <= value.start < value.end <= len(text)
            assert value.key == key_of(kind, text[value.start : value.end])
            end = value.end


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_any_two_texts_compare_and_each_equals_itself(a: str, b: str) -> None:
    for kind in KINDS:
        assert same(kind, a, b) == same(kind, b, a)
        assert same(kind, a, a)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_a_definition_lies_in_its_text(name: str, text: str) -> None:
    value = find_definition(name, text)
    assert value is None or 0 <= value.start < value.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    (
        "1|1,|1,111|A |Aa |A.|a| |one |January |9-|Van de |$|(|1:1|x, |Bank of |1 and |A-|half |May 1, |19|"
        "President |\n|(NATO) "
    ).split("|"),
)
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    for kind in KINDS:
        assert min(seconds_for(kind, text), seconds_for(kind, text)) < 0.2, kind


def seconds_for(kind: Kind, text: str) -> float:
    start = time.process_time()
    find_values(kind, text)
    return time.process_time() - start
