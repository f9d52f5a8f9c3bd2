"""The index and the reader, opened beside the prompt; and what is said about it."""

from concurrent.futures import Future
from contextlib import redirect_stderr
from io import StringIO

from qa.chat.background import LOADING, begin, wait_for
from qa.chat.state import Opened, State
from qa.chat.terminal import complaint
from qa.screen import Piece, one_line, painted, wrap


def begin_opening(state: State) -> "Future[Opened]":
    """Open what questions need on a thread of its own, unless that was begun already."""
    begin(state.opening, lambda: _open(state))
    return state.opening


def opened(state: State) -> Opened:
    """What questions need, waited for. Raises what opening it raised, KeyboardInterrupt at Ctrl-C."""
    return wait_for(begin_opening(state), LOADING, state.look)


def _open(state: State) -> Opened:
    from qa.places import find_index
    from qa.reader import open_reader

    # a first start builds and exports; its progress would be written into the line that is being typed
    with redirect_stderr(StringIO()):
        reader = open_reader(state.args.reader)  # it loads on a thread of its own
        index, notice = find_index(state.args.index, add="/index PATH…")
        index.warm_up()
    return Opened(index, reader, notice)


def news_of(state: State) -> str:
    """What is to be said once the opening has ended: which index answers, or why none does; "" for nothing."""
    if not state.opening.done():
        return ""
    if error := state.opening.exception():
        piece = Piece(f"qa: {one_line(complaint(error))}")
    elif (notice := state.opening.result().notice) and not state.args.quiet:
        piece = Piece(notice, "dim")
    else:
        return ""
    return painted(wrap([piece], state.look.width), colour=state.look.colour)
