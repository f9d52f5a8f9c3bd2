"""What tells whether two articles' incompatible values are about one thing: the features of `qa.differing`."""

import math
import re
from collections.abc import Sequence
from datetime import timedelta

from index import Evidence
from qa.language.days import Days, apart, days_named
from qa.language.differences import Told, nearness
from qa.language.kinds import Kind
from qa.language.values import find_values
from qa.reader import Reading, Span
from qa.telling import told_by, values_in, written_on

FEATURES = (
    "one", "sentences", "marked", "date", "quantity", "person", "place", "body", "ratio", "cosine", "none", "nearness",
    "shared", "crowded", "yesno", "other_day", "other_turn",
)  # fmt: skip
_FIGURES: tuple[Kind, ...] = ("date", "time", "duration", "money", "percent")
_UNSEEN = 0.2  # cosine with the question of a sentence that was not found for it
_TURN = re.compile(  # which of several like things a sentence tells of
    r"\b(?:earlier|previous|prior|last|former|first|second|third|fourth|next|later|following|another|other)\b"
)
_FAR = -9.0  # log of how much less likely than the answer


def features_of(
    kind: Kind, reading: Reading, first: Span, span: Span, cosine: float, seen: Span | None
) -> tuple[float, ...]:
    """What tells whether a span speaks of the same thing as the answer's, in FEATURES' order.

    `cosine` is their sentences'; `seen` is the span as the reading has it, if it has.
    """
    return (
        1.0,
        cosine,
        max(-2.0, min(2.0, span.marked / 4)),
        float(kind in ("date", "time")),
        float(kind in ("duration", "number", "money", "percent")),
        float(kind == "person"),
        float(kind == "place"),
        float(_is_body(first) and _is_body(span)),
        max(_FAR, math.log(seen.probability / first.probability)) / 3 if seen else _FAR / 3,
        _evidence(seen).cosine if seen else _UNSEEN,
        reading.none,
        nearness(kind, told_by(first), told_by(span)),
        min(2.0, _shared(told_by(first), told_by(span))),
        min(2.0, len(values_in(kind, told_by(span).text)) - 1.0),
        float(kind == "yesno"),
        float(kind not in ("date", "time") and _other_day(first, span)),
        float(bool(_turns(told_by(span)) - _turns(told_by(first)))),
    )


def probability(features: Sequence[float], weights: Sequence[float]) -> float:
    """The probability that a rival speaks of the same thing; none where it is told of another day than the answer."""
    if features[FEATURES.index("other_day")]:
        return 0.0
    odds = sum(w * x for w, x in zip(weights, features, strict=True))
    return 1 / (1 + math.exp(-odds))


def _is_body(span: Span) -> bool:
    told = told_by(span)
    return bool(find_values("organisation", told.words)) and not find_values("person", told.words)


def _shared(a: Told, b: Told) -> float:
    """How many dates, figures and names two sentences have in common besides the two answers."""
    return float(len(_besides(a) & _besides(b)))


def _other_day(answer: Span, rival: Span) -> bool:
    """Whether a rival is told of another day than the answer, which is told of the news where it names none."""
    one, other = _days_of(answer), _days_of(rival)
    written = told_by(answer).written
    if one or written is None:
        return apart(one, other)
    week = timedelta(7)
    return bool(other) and all(d.last < written - week or d.first > written + week for d in other)


def _days_of(span: Span) -> frozenset[Days]:
    """The days that a span's sentence names outside the span; where it names none, those of the sentence before."""
    article, start = span.passage.article, span.sentence[0]
    written = written_on(article.date)
    if written is None:
        return frozenset()
    held = [e.sentence for e in span.passage.evidence if e.sentence.kind == "prose" and e.sentence.start <= start]
    for sentence in [s for s in held if s.paragraph == held[-1].paragraph][:-3:-1]:
        text = article.text[sentence.start : sentence.end]
        values = [(sentence.start + v.start, sentence.start + v.end) for v in find_values("date", text)]
        named = [article.text[a:b] for a, b in values if b <= span.start or a >= span.end]
        if days := frozenset(day for words in named for day in days_named(words, written)):
            return days
    return frozenset()


def _turns(told: Told) -> set[str]:
    """The words of a sentence that say which of several like things it tells of."""
    return set(_TURN.findall(told.text.casefold()))


def _besides(told: Told) -> set[str]:
    """The values of a sentence outside the answer, as keys, and its capitalised words."""
    rest = told.text[: told.start] + " … " + told.text[told.end :]
    keys = {v.key for kind in _FIGURES for v in find_values(kind, rest)}
    return keys | {w.casefold() for w in re.findall(r"(?<=[a-z,] )[A-Z]\w+", rest)} - {told.words.casefold()}


def _evidence(span: Span) -> Evidence:
    return next(e for e in span.passage.evidence if e.sentence.start == span.sentence[0])
