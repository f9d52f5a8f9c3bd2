"""Where an answer came from: what was looked for, found, read and weighed, in a table that fits 40 columns."""

from collections.abc import Iterator, Sequence

from qa.answers import EVIDENCE, best_group, evidence_for
from qa.asking import Trace
from qa.differing import shown
from qa.reader import Span, load_weights
from qa.render import hang
from qa.screen import Look, Piece, cut_to, one_line

Line = Sequence[Piece]
_PASSAGES, _SPANS = 6, 5  # rows shown
_LEAST = 0.005  # a span that is less likely is not worth a row
_KINDS = {
    "person": "a person", "place": "a place", "date": "a date", "time": "an hour", "duration": "how long",
    "number": "a number", "money": "an amount of money", "percent": "a percentage", "organisation": "an organisation",
    "yesno": "yes or no", "definition": "what something is", "clause": "what happened, was said, or why",
}  # fmt: skip
_MEANINGS = {
    "one": "before anything is known",
    "log_odds": "how likely the reader finds it",
    "margin": "its lead over the next answer",
    "marked": "how clear the reader's mark is",
    "articles": "articles that agree",
    "cosine": "how near the best passage is",
    "yesno": "a yes/no question",
}


def why_lines(trace: Trace, look: Look) -> Iterator[Line]:
    """The account of an answer, line by line."""
    yield from _question(trace, look)
    yield from _passages(trace, look)
    yield from _spans(trace, look)
    yield from _rivals(trace, look)
    yield from _confidence(trace, look)


def _question(trace: Trace, look: Look) -> Iterator[Line]:
    kind = _KINDS.get(trace.reading.kind, trace.reading.kind)
    for label, said in (("Looked for", one_line(trace.asked)), ("Wanted", kind)):
        yield from hang([Piece(f"{label}: ", "strong"), Piece(said)], _width(look))


def _passages(trace: Trace, look: Look) -> Iterator[Line]:
    """The passages in the order of the fused score, both scores, and the rank that each alone would give."""
    if not trace.passages:
        return
    bm25, cosine = (_ranks([getattr(p, name) for p in trace.passages]) for name in ("bm25", "cosine"))
    yield from _heading("Passages", f"of {len(trace.passages)} found; in brackets the rank by that score alone", look)
    if not look.plain:
        yield [Piece(f" # {'BM25':8} {'meaning':8} both where", "dim")]
    for n, passage in enumerate(trace.passages[:_PASSAGES]):
        where = f"{passage.article.id}:{passage.start}-{passage.end}"
        if look.plain:
            yield [Piece(f"Passage {n + 1}: {where}. BM25 {passage.bm25:.1f}, rank {bm25[n]}. "
                         f"Meaning {passage.cosine:.2f}, rank {cosine[n]}. Both {passage.score:.2f}.")]  # fmt: skip
            continue
        words, meaning = f"{passage.bm25:4.1f}({bm25[n]:>2})", f"{passage.cosine:.2f}({cosine[n]:>2})"
        scores = f"{n + 1:2} {words} {meaning} {passage.score:.2f} "
        yield [Piece(scores), Piece(cut_to(where, max(8, min(look.width, 100) - len(scores))))]


def _ranks(scores: Sequence[float]) -> list[int]:
    """Each score's rank among them, from 1; a passage without a common word has none by BM25 but the last."""
    return [1 + sum(other > score for other in scores) for score in scores]


def _spans(trace: Trace, look: Look) -> Iterator[Line]:
    """The reader's best spans: those that count as saying what the best one says are marked."""
    group = best_group(trace.reading)
    articles = len({s.passage.article.id for s in group})
    said = f"counted as agreeing: {len(group)} in {articles} {'article' if articles == 1 else 'articles'}"
    yield from _heading("What the reader marked", said if look.plain else f"= {said}", look)
    for span in _one_each(trace.reading.spans):
        words = one_line(span.passage.article.text[span.start : span.end])
        if look.plain:
            same = "agrees" if span in group else "not counted as agreeing"
            yield [Piece(f"{_share(span.probability)}: {words}, {span.passage.article.id}, {same}.")]
            continue
        row = f"  {_share(span.probability)} {'=' if span in group else ' '} "
        room = max(8, min(look.width, 100) - len(row))
        name = cut_to(span.passage.article.id, room // 3)
        yield [Piece(row), Piece(cut_to(words, room - len(name) - 2)), Piece(f"  {name}", "dim")]
    yield [Piece(f"  {_share(trace.reading.none)}   none of the passages answers")]


def _rivals(trace: Trace, look: Look) -> Iterator[Line]:
    """What other articles say that cannot be right as well, and how likely they speak of the same thing."""
    likely = [r for r in trace.rivals[:_SPANS] if r.probability >= _LEAST]
    if not likely:
        return
    yield from _heading("What may differ", "how likely it is about the same thing; * is shown", look)
    held = {(r.passage.article.id, r.start) for r in shown(trace.rivals)}
    for rival in likely:
        span = rival.span
        words, name = one_line(span.passage.article.text[span.start : span.end]), span.passage.article.id
        is_shown = (name, span.start) in held
        if look.plain:
            yield [Piece(f"{_share(rival.probability)}: {words}, {name}, {'shown' if is_shown else 'not shown'}.")]
            continue
        row = f"  {_share(rival.probability)} {'*' if is_shown else ' '} "
        room = max(8, min(look.width, 100) - len(row))
        name = cut_to(name, room // 3)
        yield [Piece(row), Piece(cut_to(words, room - len(name) - 2)), Piece(f"  {name}", "dim")]


def _one_each(spans: Sequence[Span]) -> list[Span]:
    """The best spans, overlapping ones once."""
    kept: list[Span] = []
    for span in spans:
        if len(kept) == _SPANS or (kept and span.probability < _LEAST):
            break
        if not any(_overlap(span, other) for other in kept):
            kept.append(span)
    return kept


def _overlap(a: Span, b: Span) -> bool:
    return a.passage.article.id == b.passage.article.id and a.start < b.end and b.start < a.end


def _confidence(trace: Trace, look: Look) -> Iterator[Line]:
    """What was weighed, each part in the log-odds that it added, strongest first."""
    group = best_group(trace.reading)
    if not group:
        return
    evidence = evidence_for(group, trace.reading, trace.passages)
    parts = [w * x for w, x in zip(load_weights().calibration, evidence, strict=True)]
    yield from _heading("What the confidence weighed", "for (+) and against (-) the answer", look)
    for name, part in sorted(zip(EVIDENCE, parts, strict=True), key=lambda pair: -abs(pair[1])):
        if abs(part) >= 0.005:
            yield [Piece(f"  {part:+5.1f}  {_MEANINGS.get(name, name)}")]
    outcome = f"{trace.answer.confidence * 100:.0f} %" if trace.answer.answered else "declined"
    least = f"; below {trace.threshold * 100:.0f} % nothing is answered"
    yield from hang([Piece(outcome, "strong"), Piece(least)], _width(look))


def _heading(title: str, note: str, look: Look) -> Iterator[Line]:
    yield []
    yield from hang([Piece(title, "strong"), Piece(f" ({note})", "dim")], _width(look))


def _width(look: Look) -> int:
    return 10_000 if look.plain else look.width  # a screen reader wraps for itself


def _share(probability: float) -> str:
    return f"{probability * 100:3.0f} %"
