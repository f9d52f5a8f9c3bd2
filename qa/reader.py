"""Question and passages to scored spans, and to how likely it is that none of them answers.

This reader weighs whole sentences by the evidence that retrieval gathered, by a small network, and marks in each
the words that the question's kind asks for. `eval/fit.py` fits its weights.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import Passage
from qa.candidates import FEATURES, NONE_FEATURES, Candidate, candidates_of, features_of, none_features
from qa.language.kinds import Kind, kind_of

WEIGHTS = Path(__file__).parent / "weights" / "sentences.json"
KEPT = 80  # spans handed on, best first
# What a sentence loses, in log-odds, that has no date, number or name where one is asked for. The crowd questions
# that the network was fitted on often take less; people who ask "how many" want the number. Chosen on the dev split.
_NO_QUANTITY, _NO_NAME = 2.0, 0.5
_Array = npt.NDArray[np.float64]


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
class Weights:
    """What `eval/fit.py` found. f features, h hidden units, g features of "none"."""

    linear: _Array  # [f]
    hidden: _Array  # [h, f]
    bias: _Array  # [h]
    out: _Array  # [h]
    none: _Array  # [g]
    calibration: tuple[float, float]  # slope and offset on the log-odds
    min_confidence: float  # below it a question is declined, unless the user says otherwise


@cache
def load_weights() -> Weights:
    """The shipped weights. Raises ValueError where they are for other features than the code's."""
    fields = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    if (tuple(fields["features"]), tuple(fields["none_features"])) != (FEATURES, NONE_FEATURES):
        raise ValueError(f"{WEIGHTS} was fitted for other features: run eval/fit.py")
    arrays = {name: np.array(fields[name]) for name in ("linear", "hidden", "bias", "out", "none")}
    slope, offset = fields["calibration"]
    return Weights(**arrays, calibration=(slope, offset), min_confidence=fields["min_confidence"])


def read_sentences(question: str, passages: Sequence[Passage]) -> Reading:
    """Read passages by the shipped weights: the reader that needs no model of its own."""
    kind = kind_of(question)
    candidates = candidates_of(question, kind, passages)
    if not candidates:
        return Reading(kind, (), 1.0)
    weights = load_weights()
    x = np.array(features_of(question, kind, candidates))
    scores = x @ weights.linear + np.tanh(x @ weights.hidden.T + weights.bias) @ weights.out
    scores -= x[:, FEATURES.index("no_quantity")] * _NO_QUANTITY + x[:, FEATURES.index("no_name")] * _NO_NAME
    none = np.array(none_features(candidates)) @ weights.none
    odds = np.exp(np.append(scores, none) - max(scores.max(), none))
    probabilities = odds / odds.sum()
    best = np.argsort(-probabilities[:-1], kind="stable")[:KEPT]
    spans = tuple(_span(candidates[i], float(probabilities[i])) for i in best)
    return Reading(kind, spans, float(probabilities[-1]))


def _span(candidate: Candidate, probability: float) -> Span:
    sentence = candidate.evidence.sentence
    start, end = sentence.start, sentence.end
    if candidate.value is not None:
        start, end = sentence.start + candidate.value.start, sentence.start + candidate.value.end
    return Span(candidate.passage, (sentence.start, sentence.end), start, end, probability)
