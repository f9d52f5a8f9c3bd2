"""Chats with something particular about them: another terminal, an index that is not there, a reader in trouble."""

import signal
import stat
import time
from pathlib import Path

import pytest

from qa.screen import columns
from tests.qa.chat.terminal import Terminal

OPENED = "when did the harbour bridge in Oresk open?"


def test_history_is_kept_between_chats_and_read_by_nobody_else(small_index: Path, tmp_path: Path) -> None:
    env = {"XDG_STATE_HOME": str(tmp_path)}
    one, other = (Terminal("--index", str(small_index), env=env) for _ in range(2))
    one.answer()
    other.answer()
    one.type("/sources", "there is no answer yet")
    other.type("/why", "there is no answer yet")
    assert one.leave() == other.leave() == 0
    file = tmp_path / "qa" / "history"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().split() == ["+/sources", "+/why"]
    third = Terminal("--index", str(small_index), env=env)
    third.answer()
    third.send("\x1b[A")
    third.see("> /why")
    third.send("\x1b[A")
    third.see("> /sources")
    assert third.leave("\x15\x04") == 0


def test_no_history_is_no_crash_and_no_index_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "qa" / "history").mkdir(parents=True)  # a folder: neither read nor written
    opened = Terminal("--index", "/no/such/index", env={"XDG_STATE_HOME": str(tmp_path)})
    opened.answer("qa: no index in /no/such/index")
    opened.type("anything?", "qa: no index in /no/such/index")
    opened.type("/open 1", "no index in")
    assert opened.leave() == 0
    assert "Traceback" not in opened.written


def test_an_index_mends_a_chat_that_has_none(articles: Path, tmp_path: Path) -> None:
    opened = Terminal("--index", str(tmp_path / "new"))
    opened.answer("no index in")
    opened.type(f"/index {articles}", "2 articles")
    opened.type(OPENED, "2 articles agree")
    assert opened.leave() == 0


def test_a_question_in_trouble_can_be_cancelled_and_one_that_crashes_is_one_line(small_index: Path) -> None:
    opened = Terminal("--index", str(small_index), trouble=True)
    opened.type("does it crash?", "qa: KeyError: 'crash' (a bug; the chat goes on)")
    opened.clear()
    opened.send("is it slow?\r")
    opened.see("…")
    started = time.monotonic()
    opened.send("\x03")
    assert "  …" not in opened.answer("cancelled")
    assert time.monotonic() - started < 2
    opened.type(OPENED, "2 articles agree")
    assert opened.leave() == 0  # though the slow one still sleeps
    assert "Traceback" not in opened.written


def test_waiting_for_the_index_can_be_cancelled_and_it_loads_on(small_index: Path) -> None:
    opened = Terminal("--index", str(small_index), trouble=True, env={"TROUBLE_LOADING": "2"})
    opened.answer()
    opened.clear()
    opened.send(f"{OPENED}\r")
    opened.see("  loading…")
    opened.send("\x03")
    opened.answer("cancelled")
    opened.send(f"{OPENED}\r")
    opened.see("  loading…")
    opened.send("/sources\r")  # typed meanwhile: it stays for the next prompt
    shown = opened.answer("harbour.txt")
    assert "2 articles agree" in shown and shown.count("/sources") == 1
    assert opened.leave() == 0


def test_a_closed_or_ended_terminal_leaves_no_traceback(small_index: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        opened = Terminal("--index", str(small_index))
        opened.answer()
        opened.child.kill(number)
        assert opened.leave("") == 128 + number
        assert "Traceback" not in opened.written and "\x1b[?2004l" in opened.written  # its modes are put back


def test_a_signal_that_the_prompt_does_not_hear_ends_the_chat_all_the_same(small_index: Path) -> None:
    opened = Terminal("--index", str(small_index), trouble=True, env={"TROUBLE_DEAF": "1"})
    opened.answer()
    opened.child.kill(signal.SIGTERM)
    assert opened.leave("") == 128 + signal.SIGTERM
    assert "\x1b[?2004l" in opened.written


def test_a_small_window_shows_everything(small_index: Path) -> None:
    opened = Terminal("--index", str(small_index), columns=40, rows=20)
    opened.type(OPENED, "2 articles agree")
    for command in ("/why", "/sources", "/articles", "/help", "/more"):
        opened.type(command)
    lines = [_unstyled(line) for line in opened.written.split("\n")]
    assert max(map(columns, lines)) > 30
    assert [line for line in lines if columns(line) > 40 and "/" not in line] == []
    opened.send("/open\r")
    opened.see("[1] ")
    opened.send("q")
    opened.answer()
    assert opened.leave() == 0


def _unstyled(text: str) -> str:
    import re

    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07", "", text.rstrip("\r"))
    return plain.rpartition("\r")[2]  # what a carriage return goes back over is overwritten


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_dumb_terminal_gets_no_escape_codes(small_index: Path, term: str) -> None:
    opened = Terminal("--index", str(small_index), env={"TERM": term})
    opened.answer()
    opened.send(f"{OPENED}\n")
    opened.answer("2 articles agree")
    opened.send("/copy reference\n")
    opened.answer("[1] ")
    opened.send("/open 1\n")
    opened.answer()
    opened.send("\x03")
    opened.answer("Ctrl-D leaves")
    assert opened.leave() == 0
    assert "\x1b" not in opened.written and "Traceback" not in opened.written


def test_a_terminal_without_unicode_gets_ascii(small_index: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    opened = Terminal("--index", str(small_index), env=ascii_only)
    opened.answer()
    opened.type(OPENED, "2 articles agree - ")
    opened.type("/index", "qa: /index needs")
    assert opened.leave() == 0
    assert opened.written.isascii() and "Traceback" not in opened.written


def test_a_screen_reader_gets_labelled_lines_and_no_furniture(small_index: Path) -> None:
    opened = Terminal("--index", str(small_index), "--plain")
    opened.answer()
    shown = opened.type(OPENED, "2 articles agree")
    assert "Answer: 4 May 1973. 2 articles agree, confidence" in shown and "Source 1: " in shown and " ms" not in shown
    opened.type("/why", "Passage 1: ")
    opened.type("/copy", "[1] ")
    assert opened.leave() == 0
    assert not any(c in opened.written for c in ("\x1b[1;32m", "\x1b[2m", "\x1b[7m"))


def test_the_prompt_waits_for_no_model(small_index: Path) -> None:
    seconds = []
    for _ in range(3):
        started = time.monotonic()
        opened = Terminal("--index", str(small_index))
        opened.see(">")
        seconds.append(time.monotonic() - started)
        opened.child.close(force=True)
    assert min(seconds) < 1.0  # 0.2 s on an idle machine
