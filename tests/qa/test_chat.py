"""The chat, in a real pseudo-terminal."""

import os
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from tests.conftest import BIN


class Terminal:
    """The program in a terminal of 30 lines, and what a person sees of it."""

    def __init__(self, *argv: str, columns: int = 100) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.child = pexpect.spawn(
            str(BIN / "qa"), list(argv), dimensions=(30, columns), env=environment, timeout=30, encoding="utf-8"
        )
        self.screen = pyte.Screen(columns, 30)
        self.stream = pyte.Stream(self.screen)

    def see(self, words: str, seconds: float = 20.0, *, prompt: bool = False) -> str:
        """Read until some words stand on the screen, and a fresh prompt below them if wanted; the whole screen."""
        import time

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            shown = "\n".join(line.rstrip() for line in self.screen.display)
            if words in shown and (not prompt or shown.rstrip().endswith("\n>")):
                return shown
            try:
                self.stream.feed(self.child.read_nonblocking(4096, timeout=0.2))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                break
        raise AssertionError(f"{words!r} is not on the screen:\n{shown}")


@pytest.fixture
def terminal(small_index: Path) -> Iterator[Terminal]:
    opened = Terminal("--index", str(small_index))
    opened.see(">")
    yield opened
    opened.child.close(force=True)


def test_a_question_is_answered_and_the_prompt_comes_back(terminal: Terminal) -> None:
    terminal.child.send("when did the harbour bridge in Oresk open?\r")
    shown = terminal.see("articles agree", prompt=True)
    assert "4 May 1973" in shown and "Oresk Courier" in shown
    terminal.child.send("boiling point of tungsten\r")
    terminal.see("No article answers that.", prompt=True)


def test_ctrl_c_drops_the_line_and_ctrl_d_leaves(terminal: Terminal) -> None:
    terminal.child.send("half a questi")
    terminal.see("half a questi")
    terminal.child.sendcontrol("c")
    terminal.see("> half a questi", prompt=True)
    terminal.child.send("/help\r")
    terminal.see("> /help", prompt=True)
    terminal.child.sendcontrol("d")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 0


def test_an_unknown_command_is_no_question(terminal: Terminal) -> None:
    terminal.child.send("/frobnicate\r")
    terminal.see("There is no command /frobnicate", prompt=True)
    terminal.child.send("/quit\r")
    terminal.child.expect(pexpect.EOF)


def test_an_index_that_cannot_be_opened_is_said_and_the_chat_goes_on() -> None:
    opened = Terminal("--index", "/no/such/index")
    opened.see(">")
    opened.child.send("anything?\r")
    opened.see("qa: no index in /no/such/index", prompt=True)
    opened.child.sendcontrol("d")
    opened.child.expect(pexpect.EOF)


def test_an_answer_on_a_terminal_has_colour_and_none_where_unwanted(small_index: Path) -> None:
    question = ("--index", str(small_index), "When did the harbour bridge in Oresk open?")
    for argv, coloured in ((question, True), (("--no-color", *question), False)):
        child = pexpect.spawn(str(BIN / "qa"), list(argv), dimensions=(30, 100), timeout=60, encoding="utf-8")
        output = child.read()
        assert ("\x1b[1;32m" in output) == coloured
