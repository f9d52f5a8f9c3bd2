"""The sentences of the passages as candidates: the words in each that may answer, and what speaks for it."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index import Evidence, Passage, tokenize
from qa.language.kinds import Kind
from qa.language.values import find_definition, find_values
from qa.spans import Mark, Marks

_OPENING_MARKS = '("“‘[–-'
_QUANTITIES: tuple[Kind, ...] = ("date", "time", "duration", "number", "money", "percent")
_CLAUSE_WORDS = 4  # a shorter mark is no clause, unless it is sure: the sentence is given
_NAME_WORDS = 12  # a longer mark is no name with its title
# Log-odds of a mark against "none": above, it is kept though it has no value of the kind asked for; below, it is
# not worth standing for its sentence.
_TRUSTED, _DOUBTED = 2.0, -4.0
_NEARBY = 200  # characters at which nearness has fallen to 1/e
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
    mark: Mark | None  # the span reader's; None where the passage was not read
    words: tuple[int, int] | None  # that may answer, in the sentence's own offsets; None for all of it
    fits: float  # how well the sentence has the kind of value asked for: 1, 0.5 for a related one, 0 for none


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
    "read",
    "span",
    "span_gap",
    "mass",
    "mark_fits",
    "defined",
    "yesno_cosine",
    "yesno_mass",
    "followed",
    "near_followed",
)
NONE_FEATURES = (
    "one",
    "best_cosine",
    "best_coverage",
    "best_passage_coverage",
    "best_mass",
    "yesno",
    "definition",
    "clause",
    "yesno_mass",
    "followed",
)


def candidates_of(question: str, kind: Kind, passages: Sequence[Passage], marks: Marks) -> list[Candidate]:
    """Every prose sentence of the passages, with the words in it that may answer."""
    asked = set(tokenize(question))
    found = []
    for number, passage in enumerate(passages):
        previous: Evidence | None = None
        for evidence in passage.evidence:
            sentence = evidence.sentence
            if sentence.kind == "prose":
                text = passage.article.text[sentence.start : sentence.end]
                values, fits = _values(question, kind, asked, text)
                mark = marks.get((number, sentence.start))
                words = _answer_in(question, kind, asked, text, values, mark, sentence.start)
                found.append(Candidate(passage, evidence, previous, mark, words, fits))
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
    top = max((c.mark.score for c in candidates if c.mark), default=0.0)
    rows: list[tuple[float, ...]] = []
    for c in candidates:
        text = c.passage.article.text[c.evidence.sentence.start : c.evidence.sentence.end]
        value = set(tokenize(text[c.words[0] : c.words[1]])) if c.words else set()
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
                float(c.mark is not None),
                _scaled(c.mark.score) if c.mark else 0.0,
                _scaled(c.mark.score - top) if c.mark else 0.0,
                _scaled(c.mark.mass) if c.mark else 0.0,
                c.fits * (c.mark is not None),
                c.fits * (kind == "definition"),
                c.evidence.cosine * (kind == "yesno"),
                _scaled(c.mark.mass) * (kind == "yesno") if c.mark else 0.0,
                float(c.passage.followed is not None),
                _near_followed(c),
            )
        )
    return rows


def none_features(kind: Kind, candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """What speaks for "no passage answers", in NONE_FEATURES' order."""
    mass = max((_scaled(c.mark.mass) for c in candidates if c.mark), default=0.0)
    return (
        1.0,
        max(c.evidence.cosine for c in candidates),
        max(c.evidence.coverage for c in candidates),
        max(c.passage.coverage for c in candidates),
        mass,
        float(kind == "yesno"),
        float(kind == "definition"),
        float(kind == "clause"),
        mass * (kind == "yesno"),
        float(any(c.passage.followed is not None for c in candidates)),
    )


def _near_followed(candidate: Candidate) -> float:
    """How near a sentence stands to the answer that a follow-up leans on: 1 for its own, 0 for far."""
    at, sentence = candidate.passage.followed, candidate.evidence.sentence
    return 0.0 if at is None else math.exp(-max(sentence.start - at, at - sentence.end, 0) / _NEARBY)


def _scaled(logit: float) -> float:
    return max(-2.0, min(2.0, logit / 10))


def _values(question: str, kind: Kind, asked: set[str], text: str) -> tuple[list[tuple[int, int]], float]:
    """The stretches of a sentence that are of the kind asked for and say something new; and how well they fit."""
    if kind == "definition":
        found = find_definition(question, text)
        return ([(found.start, found.end)], 1.0) if found else ([], 0.0)
    for order, value_kind in enumerate(_VALUE_KINDS.get(kind, ())):
        new = [(v.start, v.end) for v in find_values(value_kind, text) if _is_new(text[v.start : v.end], asked)]
        if new:
            vague = value_kind == "date" and not any(re.search(r"\d|[A-Z]", text[a:b]) for a, b in new)
            return new, 0.5 if order or vague else 1.0
    return [], 0.0


def _is_new(words: str, asked: set[str]) -> bool:
    """Whether some words say more than the question did."""
    return not set(tokenize(words)) <= asked


def _answer_in(
    question: str,
    kind: Kind,
    asked: set[str],
    text: str,
    values: Sequence[tuple[int, int]],
    mark: Mark | None,
    sentence_start: int,
) -> tuple[int, int] | None:
    """The words of a sentence that may answer; None for all of it.

    What the span reader marked, unless the question's kind asks for a value that the mark does not have; where the
    passage was not read, the value that stands nearest to the question's words.
    """
    if kind == "yesno":
        return None
    if kind == "definition" and values:
        return values[0]  # the apposition or predicate, whole
    marked = (mark.start - sentence_start, mark.end - sentence_start) if mark else None
    if marked and not _is_new(text[marked[0] : marked[1]], asked):
        marked = None
    if wants_clause(question, kind):
        sure = mark is not None and mark.score > _TRUSTED
        return marked if marked and (sure or len(text[slice(*marked)].split()) >= _CLAUSE_WORDS) else None
    touched = [(a, b) for a, b in values if marked and a < marked[1] and b > marked[0]]
    if marked and mark and (touched or not values or mark.score > _TRUSTED):
        return _whole_name(kind, marked, touched, text) if values or mark.score > _DOUBTED else None
    places = [(at, word) for at, word in _words(text) if asked & set(tokenize(word))]
    # names tell better than other words which part of a sentence is meant
    near = [at for at, word in places if at > 0 and word.lstrip(_OPENING_MARKS)[:1].isupper()]
    return min(values, key=lambda v: _distance(v, near or [at for at, _ in places])) if values else None


def _whole_name(kind: Kind, marked: tuple[int, int], names: Sequence[tuple[int, int]], text: str) -> tuple[int, int]:
    """What was marked; but all of a person's name where a part of it was, and only the name where a sentence was."""
    if kind != "person" or len(names) != 1:
        return marked
    (start, end) = names[0]
    inside = start <= marked[0] and marked[1] <= end
    return names[0] if inside or len(text[slice(*marked)].split()) > _NAME_WORDS else marked


def wants_clause(question: str, kind: Kind) -> bool:
    """Whether a clause answers: what somebody said, why and how."""
    starts = re.match(r"\W*(?:why|how)\b", question, re.IGNORECASE)
    return kind == "clause" and bool(starts or _SAYS.search(question))


def _words(text: str) -> list[tuple[int, str]]:
    at, found = 0, []
    for word in text.split():
        at = text.index(word, at)
        found.append((at, word))
        at += len(word)
    return found


def _distance(value: tuple[int, int], places: Sequence[int]) -> float:
    """How far a value stands from the two nearest words of the question, in characters."""
    gaps = sorted(max(value[0] - at, at - value[1], 0) for at in places)[:2]
    return sum(gaps) / len(gaps) if gaps else float(value[0])
