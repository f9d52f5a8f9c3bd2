"""Spans of one kind in a sentence (dates, durations, names, ...), and whether two of them say the same.

All offsets count Unicode code points of the text they were found in; `end` is exclusive.
"""

from dataclasses import dataclass
from functools import lru_cache

from qa.language.definitions import definition_in
from qa.language.kinds import Kind
from qa.language.names import NAMES
from qa.language.quantities import QUANTITIES
from qa.language.sameness import key_of, same
from qa.language.spans import Span

__all__ = ["Span", "Value", "find_definition", "find_values", "key_of", "same"]

_FINDERS = QUANTITIES | NAMES


@dataclass(frozen=True, slots=True)
class Value:
    """A candidate answer: `text[start:end]`, half-open, code points."""

    start: int
    end: int
    kind: Kind
    key: str  # equal for spans that differ in wording only; see `key_of`


@lru_cache(4096)  # a question's second look and its follow-ups come by the same sentences again
def find_values(kind: Kind, text: str) -> tuple[Value, ...]:
    """Find the spans of `kind` in one sentence, in text order, maximal and never overlapping.

    Left outside a span: "about" and its like, the preposition before a date or place, the title before a
    name, "the Swiss city of" before "Geneva". Inside it: the noun a number counts, "from" and "between"
    where a range needs them. A `definition`, `yesno` or `clause` is the whole text without outer whitespace.
    """
    finder = _FINDERS.get(kind, _whole)
    return tuple(_value(kind, text, span) for span in finder(text))


def find_definition(name: str, text: str) -> Value | None:
    """Find what `text`, a sentence, says `name` is: a predicate, an apposition, a title or a written-out acronym.

    `name` may also be the question itself ("Who is Yuri Ushakov?"). Of a person's name the last word suffices.
    """
    span = definition_in(name, text)
    return _value("definition", text, span) if span else None


def _value(kind: Kind, text: str, span: Span) -> Value:
    return Value(*span, kind, key_of(kind, text[slice(*span)]))


def _whole(text: str) -> list[Span]:
    start = len(text) - len(text.lstrip())
    return [(start, len(text.rstrip()))] if text.strip() else []
