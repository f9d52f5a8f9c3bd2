"""A question and an index to a cited answer, with what it was made from."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import LocalIndex, Passage, open_index
from qa.answers import Answer, Citation, Differing, answer_from, best_supported, keep_verbatim
from qa.defaults import CITATIONS, LONGEST_QUESTION, PASSAGES
from qa.differing import Rival, shown
from qa.reader import Reader, Reading, load_weights, read_passages
from qa.second_look import look_again

__all__ = ["Answer", "Citation", "Differing", "Trace", "ask", "open_index", "trace"]


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer and where it came from: what `/why` shows."""

    answer: Answer
    asked: str  # what was looked for: the question, its spelling mended
    passages: tuple[Passage, ...]  # best first
    reading: Reading
    threshold: float  # below this confidence a question is declined
    rivals: tuple[Rival, ...] = ()  # what other articles may say instead, shown or not, the likeliest first


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
    followed: Sequence[tuple[str, int]] = (),
) -> Trace:
    """Answer a question as `ask` does, and keep what the answer was made from.

    The passages of the places that it follows, article id and offset, are read in any case: follow-ups are mostly
    answered there.
    """
    started = time.perf_counter()
    asked = index.mend_spelling(question[:LONGEST_QUESTION])
    found = index.search(asked, passages, followed)
    threshold = load_weights().min_confidence if min_confidence is None else min_confidence
    reading = best_supported(reader(asked, found))
    again = look_again(asked, reading, found, index, passages=passages, threshold=threshold, reader=reader)
    reading, others = again.reading, shown(again.rivals)
    answer = answer_from(question, reading, found, min_confidence=threshold, max_citations=citations, rivals=others)
    answer = keep_verbatim(answer, index)
    elapsed = round(1000 * (time.perf_counter() - started), 1)
    answer = replace(answer, index=index.location, elapsed_ms=elapsed)
    return Trace(answer, asked, found, reading, threshold, again.rivals)
