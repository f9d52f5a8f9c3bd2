"""What the chat writes, and how it ends when somebody else ends it."""

import base64
import os
import shutil
import signal
import sys
import termios
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from qa.screen import Look, Piece, one_line, painted, wrap

_OTHER_ROWS = 6  # of a screen with an answer: the question, how many more, two blanks, the next prompt, the bar
_HEARD_WITHIN = 2.0  # seconds from a signal to the end
_MODES_OFF = b"\x1b[?1049l\x1b[?2004l\x1b[?25h\x1b[0m\r\n"  # the pager's screen, bracketed paste, a hidden cursor


def say(text: str) -> None:
    """Write to the terminal. Raises EOFError where it is gone."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        raise EOFError from error


def say_lines(lines: Iterable[Sequence[Piece]], look: Look) -> None:
    """Write styled lines."""
    say(painted(lines, colour=look.colour))


def say_dimly(text: str, look: Look) -> None:
    """Write a line that is no answer."""
    say_lines(wrap([Piece(text, "dim")], look.width), look)


def say_how_many_more(more: int, look: Look) -> None:
    """Tell that there are more citations than were shown."""
    if more and look.plain:
        say(f"{more} more: /more\n")
    elif more:
        say_lines([[], [Piece(f"  {more} more: /more", "dim")]], look)


def as_many_as_fit(most: int, show: Callable[[int], str], look: Look) -> int:
    """How many citations to show at once: not so many that what they are shown with leaves the screen."""
    if look.plain:
        return most
    rows = shutil.get_terminal_size((80, 24)).lines - _OTHER_ROWS
    return next((n for n in range(most, 1, -1) if show(n).count("\n") <= rows), 1)


def say_wrong(text: str, look: Look) -> None:
    """Write what went wrong, as one line where it fits."""
    stream = sys.__stderr__ or sys.stderr  # while the index loads, standard error is kept quiet
    stream.write(painted(wrap([Piece(f"qa: {one_line(text)}")], look.width), colour=False))
    stream.flush()


def complaint(error: BaseException) -> str:
    """What went wrong, for a person; for what should not have, its kind too."""
    from index import QAError

    return str(error) if isinstance(error, QAError) else f"{type(error).__name__}: {error} (a bug; the chat goes on)"


def copy_to_clipboard(text: str) -> None:
    """Give a text to the terminal's clipboard (OSC 52), which may be on another machine than the program."""
    say(f"\x1b]52;c;{base64.b64encode(text.encode('utf-8', 'replace')).decode()}\x07")


class Ended(BaseException):
    """The terminal was closed or the program told to end, by a signal."""

    def __init__(self, number: int) -> None:
        self.number = number


@contextmanager
def ended_by_signals(end_app: Callable[[Ended], bool]) -> Iterator[None]:
    """SIGTERM and a closed terminal raise Ended; where `end_app` can, in the prompt, which puts the modes back.

    Who does not hear it, as an event loop may swallow what is raised in one of its callbacks, is ended all the same.
    """
    modes = _modes()

    def leave(number: int, frame: FrameType | None) -> None:
        unheard = threading.Timer(_HEARD_WITHIN, _end_anyway, [number, modes])
        unheard.daemon = True
        unheard.start()
        if not end_app(Ended(number)):
            raise Ended(number)

    heard = [s for s in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(s) != signal.SIG_IGN]  # nohup ignores it
    before = {s: signal.signal(s, leave) for s in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _modes() -> Sequence[Any] | None:
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def _end_anyway(number: int, modes: Sequence[Any] | None) -> None:
    """Put the terminal's modes back and leave, whatever the main thread does."""
    try:
        if modes:
            os.write(1, _MODES_OFF)
            termios.tcsetattr(0, termios.TCSANOW, list(modes))
    finally:
        os._exit(128 + number)
