"""Question and passages to scored spans, and to how likely it is that none of them answers.

Each sentence of the passages is weighed by a small network over what retrieval found and what the trained span
reader marked in it; the words that answer are those it marked, or those that the question's kind asks for.
`eval/fit.py` fits the network.
"""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import Passage
from qa.candidates import FEATURES, NONE_FEATURES, Candidate, candidates_of, features_of, none_features
from qa.language.asked import what_is_asked
from qa.language.kinds import Kind, kind_of
from qa.spans import Mark, Marks, SpanReader

WEIGHTS = Path(__file__).parent / "weights" / "sentences.json"
KEPT = 80  # spans handed on, best first
# Passages that the span reader sees, best first: so many at once, and more while it has found nothing that is likelier
# than "none" by so much (log-odds); the others are judged by what retrieval found alone.
READ, FOUND = 4, -3.0
_Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Span:
    """Words that may answer: `passage.article.text[start:end]`, code points, inside one sentence."""

    passage: Passage
    sentence: tuple[int, int]
    start: int
    end: int
    probability: float  # that this is the answer; with the others' and `Reading.none` it sums to at most 1
    marked: float = 0.0  # what the span reader gives its sentence, in log-odds against "none"; 0 where it did not read
    agreed: bool = False  # found by looking for what the best span says, and says the same


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a question and its passages."""

    kind: Kind
    spans: tuple[Span, ...]  # best first
    none: float  # the probability that no passage answers


# The seam: any reader is such a function.
Reader = Callable[[str, Sequence[Passage]], Reading]


@dataclass(frozen=True, slots=True)
class Weights:
    """What `eval/fit.py` found. f features, h hidden units, g features of "none"."""

    linear: _Array  # [f]
    hidden: _Array  # [h, f]
    bias: _Array  # [h]
    out: _Array  # [h]
    none: _Array  # [g]
    calibration: _Array  # [c], of the log-odds that the answer is right; see `qa.answers.evidence_for`
    min_confidence: float  # below it a question is declined, unless the user says otherwise


@cache
def load_weights() -> Weights:
    """The shipped weights. Raises ValueError where they are for other features than the code's."""
    fields = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    if (tuple(fields["features"]), tuple(fields["none_features"])) != (FEATURES, NONE_FEATURES):
        raise ValueError(f"{WEIGHTS} was fitted for other features: run eval/fit.py")
    arrays = {name: np.array(fields[name]) for name in ("linear", "hidden", "bias", "out", "none", "calibration")}
    return Weights(**arrays, min_confidence=fields["min_confidence"])


def open_reader(name: str | None = None) -> Reader:
    """The reader over a span reader's marks: the shipped one's, or those of another question-answering model.

    It is loaded on a thread of its own, while the index and the encoder are. A `name` is a folder or a hub name;
    on the first question QAError where it cannot be used.
    """
    return partial(_read, _load(name))


@cache
def _load(name: str | None) -> Future[SpanReader]:
    worker = ThreadPoolExecutor(1)
    loading = worker.submit(SpanReader, name)
    worker.shutdown(wait=False)
    return loading


def read_passages(question: str, passages: Sequence[Passage]) -> Reading:
    """Read passages with the shipped weights."""
    return open_reader()(question, passages)


def _read(loading: Future[SpanReader], question: str, passages: Sequence[Passage]) -> Reading:
    if not passages:
        return weigh(question, passages, {})
    return weigh(question, passages, read_until_found(partial(loading.result().mark, question), passages))


def read_until_found(mark: Callable[[Sequence[Passage]], Marks], passages: Sequence[Passage]) -> Marks:
    """The marks of passages read in their order, until an answer is found or enough are read.

    What a follow-up leans on is read with the first of them, and the articles that hold it before others.
    """
    marks: dict[tuple[int, int], Mark] = {}
    leant_on = [n for n, p in enumerate(passages) if p.followed is not None]
    others = sorted((n for n, p in enumerate(passages) if p.followed is None), key=lambda n: not passages[n].beside)
    for first in range(0, max(len(others), 1), READ):
        numbers = [*(leant_on if first == 0 else ()), *others[first : first + READ]]
        for (number, start), found in mark([passages[n] for n in numbers]).items():
            marks[numbers[number], start] = found
        if any(m.mass > FOUND for m in marks.values()):
            break
    return marks


def weigh(question: str, passages: Sequence[Passage], marks: Marks, weights: Weights | None = None) -> Reading:
    """The sentences of the passages as scored spans, from what retrieval found and the span reader marked."""
    kind, asked = kind_of(question), what_is_asked(question)
    candidates = candidates_of(asked, kind, passages, marks)
    if not candidates:
        return Reading(kind, (), 1.0)
    weights = weights or load_weights()
    x = np.array(features_of(asked, kind, candidates))
    scores = x @ weights.linear + np.tanh(x @ weights.hidden.T + weights.bias) @ weights.out
    none = np.array(none_features(kind, candidates)) @ weights.none
    odds = np.exp(np.append(scores, none) - max(scores.max(), none))
    probabilities = odds / odds.sum()
    best = np.argsort(-probabilities[:-1], kind="stable")[:KEPT]
    spans = tuple(_span(candidates[i], float(probabilities[i])) for i in best)
    return Reading(kind, spans, float(probabilities[-1]))


def _span(candidate: Candidate, probability: float) -> Span:
    sentence = candidate.evidence.sentence
    start, end = sentence.start, sentence.end
    if candidate.words is not None:
        start, end = sentence.start + candidate.words[0], sentence.start + candidate.words[1]
    marked = candidate.mark.mass if candidate.mark else 0.0
    return Span(candidate.passage, (sentence.start, sentence.end), start, end, probability, marked)
