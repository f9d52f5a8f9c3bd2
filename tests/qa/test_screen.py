"""Columns, wrapping and disarming: what reaches a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from qa.screen import Piece, columns, cut_to, disarm, one_line, paint, wrap


def test_escape_sequences_are_disarmed() -> None:
    assert "\x1b" not in disarm("a\x1b[31mred\x1b[0m")
    assert "\x9b" not in disarm("a\x9b31m")
    assert "\x07" not in one_line("a\x07b")


def test_text_cannot_be_reordered_on_the_screen() -> None:
    assert "\u202e" not in disarm("abc\u202edef")


@given(st.text())
def test_no_text_keeps_a_control_character(text: str) -> None:
    assert not any((ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 for c in disarm(text))


def test_a_line_is_cut_by_columns_not_by_characters() -> None:
    assert columns(cut_to("会议将于一月举行", 9)) <= 9
    assert cut_to("abc", 3) == "abc"
    assert cut_to("abcd", 3) == "ab…"


def test_a_wide_word_takes_two_columns_each() -> None:
    lines = wrap([Piece("会议将于一月举行")], 8)
    assert ["".join(p.text for p in line) for line in lines] == ["会议将于", "一月举行"]


def test_a_style_survives_a_line_break() -> None:
    lines = wrap([Piece("one "), Piece("two three", "answer"), Piece(" four")], 8)
    assert [[(p.text, p.style) for p in line] for line in lines] == [
        [("one", ""), (" ", ""), ("two", "answer")],
        [("three", "answer")],
        [("four", "")],
    ]


@given(st.lists(st.sampled_from(["a", "bb", "ccc", "dddddddddddd", "会议", "é", " ", "é"])), st.integers(4, 20))
def test_no_line_is_wider_than_the_screen_and_no_letter_is_lost(words: list[str], width: int) -> None:
    text = one_line("".join(words))
    lines = ["".join(p.text for p in line) for line in wrap([Piece(text)], width)]
    assert all(columns(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_plain_paint_has_no_codes() -> None:
    assert paint([Piece("a", "answer"), Piece("b", "dim")], colour=False) == "ab"
    assert paint([Piece("a", "answer")], colour=True) == "\x1b[1;32ma\x1b[0m"
