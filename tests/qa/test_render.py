"""Answers as lines and as JSON."""

import json
from dataclasses import replace

from qa.answers import Answer, Citation, Differing
from qa.render import say_date, to_json, to_text
from qa.screen import columns

TEXT = "The call ended at noon, lasting about 50 minutes, an official said."
CITATION = Citation(
    1, "courier", "A long talk between two capitals", "Courier", "2021-12-30", "/a/courier.md",
    0, len(TEXT), TEXT, TEXT.index("about 50"), TEXT.index(", an"), 0.9,
)  # fmt: skip
ANSWER = Answer("how long?", True, "about 50 minutes", 0.93, (CITATION,), (), None, "/i", 12.5)


def test_an_answer_shows_its_words_its_support_and_its_place() -> None:
    assert to_text(ANSWER, width=80, colour=False) == (
        "  about 50 minutes                                             1 article · 93 %\n"
        "\n"
        "  1  Courier · 30 Dec 2021 · A long talk between two capitals       courier:0-67\n"
        "     The call ended at noon, lasting about 50 minutes, an official said.\n"
    ).replace("minutes                                             1", "minutes" + " " * 46 + "1")


def test_the_answers_words_stand_out_inside_the_quote() -> None:
    quote = to_text(ANSWER, width=80, colour=True).splitlines()[-1]
    assert "lasting \x1b[1;32mabout 50 minutes\x1b[0m," in quote


def test_articles_that_agree_are_counted() -> None:
    other = replace(CITATION, n=2, article="herald")
    assert "2 articles agree" in to_text(
        replace(ANSWER, citations=(CITATION, other), agreeing=2), width=80, colour=False
    )


def test_an_answer_that_is_the_whole_quote_is_printed_once() -> None:
    whole = replace(CITATION, answer_start=0, answer_end=len(TEXT))
    text = to_text(replace(ANSWER, answer=TEXT, citations=(whole,)), width=100, colour=False)
    assert text.count("The call ended") == 1


def test_sentences_that_differ_are_named_by_their_number_and_printed_once() -> None:
    other = replace(CITATION, n=2, article="herald", quote=TEXT.replace("ended", "did not end"))
    whole = replace(CITATION, answer_start=0, answer_end=len(TEXT))
    answer = replace(ANSWER, answer=TEXT, citations=(whole,), agreeing=1, differing=(Differing(other.quote, (other,)),))
    text = to_text(answer, width=100, colour=False)
    assert "Sources differ: [1] (1), [2] (1)" in text and text.count("did not end") == 1


def test_no_answer_says_so_and_shows_what_is_near() -> None:
    near = replace(CITATION, answer_start=None, answer_end=None)
    declined = replace(ANSWER, answered=False, answer=None, citations=(near,))
    text = to_text(declined, width=80, colour=False)
    assert text.startswith("  No article answers that.")
    assert TEXT[:30] in text
    assert "answer_start" not in json.loads(to_json(declined))["citations"][0]


def test_every_line_fits_a_narrow_screen() -> None:
    for width in (20, 40, 60, 200):
        assert all(columns(line) <= min(width, 100) for line in to_text(ANSWER, width=width, colour=False).splitlines())


def test_json_is_one_line_that_no_terminal_acts_on() -> None:
    line = to_json(replace(ANSWER, question="a\x1b[31m\x9b\n\u2028b"))
    assert "\n" not in line and "\x1b" not in line and "\x9b" not in line
    assert json.loads(line)["question"] == "a\x1b[31m\x9b\n\u2028b"


def test_an_articles_escape_sequences_do_not_reach_the_screen() -> None:
    quote = "Ola \x1b[31mBerg\x1b[0m since 2009."
    evil = replace(CITATION, quote=quote, start=0, end=len(quote), answer_start=4, answer_end=13, title="\x1b]0;x\x07")
    text = to_text(replace(ANSWER, answer=quote[4:13], citations=(evil,)), width=80, colour=False)
    assert "\x1b" not in text and "\x07" not in text


def test_dates_read_as_people_write_them() -> None:
    assert say_date("2021-12-30") == "30 Dec 2021"
    assert say_date("winter 2021") == "winter 2021"
    assert say_date(None) is None
