"""The sentences of the passages as candidates: the words in each that may answer, and what speaks for it."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index import Evidence, Passage, tokenize
from qa.language.kinds import Kind
from qa.language.values import Value, find_definition, find_values

_OPENING_MARKS = '("“‘[–-'
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
    places = [(at, word) for at, word in _words(text) if asked & set(tokenize(word))]
    # names tell better than other words which part of a sentence is meant
    near = [at for at, word in places if at > 0 and word.lstrip(_OPENING_MARKS)[:1].isupper()] or [
        at for at, _ in places
    ]
    for order, value_kind in enumerate(_VALUE_KINDS.get(kind, ())):
        new = [v for v in find_values(value_kind, text) if not set(tokenize(text[v.start : v.end])) <= asked]
        if new:
            best = min(new, key=lambda v: _distance(v, near))
            vague = value_kind == "date" and not re.search(r"\d|[A-Z]", text[best.start : best.end])
            return best, 0.5 if order or vague else 1.0
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
