"""Work beside the prompt: on a thread of its own, waited for with a note, given up at Ctrl-C."""

import termios
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, TimeoutError
from contextlib import contextmanager
from typing import TypeVar

from qa.chat.terminal import say
from qa.screen import Look, Piece, is_dumb, paint

T = TypeVar("T")
Notes = Sequence[tuple[float, str]]  # seconds of waiting, and what is shown from then on
THINKING = ((0.3, "…"),)
LOADING = ((0.3, "loading…"), (5.0, "loading… (the first time takes a while)"))
_LOOK_EVERY = 0.05  # seconds; a Ctrl-C is noticed between two looks
_NAME = "qa-work"
_ERASE = "\r\x1b[K"


def begin(future: "Future[T]", work: Callable[[], T]) -> None:
    """Do some work on a thread of its own, unless it was begun already; its result or failure is the future's."""
    if future.running() or future.done():
        return
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    # a pool's threads would be waited for when the program leaves
    threading.Thread(target=run, name=_NAME, daemon=True).start()


def is_at_work() -> bool:
    """Whether anything that was begun is still running, waited for or not."""
    return any(t.name == _NAME and t.is_alive() for t in threading.enumerate())


def wait_for(future: "Future[T]", notes: Notes, look: Look) -> T:
    """What the work gave, or what it raised. A wait that lasts shows a note, and removes it.

    Raises KeyboardInterrupt at Ctrl-C: the work goes on, and nobody waits for it.
    """
    started, left = time.monotonic(), list(notes)
    removable = not (look.plain or is_dumb())
    try:
        while True:
            try:
                return future.result(_LOOK_EVERY)
            except TimeoutError:
                if future.done():  # just now; or the work itself ran into one
                    return future.result()
                if left and time.monotonic() - started > left[0][0]:
                    say(_note(left.pop(0)[1], look, removable=removable))
    finally:
        if removable and len(left) < len(notes):
            say(_ERASE)


def _note(note: str, look: Look, *, removable: bool) -> str:
    if removable:
        return f"{_ERASE}  {paint([Piece(note, 'dim')], colour=look.colour)}"
    return f"{note}\n" if any(map(str.isalpha, note)) else ""


@contextmanager
def typing_kept() -> Iterator[None]:
    """What is typed between two prompts is not echoed and stays for the next one, Enter as Enter; Ctrl-C interrupts."""
    if is_dumb():  # the terminal edits the line itself, and echoes it
        yield
        return
    try:
        before, changed = termios.tcgetattr(0), termios.tcgetattr(0)
        changed[0] &= ~termios.ICRNL
        changed[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(0, termios.TCSANOW, changed)
        try:
            yield
        finally:
            termios.tcsetattr(0, termios.TCSANOW, before)
    except termios.error as error:  # the terminal is gone
        raise EOFError from error
