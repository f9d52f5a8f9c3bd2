"""Text to sentence spans."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sentences import LONGEST, split_sentences


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. Army came in May.", "It came from the U.S.", "Then it left."],
        ["The call began at 4:25 p.m. EST on Monday.", "It ended at 5 p.m.", "They met at 6 a.m. on Tuesday."],
        ["Gen. Ola Berg spoke.", "Lt. Col. Per Dahl and Sen. Ida Holm listened."],
        ["Mr. J. R. Holm met Dr. Berg at St. Mary's.", "They talked."],
        ["The price rose 3.5 percent to $4.50.", "No. 5 won at 1.2 million."],
        ["He said: “We came. We saw. We won.”", "Then he left."],
        ['"It is done!" she said.', "“Is it?” he asked.", "Nobody spoke."],
        ["The case of Dahl vs. Berg was closed.", "It took 6.5 years."],
        ["What did it cost?", "Nine million!", "The loan was paid back in 1990."],
    ],
)
def test_a_point_that_ends_nothing_does_not_cut(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    lines = [
        "The harbour bridge of Oresk was begun in the spring of 1967, and the",
        "first ship passed under it in 1970. It carries two lanes and a track",
        "for the tram. The council of Oresk paid for it with a loan of nine",
        "million crowns.",
    ]
    for end in ("\n", "\r\n"):
        text = end.join(lines) + end + end + "The tolls were dropped in 1990."
        assert [" ".join(s.split()) for s in cut(text)] == [
            "The harbour bridge of Oresk was begun in the spring of 1967, and the first ship passed under it in 1970.",
            "It carries two lanes and a track for the tram.",
            "The council of Oresk paid for it with a loan of nine million crowns.",
            "The tolls were dropped in 1990.",
        ]
        assert [s.paragraph for s in split_sentences(text)] == [0, 0, 0, 1]


def test_a_line_a_paragraph_is_a_paragraph_a_line() -> None:
    text = "The mill closed in 1962 after a long fight.\nThe bridge opened in 1973.\nThe ferry stopped."
    assert [s.paragraph for s in split_sentences(text)] == [0, 1, 2]


def test_markup_before_a_sentence_is_no_part_of_it() -> None:
    text = "# The mill\n\n> The mill closed.\n\n- The bridge opened.\n- The ferry stopped.\n\n12. The tram came."
    assert cut(text) == ["The mill", "The mill closed.", "The bridge opened.", "The ferry stopped.", "The tram came."]


def test_a_number_at_the_start_of_a_sentence_is_a_part_of_it() -> None:
    assert cut("1973 was the year. 812 metres were built.") == ["1973 was the year.", "812 metres were built."]


def test_marks_without_a_word_belong_to_the_sentence_before() -> None:
    assert cut("It ended. ... Then it began. !!! He left. ” Nobody saw.") == [
        "It ended. ...",
        "Then it began. !!!",
        "He left. ”",
        "Nobody saw.",
    ]


def test_run_on_text_is_cut_at_blanks() -> None:
    text = "word " * 1000
    sentences = cut(text)
    assert all(
        len(s) <= LONGEST and not s.startswith(" ") and s.split() == ["word"] * len(s.split()) for s in sentences
    )
    assert sum(len(s.split()) for s in sentences) == 1000


def test_an_empty_text_has_no_sentence() -> None:
    assert split_sentences("") == () == split_sentences(" \n\t\r\n ")


PIECES = st.sampled_from(
    [
        "The mill closed. ",
        "at 5 p.m. EST ",
        "U.S. ",
        "“",
        "” ",
        "\n",
        "\n\n",
        "\r\n",
        "\u2028",
        "\x85",
        "\f",
        "  ",
        "\u00a0",
        "# ",
        "- ",
        "12. ",
        "> ",
        "é",
        "e\u0301",
        "橋",
        "😀",
        "\u200b",
        "?!",
        "… ",
        "(Photo: X) ",
        "Read more ",
        "x" * 1300,
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join)))
@settings(max_examples=250, deadline=None)
def test_spans_of_any_text_are_in_bounds_in_order_apart_and_stripped(text: str) -> None:
    end = 0
    for sentence in split_sentences(text):
        assert end <= sentence.start < sentence.end <= len(text)
        span = text[sentence.start : sentence.end]
        assert span == span.strip() and len(span) <= LONGEST
        end = sentence.end


WORDS = st.sampled_from(
    "The mill Oresk 1973 3.5 p.m. U.S. closed. opened, “we won.” (old) é 橋。 why? \n \r\n \n\n \u2028".split(" ")
)


@given(st.lists(WORDS, max_size=60).map(" ".join))
@settings(max_examples=250, deadline=None)
def test_every_character_that_is_no_blank_and_no_markup_lies_in_a_sentence(text: str) -> None:
    covered = {i for s in split_sentences(text) for i in range(s.start, s.end)}
    assert [c for i, c in enumerate(text) if i not in covered and not c.isspace()] == []


@pytest.mark.parametrize("piece", ["x", "é", "word ", "- ", "."])
def test_a_million_characters_without_a_sentence_take_under_two_seconds(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    split_sentences(text)
    assert time.process_time() - begun < 2


def test_many_small_sentences_take_time_in_proportion() -> None:
    def seconds(n: int) -> float:
        begun = time.process_time()
        split_sentences("word. " * n)
        return time.process_time() - begun

    assert seconds(240_000) < 5 * min(seconds(80_000), seconds(80_000))
