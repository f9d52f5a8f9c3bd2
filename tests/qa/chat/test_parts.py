"""The chat's parts that are functions: commands, completion, pages, transcripts, and the account of an answer."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import open_index
from qa.answers import Answer, Citation, Differing
from qa.chat.commands import COMMANDS, Refusal, help_lines, read_command, read_piped
from qa.chat.completion import Known, suggest
from qa.chat.pages import Mark, find, lay_out, next_after
from qa.chat.state import limited
from qa.chat.transcript import FORMATS, to_format, to_markdown
from qa.chat.why import why_lines
from qa.conversation.turns import Turn, next_turn
from qa.screen import Look, columns, to_ascii
from qa.wording import show_answer, show_citations

TEXT = "The call ended at noon, lasting about 50 minutes, an official said."
CITATION = Citation(
    1, "courier", "A *long* talk", "Courier", "2021-12-30", "/a/courier.md",
    0, len(TEXT), TEXT, TEXT.index("about 50"), TEXT.index(", an"), 0.9,
)  # fmt: skip
OTHER = Differing("an hour", (replace(CITATION, n=3, article="post", title="Post"),))
ANSWER = Answer(
    "how long?", True, "about 50 minutes", 0.93, (CITATION, replace(CITATION, n=2, article="herald")), (OTHER,),
    "How long was the call?", "/i", 12.5, 2,
)  # fmt: skip
NARROW, WIDE, PLAIN = Look(40, colour=False), Look(100, colour=False), Look(80, colour=False, plain=True)


@pytest.fixture(scope="module")
def turn(small_index: Path) -> Turn:
    found = next_turn("When did the harbour bridge in Oresk open?", (), open_index(str(small_index)))
    return replace(found, trace=replace(found.trace, answer=replace(ANSWER, index=str(small_index))))


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("/open 3", ("open", "3")),
        ("/OPEN  a b ", ("open", "a b")),
        ("/q", ("quit", "")),
        ("/exit", ("quit", "")),
        ("/?", ("help", "")),
    ],
)
def test_a_command_is_read_with_what_follows(line: str, meant: tuple[str, str]) -> None:
    assert read_command(line) == meant


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/sorces", "did you mean /sources?"),
        ("/ope", "did you mean /open?"),
        ("/30/12/2021", "there is no command /30/12/2021"),
        ("/", "/help lists them"),
        ("/etc/passwd", "there is no command /etc/passwd"),
        ("/new one", "/new takes nothing after it"),
        ("/\x1b[31m", "there is no command /�[31m"),
    ],
)
def test_what_is_no_command_is_told_in_one_line(line: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_command(line)
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_a_pipe_takes_the_commands_that_make_sense_there() -> None:
    assert read_piped("/new") == "new"
    with pytest.raises(Refusal, match="a pipe takes questions, /new and /quit"):
        read_piped("/why")


def test_the_help_fits_every_window() -> None:
    for look in (NARROW, WIDE, PLAIN):
        lines = ["".join(p.text for p in line) for line in help_lines(look)]
        assert all(columns(line) <= look.width for line in lines)
        assert all(any(f"/{c.name}" in line for line in lines) for c in COMMANDS)


KNOWN = Known(
    ((1, "First title"), (2, "Second")),
    lambda: (("harbour", "The bridge"), ("herald", "News")),
    lambda begun, most: [w for w in ("bridge", "bridges", "bright") if w.startswith(begun.lower())][:most],
)


@pytest.mark.parametrize(
    ("before", "offered"),
    [
        ("/so", ["/sources"]),
        ("/op", ["/open "]),
        ("/open ", ["1", "2", "harbour", "herald"]),
        ("/open ha", ["harbour"]),
        ("/copy r", ["reference"]),
        ("/why x", []),
        ("who built the bri", ["bridge", "bridges", "bright"]),
        ("Bri", ["Bridge", "Bridges", "Bright"]),
        ("BRIDGE", ["BRIDGE", "BRIDGES"]),
        ("who built the br", []),
        ("who built the bridge ", []),
    ],
)
def test_what_may_follow_is_offered(before: str, offered: list[str]) -> None:
    assert [s.text for s in suggest(before, KNOWN)] == offered


def test_paths_are_completed_with_their_blanks(tmp_path: Path) -> None:
    (tmp_path / "my notes").mkdir()
    (tmp_path / "my.txt").touch()
    (tmp_path / ".hidden").touch()
    for command in ("/index", "/save"):
        offered = [s.text for s in suggest(f"{command} {tmp_path}/m", Known())]
        assert offered == [f"{tmp_path}/my\\ notes/", f"{tmp_path}/my.txt"]
    after_another = suggest(f"/index a.txt {tmp_path}/my\\ n", Known())
    assert [s.text for s in after_another] == [f"{tmp_path}/my\\ notes/"]
    assert after_another[0].replaces == len(f"{tmp_path}/my\\ n")
    assert not [s for s in suggest(f"/save {tmp_path}/", Known()) if "hidden" in s.text]


def test_words_come_from_the_articles_the_commonest_first(small_index: Path) -> None:
    index = open_index(str(small_index))
    assert index.words_from("bri", 5) == ["bridge"]
    assert index.words_from("ZZZ", 5) == []
    assert dict(index.names())["chronicle"] == "A chronicle of Oresk"


@given(
    st.text(alphabet=st.sampled_from("ab \n\t\r\x1b会é́🙂"), max_size=120),
    st.integers(0, 120), st.integers(0, 40), st.integers(10, 40),
)  # fmt: skip
def test_a_page_holds_every_letter_and_finds_every_place(text: str, start: int, length: int, width: int) -> None:
    page = lay_out(text, [Mark(start, start + length, "quote"), Mark(start + 1, start + 3, "answer")], width)
    shown = ["".join(p.text for p in line) for line in page.lines]
    assert all(columns(line) <= width for line in shown)
    assert sum(len(line.replace(" ", "")) for line in shown) == sum(c not in " \t\r\n" for c in text)
    assert not any(c in line for line in shown for c in "\x1b\t\r\n")
    for offset, letter in enumerate(text):
        if letter in "ab":
            assert letter in shown[page.line_at(offset)]


def test_what_is_marked_is_what_was_meant() -> None:
    text = "No.\r\nThe bridge is\t812 metres\r\nlong."
    at = text.index("812")
    page = lay_out(text, [Mark(5, len(text), "quote"), Mark(at, at + 3, "answer"), *find("METRES long", text)], 80)
    styled = [(p.text.strip(), p.style) for line in page.lines for p in line]
    assert ("812", "answer") in styled and ("long", "match") in styled and ("bridge", "quote") in styled
    assert page.line_at(at) == 1


def test_the_next_match_goes_round() -> None:
    assert next_after(5, [1, 5, 9], 1) == 9 and next_after(9, [1, 5, 9], 1) == 1
    assert next_after(5, [1, 5, 9], -1) == 1 and next_after(1, [1, 5, 9], -1) == 9
    assert next_after(0, [], 1) is None and find("  ", "text") == [] and len(find("(a", "x (A (a")) == 2


def test_a_conversation_is_markdown_that_means_what_was_said(turn: Turn) -> None:
    text = to_markdown([turn], "/i", date(2022, 1, 5))
    assert text.startswith("# Questions and answers\n\n2022-01-05, from /i\n\n## When did the harbour")
    assert "*Understood as: How long was the call?*" in text
    assert f"> {TEXT}\n>\n> — [1] Courier, 2021-12-30, A \\*long\\* talk (/a/courier.md, courier:0-67)\n" in text
    assert "Other articles say: **an hour**" in text and "[3]" in text


def test_an_answer_is_copied_in_three_forms(turn: Turn) -> None:
    text, markdown, reference = (to_format(name, turn) for name in FORMATS)
    assert text.splitlines()[1] == "about 50 minutes (2 articles agree, 93 %)" and text.count("“") == 3
    assert "**about 50 minutes" in markdown
    assert reference.splitlines()[2] == "[3] Courier, 2021-12-30, Post. /a/courier.md, post:0-67"


def test_only_so_many_citations_are_shown_at_first(turn: Turn) -> None:
    assert [c.n for c in limited(turn, 1).answer.citations] == [1]
    assert limited(turn, 1).answer.differing[0].citations[0].n == 3


def test_the_account_of_an_answer_fits_every_window(turn: Turn) -> None:
    for look in (NARROW, WIDE):
        lines = ["".join(p.text for p in line) for line in why_lines(turn.trace, look)]
        assert all(columns(line) <= look.width for line in lines)
    told = "\n".join("".join(p.text for p in line) for line in why_lines(turn.trace, PLAIN))
    assert "Passage 1: " in told and ", agrees." in told


def test_a_screen_reader_hears_sentences() -> None:
    lines = show_answer(ANSWER, PLAIN).splitlines()
    assert lines[:3] == [
        "Understood as: How long was the call?",
        "Answer: about 50 minutes. 2 articles agree, confidence 93 percent.",
        "Sources differ: about 50 minutes, 2 articles; an hour, 1 article.",
    ]
    assert lines[3] == f"Source 1: Courier, 30 Dec 2021, A *long* talk. Quote: {TEXT}"
    assert lines[-2] == "Other articles say: an hour."
    declined = replace(ANSWER, answered=False, answer=None, rewritten=None, differing=())
    assert show_answer(declined, PLAIN).startswith("No article answers that. The nearest passages:\nPassage 1: ")
    assert show_citations((CITATION,), PLAIN).count("\n") == 1


def test_what_a_follow_up_was_understood_as_stands_above_its_answer() -> None:
    assert show_answer(ANSWER, WIDE).startswith("  ↳ How long was the call?\n  about 50 minutes")


def test_typography_becomes_ascii() -> None:
    assert to_ascii("“50” · Kövér… — 会") == '"50" - Kover... - ?'
