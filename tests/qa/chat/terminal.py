"""The program in a pseudo-terminal, and what a person sees of it."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

from tests.conftest import BIN

TROUBLE = Path(__file__).parent / "trouble.py"


class Terminal:
    """A chat in a terminal; `send` types, `see` waits until something stands on the screen."""

    def __init__(
        self, *argv: str, columns: int = 100, rows: int = 30, env: dict[str, str] | None = None, trouble: bool = False
    ) -> None:
        command = [sys.executable, str(TROUBLE)] if trouble else [str(BIN / "qa")]
        self.child = pexpect.spawn(
            command[0], [*command[1:], *argv], dimensions=(rows, columns), timeout=20, encoding="utf-8",
            codec_errors="replace",
            env={**os.environ, "TERM": "xterm-256color", **(env or {})},
        )  # fmt: skip
        self.child.delaybeforesend = None
        self.screen = pyte.Screen(columns, rows)
        self.screen.write_process_input = self.child.send  # it tells where the cursor is, when asked
        self.stream = pyte.Stream(self.screen)
        self.written = ""

    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    def send(self, keys: str) -> "Terminal":
        self.child.send(keys)
        return self

    def wait(self, until: Callable[[str], bool], wanted: str, seconds: float = 15.0) -> str:
        end = time.monotonic() + seconds
        while True:
            try:
                text = self.child.read_nonblocking(65536, timeout=0.05)
                self.written += text
                self.stream.feed(text)
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                end = 0.0
            shown = "\n".join(self.lines())
            if until(shown):
                return shown
            assert time.monotonic() < end, f"{wanted} is not on the screen:\n{shown}"

    def see(self, words: str, *, seconds: float = 15.0) -> str:
        """The screen, once some words stand on it."""
        return self.wait(lambda shown: words in shown, repr(words), seconds)

    def answer(self, words: str = "") -> str:
        """The screen, once some words stand on it and the cursor is at an empty prompt."""
        at_prompt = lambda shown: words in shown and self.lines()[self.screen.cursor.y] == ">"  # noqa: E731
        return self.wait(at_prompt, f"{words!r} and a prompt")

    def clear(self) -> None:
        """Ctrl-L, and the prompt is on the first line."""
        self.send("\x0c")
        self.wait(lambda shown: shown.startswith(">") and self.screen.cursor.y == 0, "a cleared screen")

    def type(self, line: str, words: str = "") -> str:
        """Type a line and wait for its answer, which holds some words."""
        self.answer()
        self.clear()
        before = len(self.written)
        self.send(f"{line}\r")
        taken = "\x1b[?2004l"  # the prompt gives the terminal back
        self.wait(lambda shown: taken in self.written[before:], f"{line} taken")
        return self.answer(words)

    def leave(self, keys: str = "\x04") -> int:
        """Leave; the exit status."""
        self.child.send(keys)
        self.child.expect(pexpect.EOF)
        self.written += self.child.before or ""
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus)
