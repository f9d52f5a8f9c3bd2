"""A question and an index to a cited answer, with what it was made from."""

import time
from dataclasses import dataclass, replace

from index import LocalIndex, Passage, open_index
from qa.answers import Answer, Citation, Differing, answer_from, exact_words, keep_verbatim, with_support
from qa.defaults import CITATIONS, LONGEST_QUESTION, PASSAGES
from qa.reader import Reader, Reading, load_weights, read_passages

__all__ = ["Answer", "Citation", "Differing", "Trace", "ask", "open_index", "trace"]


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer and where it came from: what `/why` shows."""

    answer: Answer
    asked: str  # what was looked for: the question, its spelling mended
    passages: tuple[Passage, ...]  # best first
    reading: Reading
    threshold: float  # below this confidence a question is declined


def ask(
    question: str,
    index: LocalIndex,
    *,
    passages: int = PASSAGES,
    citations: int = CITATIONS,
    min_confidence: float | None = None,
    reader: Reader = read_passages,
) -> Answer:
    """Answer a question from an index, or say that no article does.

    `min_confidence` None is the threshold that the shipped calibration recommends. Every citation of the
    result has been checked against the stored text.
    """
    return trace(
        question, index, passages=passages, citations=citations, min_confidence=min_confidence, reader=reader
    ).answer


def trace(
    question: str,
    index: LocalIndex,
    *,
    passages: int = PASSAGES,
    citations: int = CITATIONS,
    min_confidence: float | None = None,
    reader: Reader = read_passages,
) -> Trace:
    """Answer a question as `ask` does, and keep what the answer was made from."""
    started = time.perf_counter()
    asked = index.mend_spelling(question[:LONGEST_QUESTION])
    found = index.search(asked, passages)
    threshold = load_weights().min_confidence if min_confidence is None else min_confidence
    reading = reader(asked, found)
    if words := exact_words(reading):
        # who else says so may word the rest differently: look once more, with the answer in hand
        seen = {(p.article.id, p.start) for p in found}
        others = [p for p in index.search(f"{asked} {words}", passages) if (p.article.id, p.start) not in seen]
        reading = with_support(reading, asked, others)
    answer = answer_from(question, reading, found, min_confidence=threshold, max_citations=citations)
    answer = keep_verbatim(answer, index)
    elapsed = round(1000 * (time.perf_counter() - started), 1)
    return Trace(replace(answer, index=index.location, elapsed_ms=elapsed), asked, found, reading, threshold)
