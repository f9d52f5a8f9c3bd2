"""Slips of a question's words."""

import pytest

from index.spelling import mend

WORDS = "bridge harbour lighthouse mayor opened oresk ferry tram varn queen margrethe".split()


def is_right(word: str) -> bool:
    return word in {*WORDS, "the", "was", "long", "how", "coffee", "sea", "fort", "berg"}


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("when was the brigde opened?", "when was the bridge opened?"),
        ("When was the Lighthuose opened", "When was the Lighthouse opened"),
        ("WHERE IS THE LIGHTHUOSE", "WHERE IS THE LIGHTHOUSE"),
        ("whn opened the harbor?", "when opened the harbour?"),
        ("how long was teh tram?", "how long was teh tram?"),  # too short to be sure
        ("who is the maior?", "who is the mayor?"),
        ("wich queen?", "which queen?"),
        ("marghrete’s ferry", "margrethe’s ferry"),
    ],
)
def test_a_slip_is_mended_from_the_articles_words(question: str, mended: str) -> None:
    assert mend(question, WORDS, is_right) == mended


@pytest.mark.parametrize(
    "question",
    [
        "When was the bridge opened?",
        "How long was the coffee?",  # right, though no article has it
        "Did Xylophonists cross?",  # wrong perhaps, but near to nothing
        "It didn't, don’t they?",
        "In 1973, 4:25 p.m. at the B2B",
        "",
        "  ?!  ",
    ],
)
def test_what_is_right_or_near_to_nothing_stays(question: str) -> None:
    assert mend(question, WORDS, lambda w: is_right(w) or w in "did cross xylo don didn".split()) == question


def test_everything_but_the_slip_is_kept_as_it_was() -> None:
    assert mend("  The BRIDGE —\tthe brigde: (1973)?\n", WORDS, is_right) == "  The BRIDGE —\tthe bridge: (1973)?\n"


def test_of_two_near_words_that_with_the_same_first_letter_is_taken() -> None:
    assert mend("verry", ["berry", "ferry", "vary", "merry", "veery"], lambda _: False) == "veery"


def test_without_words_a_question_is_mended_from_what_questions_are_made_of() -> None:
    assert mend("whne hapened it?", [], lambda _: False) == "when happened it?"
