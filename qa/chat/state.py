"""What a chat knows between two lines."""

import argparse
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.screen import Look, look_now

if TYPE_CHECKING:  # the prompt does not wait for these
    from index import LocalIndex
    from qa.conversation.turns import Turn
    from qa.reader import Reader


@dataclass(frozen=True, slots=True)
class Opened:
    """What questions need."""

    index: "LocalIndex"
    reader: "Reader"
    notice: str | None  # which index answers, where the user did not choose it


@dataclass(frozen=True, slots=True)
class State:
    """The conversation so far, and what the last answer has that was not shown."""

    args: argparse.Namespace
    opening: "Future[Opened]"
    turns: "tuple[Turn, ...]" = ()  # their answers as they were shown
    last: "Turn | None" = None  # with all its citations

    @property
    def look(self) -> Look:
        """How the terminal shows things now."""
        return look_now(no_color=self.args.no_color, plain=self.args.plain)

    @property
    def opened(self) -> Opened | None:
        """The index and the reader, if they are there by now."""
        future = self.opening
        return future.result() if future.done() and not future.exception() else None


def with_turn(state: State, turn: "Turn", shown: int) -> State:
    """The state after a turn, of whose citations the first are shown."""
    return replace(state, turns=(*state.turns, limited(turn, shown)), last=turn)


def with_more(state: State, shown: int) -> State:
    """The state with so many citations of the last answer shown."""
    return replace(state, turns=(*state.turns[:-1], limited(state.last, shown))) if state.last else state


def checked_anew(state: State, index: "LocalIndex") -> State:
    """The state with only those citations that the index has, as it is now, letter for letter."""
    from qa.answers import keep_verbatim

    def checked(turn: "Turn") -> "Turn":
        return replace(turn, trace=replace(turn.trace, answer=keep_verbatim(turn.trace.answer, index)))

    last = checked(state.last) if state.last else None
    return replace(state, turns=tuple(map(checked, state.turns)), last=last)


def limited(turn: "Turn", most: int) -> "Turn":
    """A turn with at most so many citations of its answer, and of each that differs."""
    answer = turn.trace.answer
    differing = tuple(replace(d, citations=d.citations[:most]) for d in answer.differing)
    answer = replace(answer, citations=answer.citations[:most], differing=differing)
    return replace(turn, trace=replace(turn.trace, answer=answer))
