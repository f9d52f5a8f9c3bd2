"""What other articles say instead: answers to the same question that cannot be right if the first one is.

A rival is a span of another article whose value is of the kind asked for and incompatible. That alone is mostly another
fact; a logistic regression, fitted by `eval/fit_differing.py`, tells from how alike the two sentences are, how near the
two values lie and what the reader thinks of the span whether both tell of one thing.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from index import Passage, Sentence
from qa.language.differences import Told, agree, differ
from qa.language.kinds import Kind
from qa.reader import Reader, Reading, Span
from qa.rivalry import FEATURES, features_of, probability
from qa.telling import spans_in, told_by, values_in

WEIGHTS = Path(__file__).parent / "weights" / "differing.json"
COMPARED: frozenset[Kind] = frozenset(
    ("date", "time", "duration", "number", "money", "percent", "place", "person", "organisation", "yesno")
)
_READ = 5  # passages at most, over those that were read for the question
_ALIKE = 0.25  # cosine of two sentences; what is farther tells of another thing
_SURE = 8.0  # a mark's log-odds beyond which it counts no more
_Place = tuple[str, int]  # an article and where a sentence starts in it
_BESIDE = 0.6  # of the likeliest rival's probability; what is less likely is of another thing


@dataclass(frozen=True, slots=True)
class Rival:
    """A span that says otherwise, and the probability that it tells of the same thing."""

    span: Span
    probability: float
    features: tuple[float, ...]  # FEATURES


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence of another article, and how like the answer's sentence it is."""

    passage: Passage
    sentence: Sentence
    cosine: float


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
    """Whether a span can be compared: a value, and no whole sentence but one that says yes or no."""
    return kind == "yesno" or (kind in COMPARED and (span.start, span.end) != span.sentence)


def rivals(
    question: str,
    kind: Kind,
    reading: Reading,
    group: Sequence[Span],
    alike: Sequence[Passage],
    reader: Reader,
    least: float,
) -> tuple[Rival, ...]:
    """Spans of other articles that are incompatible with a group of agreeing ones, an article's best one, in order.

    `kind` is that of the first span's value. `alike` are passages found for that span's sentence; of that their
    evidence speaks. Passages that were not read are read only where a rival of probability `least` may come of it.
    """
    told = [told_by(s) for s in group if is_value(kind, s)]
    if not told or not is_value(kind, group[0]):
        return ()
    seen = {_place(s): s for s in reading.spans}
    tellings = _tellings(kind, told[0], group, alike)

    def judged(span: Span, place: _Place) -> Rival:
        features = features_of(kind, reading, group[0], span, tellings[place].cosine, seen.get(place))
        return Rival(span, probability(features, load_weights().weights), features)

    against = {place: list(_incompatible(kind, told, telling)) for place, telling in tellings.items()}
    unread = {
        (telling.passage.article.id, telling.passage.start): telling.passage
        for place, telling in tellings.items()
        if not (place in seen and seen[place].marked)
        and any(judged(s, place).probability >= least for s in against[place])
    }
    read = {_place(s): s for s in (reader(question, list(unread.values())[:_READ]).spans if unread else ())}
    best: dict[str, Rival] = {}
    for place in tellings:
        span = _value_alone(kind, read.get(place) or seen.get(place))
        if span is None:
            continue
        # of several values in a sentence the nearest is the likeliest to be of the same thing
        values = [replace(s, marked=span.marked) for s in against[place]]
        rival = max((judged(s, place) for s in values), key=lambda r: r.probability, default=None)
        if rival is None:
            continue
        if place[0] not in best or rival.probability > best[place[0]].probability:
            best[place[0]] = rival
    return tuple(sorted(best.values(), key=lambda r: -r.probability))


def shown(found: Sequence[Rival]) -> list[Span]:
    """Which rivals are worth a warning: the likely ones, and none that is much less so than the likeliest."""
    least = max([load_weights().least, *(_BESIDE * r.probability for r in found)])
    return [replace(r.span, probability=r.probability) for r in found if r.probability >= least]


def _tellings(kind: Kind, told: Told, group: Sequence[Span], alike: Sequence[Passage]) -> dict[_Place, Telling]:
    """The sentences of other articles that are like the answer's and do not say the same beside something else."""
    own = {s.passage.article.id for s in group}
    found = {}
    for passage in (p for p in alike if p.article.id not in own):
        for evidence in passage.evidence:
            if evidence.sentence.kind == "prose" and evidence.cosine >= _ALIKE:
                telling = Telling(passage, evidence.sentence, evidence.cosine)
                if not any(agree(kind, told, told_by(s)) for s in _spans(kind, telling)):
                    found[passage.article.id, evidence.sentence.start] = telling
    return found


def _spans(kind: Kind, telling: Telling) -> Iterator[Span]:
    """The values in a sentence, as spans that the reader could not be surer of."""
    found = spans_in(kind, telling.passage, telling.sentence)
    return (replace(s, probability=1.0, marked=_SURE) for s in found)


def _incompatible(kind: Kind, told: Sequence[Told], telling: Telling) -> Iterator[Span]:
    found = list(_spans(kind, telling))
    if kind == "place" and len(found) > 1:
        return iter(())  # a journey, or a list of meetings
    return (s for s in found if _contradicts(kind, told, s))


def _contradicts(kind: Kind, told: Sequence[Told], span: Span) -> bool:
    """Whether a span is incompatible with the first of some agreeing answers, and agrees with none of them."""
    return differ(kind, told[0], told_by(span)) and not any(agree(kind, t, told_by(span)) for t in told)


def _value_alone(kind: Kind, span: Span | None) -> Span | None:
    """A span cut to the one value in it; None where it has none, or several."""
    if span is None or not is_value(kind, span):
        return None
    told = told_by(span)
    held = [v for v in values_in(kind, told.text) if v.start < told.end and v.end > told.start]
    if len(held) != 1:
        return None
    return replace(span, start=span.sentence[0] + held[0].start, end=span.sentence[0] + held[0].end)


def _place(span: Span) -> _Place:
    return span.passage.article.id, span.sentence[0]
