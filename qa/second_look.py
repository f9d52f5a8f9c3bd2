"""With an answer in hand, what other articles say of the same thing: who agrees, and who says otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index import LocalIndex, Passage
from qa.answers import agree_on, best_group, calibrate, evidence_for, exact_words, kind_compared
from qa.differing import Rival, is_value, load_weights, rivals
from qa.language.differences import differ
from qa.reader import Reader, Reading, Span, weigh
from qa.telling import spans_in, told_by

# Cosines of two sentences: from the first on they tell of one thing where both hold the same value, from the second on
# where that is a name, of which most articles are full; from the third on one retells the other, with few exceptions
# on the built-in articles.
_ALIKE, _ALIKE_NAMING, _RETOLD = 0.5, 0.6, 0.74
_WIDER = 2  # times as many passages as for the question: its own articles are among them


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What looking again found: the reading with who else says so put last, and who says otherwise."""

    reading: Reading
    rivals: tuple[Rival, ...] = ()  # the likeliest first, however unlikely
    comparable: bool = False  # the answer is a value that others may contradict


def look_again(
    question: str,
    reading: Reading,
    found: Sequence[Passage],
    index: LocalIndex,
    *,
    passages: int,
    threshold: float,
    reader: Reader,
    least: float | None = None,
) -> SecondLook:
    """Look for what other articles say. Nothing is looked for where the answer is below the confidence `threshold`.

    Rivals below the probability `least` may be missed; None is what is shown at all.
    """
    if not reading.spans:
        return SecondLook(reading)
    if words := exact_words(reading):
        # a duration or a date hardly ever agrees by chance: whoever has it beside the question's words will do
        reading = _with_same_value(reading, question, index.search(f"{question} {words}", passages))
    group = best_group(reading)
    if calibrate(evidence_for(group, reading, found)) < threshold:
        return SecondLook(reading)
    # who tells of the same thing tells it in a similar sentence
    first = group[0]
    alike = index.search_like(first.passage, first.sentence[0], _WIDER * passages)
    reading = _with_more(reading, _retelling(reading, alike))
    kind = kind_compared(reading)
    if not is_value(kind, first):
        return SecondLook(reading)
    shown = load_weights().least if least is None else least
    found_rivals = rivals(question, kind, reading, best_group(reading), alike, reader, shown)
    return SecondLook(reading, found_rivals, comparable=True)


def _with_same_value(reading: Reading, question: str, near: Sequence[Passage]) -> Reading:
    kind, first = kind_compared(reading), reading.spans[0]
    return _with_more(reading, (s for s in weigh(question, near, {}).spans if agree_on(kind, first, s)))


def _with_more(reading: Reading, agreeing: Iterator[Span]) -> Reading:
    """A reading with spans of articles that do not support its best one yet, the first of each, put last."""
    held = {s.passage.article.id for s in best_group(reading)}
    least = reading.spans[-1].probability
    more: dict[str, Span] = {}
    for span in agreeing:
        more.setdefault(span.passage.article.id, replace(span, probability=least, agreed=True))
    return replace(reading, spans=(*reading.spans, *(s for name, s in more.items() if name not in held)))


def _retelling(reading: Reading, alike: Sequence[Passage]) -> Iterator[Span]:
    """What says the same as the best span in sentences like its own, the most alike first."""
    kind, first = kind_compared(reading), reading.spans[0]
    seen = {(s.passage.article.id, s.sentence[0]): s for s in reading.spans}
    least = _ALIKE_NAMING if kind in ("person", "organisation") else _ALIKE
    told = [(p, e) for p in alike for e in p.evidence if e.sentence.kind == "prose" and e.cosine >= least]
    for passage, evidence in sorted(told, key=lambda t: -t[1].cosine):
        if kind != "yesno" and is_value(kind, first):
            yield from (s for s in spans_in(kind, passage, evidence.sentence) if agree_on(kind, first, s))
        elif evidence.cosine >= _RETOLD:
            place = evidence.sentence.start, evidence.sentence.end
            span = seen.get((passage.article.id, place[0])) or Span(passage, place, *place, 0.0)
            if not differ(kind, told_by(first), told_by(span)):
                yield span
