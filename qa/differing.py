"""What other articles say instead: answers to the same question that cannot be right if the first one is.

A rival is a span of another article whose value is of the kind asked for and incompatible. That alone is mostly another
fact; a logistic regression, fitted by `eval/fit_differing.py`, tells from how alike the two sentences are, how near the
two values lie and what the reader thinks of the span whether both tell of one thing.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from index import Evidence, Passage
from qa.language.differences import Told, agree, differ, nearness
from qa.language.kinds import Kind
from qa.language.values import Value, find_values
from qa.reader import Reader, Reading, Span
from qa.telling import told_by, written_on

WEIGHTS = Path(__file__).parent / "weights" / "differing.json"
FEATURES = (
    "one", "sentences", "marked", "date", "quantity", "person", "body", "ratio", "cosine", "none", "nearness", "shared",
)  # fmt: skip
COMPARED: frozenset[Kind] = frozenset(
    ("date", "time", "duration", "number", "money", "percent", "place", "person", "organisation")
)
_FIGURES: tuple[Kind, ...] = ("date", "time", "duration", "money", "percent")
_READ = 5  # passages at most, over those that were read for the question
_ALIKE = 0.25  # cosine of two sentences; what is farther tells of another thing
_UNSEEN = 0.2  # cosine with the question of a sentence that was not found for it
_FAR = -9.0  # log of how much less likely than the answer


@dataclass(frozen=True, slots=True)
class Rival:
    """A span that says otherwise, and the probability that it tells of the same thing."""

    span: Span
    probability: float
    features: tuple[float, ...]  # FEATURES


@dataclass(frozen=True, slots=True)
class Weights:
    """What `eval/fit_differing.py` found: a weight for each of FEATURES, and the least probability to be shown."""

    weights: tuple[float, ...]
    least: float


@cache
def load_weights() -> Weights:
    """The shipped weights. Raises ValueError where they are for other features than the code's."""
    fields = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    if tuple(fields["features"]) != FEATURES:
        raise ValueError(f"{WEIGHTS} was fitted for other features: run eval/fit_differing.py")
    return Weights(tuple(fields["weights"]), fields["least"])


def is_value(kind: Kind, span: Span) -> bool:
    """Whether a span is a value that can be compared, and no whole sentence."""
    return kind in COMPARED and (span.start, span.end) != span.sentence


def rivals(
    question: str, kind: Kind, reading: Reading, group: Sequence[Span], alike: Sequence[Passage], reader: Reader
) -> tuple[Rival, ...]:
    """Spans of other articles that are incompatible with a group of agreeing ones, an article's best one, in order.

    `kind` is that of the first span's value. `alike` are passages found for that span's sentence; of that their
    evidence speaks.
    """
    told = [told_by(s) for s in group if is_value(kind, s)]
    if not told or not is_value(kind, group[0]):
        return ()
    likeness = {p: c for p, c in _likeness(group, alike).items() if not _says_too(kind, told[0], p, alike)}
    seen = {_place(s): s for s in reading.spans}
    unread = [p for p in alike if any(_may_differ(kind, told[0], p, place, seen) for place in likeness)]
    read = {_place(s): s for s in (reader(question, unread[:_READ]).spans if unread else ())}
    best: dict[str, Rival] = {}
    for place, cosine in likeness.items():
        span = _value_alone(kind, read.get(place) or seen.get(place))
        if span is None or not all(differ(kind, t, told_by(span)) for t in told):
            continue
        features = _features(kind, reading, group[0], span, cosine, seen.get(place))
        rival = Rival(span, _probability(features), features)
        if place[0] not in best or rival.probability > best[place[0]].probability:
            best[place[0]] = rival
    return tuple(sorted(best.values(), key=lambda r: -r.probability))


def _likeness(group: Sequence[Span], alike: Sequence[Passage]) -> dict[tuple[str, int], float]:
    """How like the answer's sentence each sentence of the other articles is, by article and start."""
    own = {s.passage.article.id for s in group}
    return {
        (p.article.id, e.sentence.start): e.cosine
        for p in alike
        for e in p.evidence
        if p.article.id not in own and e.sentence.kind == "prose" and e.cosine >= _ALIKE
    }


def _value_alone(kind: Kind, span: Span | None) -> Span | None:
    """A span cut to the one value in it; None where it has none, or several."""
    if span is None or not is_value(kind, span):
        return None
    told = told_by(span)
    held = [v for v in _values(kind, told.text) if v.start < told.end and v.end > told.start]
    if len(held) != 1:
        return None
    return replace(span, start=span.sentence[0] + held[0].start, end=span.sentence[0] + held[0].end)


def _values(kind: Kind, text: str) -> tuple[Value, ...]:
    """The values in a sentence that may answer a question for a kind; "who" may be a person or a body."""
    found = find_values(kind, text)
    if kind != "person":
        return found
    bodies = find_values("organisation", text)
    return (*found, *(b for b in bodies if not any(b.start < v.end and v.start < b.end for v in found)))


def _says_too(kind: Kind, told: Told, place: tuple[str, int], alike: Sequence[Passage]) -> bool:
    """Whether a sentence also says what the answer says: then the other values in it are of other things."""
    for passage in alike:
        for evidence in passage.evidence:
            if (passage.article.id, evidence.sentence.start) == place:
                text = passage.article.text[evidence.sentence.start : evidence.sentence.end]
                written = written_on(passage.article.date)
                return any(agree(kind, told, Told(text, v.start, v.end, written)) for v in _values(kind, text))
    return False


def _may_differ(
    kind: Kind, told: Told, passage: Passage, place: tuple[str, int], seen: Mapping[tuple[str, int], Span]
) -> bool:
    """Whether a sentence lies in a passage, the span reader has not seen it, and it holds an incompatible value."""
    sentence = next((e.sentence for e in passage.evidence if (passage.article.id, e.sentence.start) == place), None)
    if sentence is None or (place in seen and seen[place].marked):
        return False
    text = passage.article.text[sentence.start : sentence.end]
    written = written_on(passage.article.date)
    return any(differ(kind, told, Told(text, v.start, v.end, written)) for v in _values(kind, text))


def _features(
    kind: Kind, reading: Reading, first: Span, span: Span, cosine: float, seen: Span | None
) -> tuple[float, ...]:
    """What tells whether a span speaks of the same thing as the answer's, in FEATURES' order."""
    return (
        1.0,
        cosine,
        max(-2.0, min(2.0, span.marked / 4)),
        float(kind in ("date", "time")),
        float(kind in ("duration", "number", "money", "percent")),
        float(kind == "person"),
        float(_is_body(first) and _is_body(span)),
        max(_FAR, math.log(seen.probability / first.probability)) / 3 if seen else _FAR / 3,
        _evidence(seen).cosine if seen else _UNSEEN,
        reading.none,
        nearness(kind, told_by(first), told_by(span)),
        min(2.0, _shared(told_by(first), told_by(span))),
    )


def _is_body(span: Span) -> bool:
    told = told_by(span)
    return bool(find_values("organisation", told.words)) and not find_values("person", told.words)


def _shared(a: Told, b: Told) -> float:
    """How many dates, figures and names two sentences have in common besides the two answers."""
    return float(len(_besides(a) & _besides(b)))


def _besides(told: Told) -> set[str]:
    """The values of a sentence outside the answer, as keys, and its capitalised words."""
    rest = told.text[: told.start] + " … " + told.text[told.end :]
    keys = {v.key for kind in _FIGURES for v in find_values(kind, rest)}
    return keys | {w.casefold() for w in re.findall(r"(?<=[a-z,] )[A-Z]\w+", rest)} - {told.words.casefold()}


def _evidence(span: Span) -> Evidence:
    return next(e for e in span.passage.evidence if e.sentence.start == span.sentence[0])


def _probability(features: Sequence[float]) -> float:
    odds = sum(w * x for w, x in zip(load_weights().weights, features, strict=True))
    return 1 / (1 + math.exp(-odds))


def _place(span: Span) -> tuple[str, int]:
    return span.passage.article.id, span.sentence[0]
