"""Spans over passages to one answer: which articles agree on it, how sure it is, and where it stands."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from index import LocalIndex, Passage, QAError, tokenize
from qa.language.days import date_fields
from qa.language.differences import agree, differ, kind_told
from qa.language.kinds import Kind
from qa.reader import Reading, Span, load_weights
from qa.telling import told_by

_NEAR = 0.25  # cosine; what is farther has nothing to do with the question
_SHOWN_NEAREST = 3  # passages shown where nothing answers
# A span supports the best one from this share of its probability on. The same duration or hour beside the same
# subject is hardly ever chance; the same name or small number is.
_AGREE_FROM: Mapping[Kind, float] = {"duration": 0.0, "time": 0.0, "money": 0.0, "percent": 0.0, "date": 0.002}
_AGREE_FROM_ELSE = 0.02
_TODAY = re.compile(r"\b(?:yesterday|today|tomorrow|tonight)\b")
_LEADERS, _LEADING = 5, 0.3  # spans whose groups may be the answer: so many at most, and from this share of the best on
_SAME_WORDS = 0.5  # of two clauses' words, for them to say the same
_SHORT = 60  # characters; a shorter sentence is quoted with the one before it
_LEANS_BACK = re.compile(
    r"[\"“]?(?:It|He|She|They|This|That|These|Those|His|Her|Their|Its|The (?:former|latter))\b|[-–—]\s"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and its place: `text[start:end] == quote` in the article's text, code points."""

    n: int  # 1 is the strongest; those of differing answers are numbered on
    article: str
    title: str
    source: str | None
    date: str | None
    path: str
    start: int
    end: int
    quote: str
    answer_start: int | None  # the answer as this article words it; None for a passage that is only near
    answer_end: int | None
    score: float  # the probability that the reader gives this span


@dataclass(frozen=True, slots=True)
class Differing:
    """Another answer that other articles give to the same question."""

    answer: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got. Not answered: `answer` is None and the citations are the nearest passages."""

    question: str
    answered: bool
    answer: str | None
    confidence: float  # the probability that the answer is right, 0 to 1
    citations: tuple[Citation, ...]
    differing: tuple[Differing, ...]
    rewritten: str | None  # the stand-alone question that a follow-up was understood as
    index: str
    elapsed_ms: float
    agreeing: int = 0  # articles that give this answer, cited or not


def answer_from(
    question: str,
    reading: Reading,
    passages: Sequence[Passage],
    *,
    min_confidence: float,
    max_citations: int,
    rivals: Sequence[Span] = (),
) -> Answer:
    """Choose the best-supported group of spans, or decline where its confidence is below the threshold.

    `rivals` are spans of other articles that say otherwise, the likeliest first.
    """
    group = best_group(reading)
    confidence = calibrate(evidence_for(group, reading, passages)) if group else 0.0
    answered = bool(group) and confidence >= min_confidence
    differing: tuple[Differing, ...] = ()
    if answered:
        first = group[0]
        citations = _cite(group, max_citations)
        differing = _differing(kind_compared(reading), rivals, max_citations, len(citations))
        words = first.passage.article.text[first.start : first.end]
    else:
        citations, words = _nearest(passages), None
    agreeing = len({s.passage.article.id for s in group}) if answered else 0
    return Answer(question, answered, words, round(confidence, 4), citations, differing, None, "", 0.0, agreeing)


EVIDENCE = ("one", "log_odds", "margin", "marked", "articles", "cosine", "yesno")


def evidence_for(group: Sequence[Span], reading: Reading, passages: Sequence[Passage]) -> tuple[float, ...]:
    """What tells whether a group of agreeing spans is right, in EVIDENCE's order."""
    p = min(max(sum(s.probability for s in group), 1e-6), 1 - 1e-6)
    other = max((s.probability for s in reading.spans if s not in group), default=0.0)
    return (
        1.0,
        math.log(p / (1 - p)),
        math.log(p / max(other, 1e-4)) / 5,
        max(-2.0, min(2.0, max(s.marked for s in group) / 10)),
        math.log(len({s.passage.article.id for s in group})),
        max(p.cosine for p in passages),
        float(reading.kind == "yesno"),
    )


def calibrate(evidence: Sequence[float]) -> float:
    """The probability that an answer is right, by logistic regression (Platt 1999), fitted by eval/fit.py."""
    odds = sum(w * x for w, x in zip(load_weights().calibration, evidence, strict=True))
    return float(1 / (1 + math.exp(-odds)))


def exact_words(reading: Reading) -> str | None:
    """The best span's words where they are of a kind that is hardly ever the same by chance; else None."""
    if not reading.spans or _AGREE_FROM.get(kind_compared(reading)) != 0.0:
        return None
    best = reading.spans[0]
    whole = (best.start, best.end) == best.sentence
    return None if whole else best.passage.article.text[best.start : best.end]


def kind_compared(reading: Reading) -> Kind:
    """The kind by which the best span and others are compared: the one asked for, or that of the value it is."""
    return _kind_of(reading.spans[0], reading)


def _kind_of(span: Span, reading: Reading) -> Kind:
    return kind_told(reading.kind, span.passage.article.text[span.start : span.end])


def best_group(reading: Reading) -> list[Span]:
    """The spans that say what the best one says, best first; empty where there are none."""
    return _group_of(reading.spans[0], reading) if reading.spans else []


def _group_of(first: Span, reading: Reading) -> list[Span]:
    kind = _kind_of(first, reading)
    floor = max(s.probability for s in reading.spans) * _AGREE_FROM.get(kind, _AGREE_FROM_ELSE)
    return [s for s in reading.spans if s is first or s.agreed or (s.probability >= floor and agree_on(kind, first, s))]


def best_supported(reading: Reading) -> Reading:
    """A reading whose first span is the best of the group that is likeliest as a whole.

    What several articles say is as likely as its spans together, each article's best one counted.
    """
    leaders = [s for s in reading.spans[:_LEADERS] if s.probability >= _LEADING * reading.spans[0].probability]
    if len(leaders) < 2:
        return reading

    def support(first: Span) -> float:
        likeliest: dict[str, float] = {}
        for span in _group_of(first, reading):
            likeliest.setdefault(span.passage.article.id, span.probability)
        return sum(likeliest.values())

    first = max(_group_of(max(leaders, key=support), reading), key=lambda s: s.probability)
    return replace(reading, spans=(first, *(s for s in reading.spans if s is not first)))


def agree_on(kind: Kind, a: Span, b: Span) -> bool:
    """Whether two spans say the same, however they word it."""
    one, other = (s.passage.article.text[s.start : s.end] for s in (a, b))
    whole = (a.start, a.end) == a.sentence, (b.start, b.end) == b.sentence
    if kind not in ("clause", "yesno", "definition") and not any(whole):
        # "January" does not say what "January 9-10" says
        return agree(kind, told_by(a), told_by(b)) and (kind != "date" or _tells_day(one) == _tells_day(other))
    if kind == "yesno" and differ(kind, told_by(a), told_by(b)):
        return False
    mine, theirs = set(tokenize(one)), set(tokenize(other))
    # sentences agree where half of the shorter one's words are common; a few words only where all are
    share = _SAME_WORDS if all(whole) else 1.0
    return whole[0] == whole[1] and len(mine & theirs) >= share * max(1, min(len(mine), len(theirs)))


def _tells_day(date: str) -> bool:
    """Whether a date says more than a year, a month or a season: a day, or an hour."""
    fields = date_fields(date)
    year_alone = fields.keys() <= {"year"}
    return not fields or year_alone or bool(fields.keys() & {"day", "weekday"}) or bool(_TODAY.search(date))


def _cite(group: Sequence[Span], most: int, after: int = 0) -> tuple[Citation, ...]:
    """The group's citations, one an article, strongest first; numbered from `after` on."""
    chosen: dict[str, Span] = {}
    for span in group:
        chosen.setdefault(span.passage.article.id, span)
    return tuple(_citation(n, span) for n, span in enumerate(list(chosen.values())[:most], after + 1))


def _differing(kind: Kind, rivals: Sequence[Span], most: int, cited: int) -> tuple[Differing, ...]:
    """What the rivals say, those that say the same together; their citations are numbered on from the answer's."""
    groups: list[list[Span]] = []
    for span in rivals:
        alike = next((g for g in groups if agree_on(kind, g[0], span)), None)
        if alike is None:
            groups.append([span])
        else:
            alike.append(span)
    found = []
    for group in groups:
        citations = _cite(group, most, cited)
        cited += len(citations)
        found.append(Differing(group[0].passage.article.text[group[0].start : group[0].end], citations))
    return tuple(found)


def _citation(n: int, span: Span) -> Citation:
    article = span.passage.article
    start, end = _quote(span)
    return Citation(
        n, article.id, article.title, article.source, article.date, article.path, start, end,
        article.text[start:end], span.start, span.end, round(span.probability, 4),
    )  # fmt: skip


def _quote(span: Span) -> tuple[int, int]:
    """The span's sentence, with the one before it where it cannot be judged alone."""
    text = span.passage.article.text
    start, end = span.sentence
    sentences = [e.sentence for e in span.passage.evidence]
    here = next(i for i, s in enumerate(sentences) if s.start == start)
    if here and (end - start < _SHORT or _LEANS_BACK.match(text, start)):
        before = sentences[here - 1]
        if before.kind == "prose" and before.paragraph == sentences[here].paragraph:
            start = before.start
    return start, end


def _nearest(passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """The best sentences of the best passages, one an article, for the reader to judge."""
    chosen: dict[str, Citation] = {}
    for passage in passages:
        article = passage.article
        prose = [e for e in passage.evidence if e.sentence.kind == "prose"]
        nearest = max(prose, key=lambda e: e.cosine)
        if article.id in chosen or len(chosen) == _SHOWN_NEAREST or nearest.cosine < _NEAR:
            continue
        best = nearest.sentence
        chosen[article.id] = Citation(
            len(chosen) + 1, article.id, article.title, article.source, article.date, article.path,
            best.start, best.end, article.text[best.start : best.end], None, None, round(passage.score, 4),
        )  # fmt: skip
    return tuple(chosen.values())


def keep_verbatim(answer: Answer, index: LocalIndex) -> Answer:
    """The answer with only those citations that stand in the stored text, letter for letter, renumbered.

    If none is left, or the answer is not its first citation's words, it is withheld.
    """
    kept = tuple(c for c in answer.citations if _is_verbatim(c, index, answered=answer.answered))
    kept = tuple(replace(c, n=n) for n, c in enumerate(kept, 1))
    number = count(len(kept) + 1)
    differing = tuple(
        replace(d, citations=good)
        for d in answer.differing
        if (good := tuple(replace(c, n=next(number)) for c in d.citations if _is_verbatim(c, index, answered=True)))
    )
    if not answer.answered:
        return replace(answer, citations=kept)
    if not kept:
        return declined(answer)
    first = kept[0]
    words = first.quote[(first.answer_start or 0) - first.start : (first.answer_end or 0) - first.start]
    return replace(answer, answer=words, citations=kept, differing=differing)


def declined(answer: Answer) -> Answer:
    """An answer taken back."""
    return replace(answer, answered=False, answer=None, confidence=0.0, citations=(), differing=(), agreeing=0)


def _is_verbatim(citation: Citation, index: LocalIndex, *, answered: bool) -> bool:
    try:
        text = index.find_article(citation.article).text
    except QAError:
        return False
    if text[citation.start : citation.end] != citation.quote or not citation.quote:
        return False
    if not answered:
        return True
    a, b = citation.answer_start, citation.answer_end
    return a is not None and b is not None and citation.start <= a < b <= citation.end
