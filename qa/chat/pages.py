"""An article laid out for a screen: lines that fit, what is marked in them, and where in the text each begins."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.screen import Piece, disarm, wrap

_STRENGTH = ("", "quote", "answer", "match")  # of two marks on the same words, the later shows


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to show in a style: `text[start:end]`, code points."""

    start: int
    end: int
    style: str  # "quote", "answer" or "match"


@dataclass(frozen=True, slots=True)
class Page:
    """An article's lines at some width."""

    lines: tuple[tuple[Piece, ...], ...]
    starts: tuple[int, ...]  # offset in the text of each line's first word

    def line_at(self, offset: int) -> int:
        """The line that a place in the text is on."""
        return max(0, bisect_right(self.starts, offset) - 1)


def lay_out(text: str, marks: Sequence[Mark], width: int) -> Page:
    """Wrap a text to a width. Nothing in it acts on a terminal."""
    shown = disarm(re.sub(r"[\t\r]", " ", text))  # as long as the text: offsets hold
    lines: list[tuple[Piece, ...]] = []
    starts: list[int] = []
    for match in re.finditer(r"[^\n]*\n|[^\n]+", shown):
        begin, end = match.start(), match.end() - match[0].endswith("\n")
        letters = [i for i in range(begin, end) if shown[i] != " "]
        used = 0
        for line in wrap(list(_pieces(shown, begin, end, marks)), width):
            lines.append(tuple(line))
            starts.append(letters[used] if used < len(letters) else end)
            used += sum(len(p.text) - p.text.count(" ") for p in line)
    return Page(tuple(lines), tuple(starts))


def _pieces(text: str, begin: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """A paragraph cut where a mark begins or ends."""
    here = [m for m in marks if m.start < end and begin < m.end]
    cuts = sorted({begin, end, *(min(max(x, begin), end) for m in here for x in (m.start, m.end))})
    for a, b in pairwise(cuts):
        styles = [m.style for m in here if m.start <= a and b <= m.end]
        yield Piece(text[a:b], max(styles, key=_STRENGTH.index, default=""))


def find(words: str, text: str) -> list[Mark]:
    """Where some words stand in a text, in any case and with any blanks between them."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    return [Mark(m.start(), m.end(), "match") for m in re.finditer(r"\s+".join(parts), text, re.IGNORECASE)]


def next_after(at: int, places: Sequence[int], step: int) -> int | None:
    """The next place after one (or before it, for a step of -1), going round; None where there is none."""
    if not places:
        return None
    if step > 0:
        return next((p for p in places if p > at), places[0])
    return next((p for p in reversed(places) if p < at), places[-1])
