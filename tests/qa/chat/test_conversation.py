"""One chat in a real terminal: questions, commands, editing, the pager."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import build_index
from tests.qa.chat.terminal import Terminal

OPENED = "when did the harbour bridge in Oresk open?"


@pytest.fixture(scope="module")
def shared(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    folder = tmp_path_factory.mktemp("chat") / "oresk"
    build_index([str(articles)], folder)
    opened = Terminal("--index", str(folder), "--citations", "1")
    opened.see("oresk · 2 articles")  # the bar, once the index is there
    yield opened
    opened.child.close(force=True)


@pytest.fixture
def chat(shared: Terminal) -> Terminal:
    """The chat with an answer to look into, at an empty prompt."""
    if "asked" not in shared.__dict__:
        shared.__dict__["asked"] = shared.type(OPENED, "2 articles agree")
    return shared


def test_a_question_is_answered_and_the_prompt_comes_back(chat: Terminal) -> None:
    asked = chat.__dict__["asked"]
    assert "4 May 1973" in asked and asked.count(OPENED) == 1
    assert "No article answers that." in chat.type("boiling point of tungsten")
    assert chat.type(OPENED, "2 articles agree")


def test_the_first_screen_says_what_to_do(shared: Terminal) -> None:
    assert "Type a question. /help lists the commands, Ctrl-D leaves." in shared.written


def test_the_bar_tells_how_long_the_last_answer_took(chat: Terminal) -> None:
    assert re.search(r"oresk · 2 articles · \d+ ms", chat.see(" ms"))


def test_more_citations_follow_until_there_are_none(chat: Terminal) -> None:
    chat.type(OPENED, "2 articles agree")
    assert "  2  " in chat.type("/more") and "  1  " not in chat.type("/more")
    chat.type("/more", "no more citations")


def test_why_fits_the_screen_and_names_what_was_weighed(chat: Terminal) -> None:
    shown = chat.type("/why", "nothing is answered")
    for words in ("Looked for", "a date", "harbour:", "4 May 1973", "none of the passages answers", "reader finds it"):
        assert words in shown


def test_sources_name_file_and_offsets(chat: Terminal) -> None:
    shown = chat.type("/sources")
    assert re.search(r"(harbour|chronicle):\d+-\d+", shown) and re.search(r"/(harbour.txt|chronicle.md)", shown)


def test_articles_are_listed(chat: Terminal) -> None:
    assert "Oresk Courier" in chat.type("/articles")


def test_an_unknown_command_is_no_question(chat: Terminal) -> None:
    chat.type("/frobnicate", "there is no command /frobnicate: /help lists them")
    chat.type("/souces", "did you mean /sources?")
    chat.type("/why not", "/why takes nothing after it")
    chat.type("/open 7", "there is no citation 7: there are 1, 2")
    chat.type("/open nowhere", "no article nowhere")
    chat.type("/copy pdf", "text, markdown, reference")
    chat.type("/index", "/index needs files or folders")


def test_help_names_every_command(chat: Terminal) -> None:
    from qa.chat.commands import COMMANDS

    shown = chat.type("/help")
    assert all(f"/{c.name}" in shown and c.meaning in shown for c in COMMANDS)


def test_the_conversation_is_saved_and_no_file_is_overwritten(chat: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "a b.md"
    chat.type(f"/save '{file}'", "saved")
    text = file.read_text(encoding="utf-8")
    assert f"## {OPENED}" in text and "> — \\[1\\]" not in text and "[1]" in text and "4 May 1973" in text
    chat.type(f"/save '{file}'", "is there already")
    assert file.read_text(encoding="utf-8") == text
    chat.type(f"/save {tmp_path}/no/such/folder.md", "qa: ")


def test_an_answer_is_copied_through_the_terminal(chat: Terminal) -> None:
    chat.written = ""
    chat.type("/copy reference", "sent to the terminal's clipboard")
    copied = re.search(r"\x1b\]52;c;([^\x07]*)\x07", chat.written)
    assert copied and re.search(r"\[1\] .*:\d+-\d+", base64.b64decode(copied[1]).decode())


def test_the_pager_opens_at_the_citation_searches_and_leaves(chat: Terminal) -> None:
    chat.type(OPENED, "2 articles agree")
    chat.send("/open\r")
    first = chat.see("q quit")
    assert "[1]" in first and "4 May 1973" in first
    underlined = [c for line in chat.screen.buffer.values() for c in line.values() if c.underscore]
    assert "".join(c.data for c in underlined) == "4 May 1973"
    chat.send("\t")
    chat.see("[2]")
    chat.send("/bridge")
    chat.see("/bridge")
    chat.send("\r")
    chat.see("× “bridge”")
    chat.send("n").send("N").send("G").send("g").send("]")
    chat.see("[1]")
    chat.send("q")
    chat.answer()


def test_an_article_opens_by_its_name_and_follows_the_window(chat: Terminal) -> None:
    chat.send("/open chronicle\r")
    chat.see("A chronicle of Oresk")
    chat.child.setwinsize(12, 40)
    chat.screen.resize(12, 40)
    chat.screen.reset()
    shown = chat.see("lighthouse at Varn")
    assert max(map(len, shown.splitlines())) <= 40
    chat.child.setwinsize(30, 100)
    chat.screen.resize(30, 100)
    chat.screen.reset()
    chat.see("q quit")
    chat.send("q")
    chat.answer()


def test_commands_complete_with_their_meaning_and_their_arguments(chat: Terminal) -> None:
    chat.answer()
    chat.send("/so")
    chat.see("who was cited")
    chat.send("\t\r")
    chat.see("> /sources")
    chat.send("\x15/open ch\t")
    chat.see("> /open chronicle")
    chat.send("\x15")
    chat.answer()


def test_words_of_the_articles_complete(chat: Terminal) -> None:
    chat.send("who built the Lighth\t")
    chat.see("> who built the Lighthouse")
    chat.send("\x03")
    chat.answer()


def test_ctrl_c_drops_the_line_or_tells_how_to_leave(chat: Terminal) -> None:
    chat.answer()
    chat.send("half a questi")
    chat.see("> half a questi")
    chat.send("\x03")
    chat.answer("half a questi")
    chat.send("\x03")
    chat.answer("Ctrl-D leaves")


def test_fifty_pasted_lines_are_one_question_and_wait_for_enter(chat: Terminal) -> None:
    lines = ["when did the", "harbour bridge", "in Oresk", *(f"line {n}" for n in range(47))]
    chat.written = ""
    chat.answer()
    chat.send("\x1b[200~" + "\r".join(lines) + "\x1b[201~")
    chat.see("line 46")
    assert "No article" not in chat.written and "agree" not in chat.written
    chat.send("\r")
    chat.answer()
    chat.type("/why", "harbour bridge in Oresk line 0 line 1")


def test_alt_enter_breaks_the_line_and_enter_sends(chat: Terminal) -> None:
    chat.answer()
    chat.clear()
    chat.send("when did the harbour bridge\x1b\rin Oresk open?")
    chat.see("  in Oresk open?")
    chat.send("\r")
    chat.answer("2 articles agree")


def test_an_earlier_line_comes_back_by_its_beginning(chat: Terminal) -> None:
    chat.type("boiling point of tungsten", "No article")
    chat.type(OPENED, "2 articles agree")
    chat.send("boi\x1b[A")
    chat.see("> boiling point of tungsten")
    chat.send("\x15\x12tungs")
    chat.see("boiling point of tungsten")
    chat.send("\x03\x03")
    chat.answer()


def test_a_question_longer_than_any_is_told(chat: Terminal) -> None:
    chat.answer()
    chat.clear()
    chat.send("\x1b[200~" + "bridge " * 200 + "\x1b[201~\r")
    chat.see("only the first 1000 characters count")
    chat.answer()


def test_articles_are_added_to_the_index_in_use(chat: Terminal, tmp_path: Path) -> None:
    (tmp_path / "opera.txt").write_text("The opera house of Oresk was built by Karin Voss in 1952 on the old market.\n")
    chat.type(f"/index {tmp_path}", "3 articles")
    chat.type("Who built the opera house of Oresk?", "Karin Voss")
    chat.type("/index /no/such/folder", "no such file or folder")
    chat.type("Who built the opera house of Oresk?", "Karin Voss")


def test_a_new_conversation_has_no_answer_to_look_into(chat: Terminal) -> None:
    chat.type("/new", "a new conversation")
    chat.type("/why", "there is no answer yet")
    assert chat.leave("/quit\r") == 0
    assert "Traceback" not in chat.written
