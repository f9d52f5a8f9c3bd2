"""Turns of a conversation: each line is understood in the light of those before it, and answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from index import LocalIndex
from qa import CITATIONS, PASSAGES, Answer, Trace, trace
from qa.reader import Reader, read_passages


@dataclass(frozen=True, slots=True)
class Turn:
    """A line that was typed and what came of it; `answer.rewritten` says what it was understood as."""

    line: str
    trace: Trace

    @property
    def answer(self) -> Answer:
        """What the line got."""
        return self.trace.answer


def next_turn(
    line: str,
    turns: Sequence[Turn],
    index: LocalIndex,
    *,
    passages: int = PASSAGES,
    citations: int = CITATIONS,
    min_confidence: float | None = None,
    reader: Reader = read_passages,
) -> Turn:
    """Answer a line that may lean on the turns before it, oldest first."""
    found = trace(line, index, passages=passages, citations=citations, min_confidence=min_confidence, reader=reader)
    return Turn(line, found)
