"""Question and passages to scored spans, and to how likely it is that none of them answers.

This reader weighs whole sentences by the evidence that retrieval gathered, by a log-linear model, and then
marks in each the words that the question's kind asks for. `eval/fit.py` fits its weights.
"""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index import Evidence, Passage, tokenize
from qa.language.kinds import Kind, kind_of
from qa.language.values import Value, find_definition, find_values

WEIGHTS = Path(__file__).parent / "weights" / "sentences.json"
KEPT = 24  # spans handed on, best first
_QUANTITIES: tuple[Kind, ...] = ("date", "time", "duration", "number", "money", "percent")
_SAYS = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|old)|stress\w*|emphasi\w+|not(?:e|ed|ing)|stat(?:e|ed|ing)|add(?:ed|s)|warn\w*|"
    r"claim\w*|explain\w*|describ\w+|call(?:ed|s)|announc\w+|confirm\w*|insist\w*|underscor\w+|accord\w+|"
    r"promis\w+|assur\w+|respon\w+|repl(?:y|ied)|think\w*|thought|comment\w*|indicat\w+|pointed out)\b",
    re.IGNORECASE,
)
_VALUE_KINDS: Mapping[Kind, tuple[Kind, ...]] = {
    "date": ("date", "time"),
    "time": ("time", "date"),
    "duration": ("duration",),
    "number": ("number", "money", "percent"),
    "money": ("money", "number"),
    "percent": ("percent", "number"),
    "place": ("place",),
    "person": ("person",),
    "organisation": ("organisation",),
    "definition": ("definition",),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Words that may answer: `passage.article.text[start:end]`, code points, inside one sentence."""

    passage: Passage
    sentence: tuple[int, int]
    start: int
    end: int
    probability: float  # that this is the answer; with the others' and `Reading.none` it sums to at most 1


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a question and its passages."""

    kind: Kind
    spans: tuple[Span, ...]  # best first
    none: float  # the probability that no passage answers


# The seam: any reader is such a function.
Reader = Callable[[str, Sequence[Passage]], Reading]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, before it is scored."""

    passage: Passage
    evidence: Evidence
    previous: Evidence | None
    value: Value | None  # in the sentence's own offsets
    fits: float  # how well the value's kind is the one asked for: 1, 0.5 for a related one, 0 for none


FEATURES = (
    "cosine",
    "coverage",
    "passage_cosine",
    "passage_coverage",
    "passage_score",
    "previous_cosine",
    "previous_coverage",
    "new_words",
    "quantity",
    "rare_quantity",
    "name",
    "rare_name",
    "no_quantity",
    "no_name",
    "unit",
    "says",
)
NONE_FEATURES = ("one", "best_cosine", "best_coverage", "best_passage_coverage")


def read_sentences(question: str, passages: Sequence[Passage]) -> Reading:
    """Read passages by the shipped weights: the reader that needs no model of its own."""
    kind = kind_of(question)
    weights = load_weights()
    candidates = candidates_of(question, kind, passages)
    if not candidates:
        return Reading(kind, (), 1.0)
    features = features_of(question, kind, candidates)
    scores = [_dot(weights["sentence"], FEATURES, x) for x in features]
    none = _dot(weights["none"], NONE_FEATURES, none_features(candidates))
    top = max(*scores, none)
    odds = [math.exp(s - top) for s in scores]
    total = sum(odds) + math.exp(none - top)
    ranked = sorted(zip(odds, candidates, strict=True), key=lambda pair: -pair[0])[:KEPT]
    spans = tuple(_span(c, odd / total) for odd, c in ranked)
    return Reading(kind, spans, math.exp(none - top) / total)


@cache
def load_weights() -> dict[str, Any]:
    """The shipped weights: a number for each of FEATURES and NONE_FEATURES, and the calibration."""
    weights: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights


def candidates_of(question: str, kind: Kind, passages: Sequence[Passage]) -> list[Candidate]:
    """Every prose sentence of the passages, with the words in it that the question's kind asks for."""
    asked = set(tokenize(question))
    found = []
    for passage in passages:
        previous: Evidence | None = None
        for evidence in passage.evidence:
            sentence = evidence.sentence
            if sentence.kind == "prose":
                text = passage.article.text[sentence.start : sentence.end]
                value, fits = _best_value(question, kind, asked, text)
                found.append(Candidate(passage, evidence, previous, value, fits))
            previous = evidence
    return found


def features_of(question: str, kind: Kind, candidates: Sequence[Candidate]) -> list[tuple[float, ...]]:
    """What speaks for each candidate as numbers, in FEATURES' order."""
    asked = set(tokenize(question))
    wants_value = kind in _VALUE_KINDS
    quantity = kind in _QUANTITIES
    # a kind that few of the candidates have tells more: durations are rare, names are not
    rare = -math.log((sum(c.fits == 1 for c in candidates) + 1) / (len(candidates) + 1))
    best = max(c.passage.score for c in candidates)
    asks_said = bool(_SAYS.search(question))
    rows: list[tuple[float, ...]] = []
    for c in candidates:
        text = c.passage.article.text[c.evidence.sentence.start : c.evidence.sentence.end]
        value = set(tokenize(text[c.value.start : c.value.end])) if c.value else set()
        rows.append(
            (
                c.evidence.cosine,
                c.evidence.coverage,
                c.passage.cosine,
                c.passage.coverage,
                c.passage.score / best,
                c.previous.cosine if c.previous else 0.0,
                c.previous.coverage if c.previous else 0.0,
                min(1.0, len(set(tokenize(text)) - asked) / 10),
                c.fits * quantity,
                c.fits * quantity * rare,
                c.fits * (not quantity) * wants_value,
                c.fits * (not quantity) * wants_value * rare,
                float(quantity and not c.fits),
                float(wants_value and not quantity and not c.fits),
                float(quantity and bool(value & asked)),
                float(asks_said and bool(_SAYS.search(text))),
            )
        )
    return rows


def none_features(candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """What speaks for "no passage answers", in NONE_FEATURES' order."""
    return (
        1.0,
        max(c.evidence.cosine for c in candidates),
        max(c.evidence.coverage for c in candidates),
        max(c.passage.coverage for c in candidates),
    )


def _best_value(question: str, kind: Kind, asked: set[str], text: str) -> tuple[Value | None, float]:
    """The words of a sentence that the question's kind asks for, and how well they fit.

    They say something new, and are the nearest to what was asked.
    """
    if kind == "definition":
        found = find_definition(question, text)
        return found, float(found is not None)
    places = [at for at, word in _words(text) if asked & set(tokenize(word))]
    for order, value_kind in enumerate(_VALUE_KINDS.get(kind, ())):
        new = [v for v in find_values(value_kind, text) if not set(tokenize(text[v.start : v.end])) <= asked]
        if new:
            return min(new, key=lambda v: _distance(v, places)), 0.5 if order else 1.0
    return None, 0.0


def _words(text: str) -> list[tuple[int, str]]:
    at, found = 0, []
    for word in text.split():
        at = text.index(word, at)
        found.append((at, word))
        at += len(word)
    return found


def _distance(value: Value, places: Sequence[int]) -> float:
    """How far a value stands from the two nearest words of the question, in characters."""
    gaps = sorted(max(value.start - at, at - value.end, 0) for at in places)[:2]
    return sum(gaps) / len(gaps) if gaps else float(value.start)


def _span(candidate: Candidate, probability: float) -> Span:
    sentence = candidate.evidence.sentence
    start, end = sentence.start, sentence.end
    if candidate.value is not None:
        start, end = sentence.start + candidate.value.start, sentence.start + candidate.value.end
    return Span(candidate.passage, (sentence.start, sentence.end), start, end, probability)


def _dot(weights: Mapping[str, float], names: Sequence[str], features: Sequence[float]) -> float:
    return sum(weights[name] * x for name, x in zip(names, features, strict=True))
