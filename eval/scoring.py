"""How each hand-written question went: the answer beside what was expected, as one flat row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.metrics import best_f1, exact, is_right, normalise
from eval.questions import HandWritten, Version
from qa import Answer, Citation
from qa.reader import load_weights

Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as it came, and whether it is any good."""

    article: str
    quote: str
    answer: str  # the answer as this article words it
    verbatim: bool  # the quote stands in the article's text at its offsets
    holds: bool  # the quote holds an accepted answer


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, what came, and its scores. A declined question scores 0 in EM, F1 and right."""

    id: str
    kind: str
    split: str
    question: str
    expected: tuple[str, ...]  # accepted answers; none where nothing answers
    answered: bool
    answer: str  # the best guess where it is declined
    confidence: float
    milliseconds: float
    em: bool
    f1: float
    right: bool
    guess_right: bool  # whether the best guess is right, given or not: what the confidence speaks of
    citations: tuple[Cited, ...]
    supporting: int  # articles that give the answer that was given
    supporting_cited: int
    differs: bool  # the articles differ
    shown_differing: tuple[str, ...]
    difference_found: bool  # one of those is the other version

    @property
    def answerable(self) -> bool:
        """Whether an article answers."""
        return bool(self.expected)

    @property
    def good(self) -> bool:
        """Whether it went well: right, or declined where nothing answers."""
        return self.right if self.answerable else not self.answered


def score(question: HandWritten, guess: Answer, threshold: float, texts: Mapping[str, str]) -> Scored:
    """Score what comes to a question when nothing is declined; below the threshold it counts as declined."""
    accepted, words = question.answers, guess.answer or ""
    answered = guess.answered and guess.confidence >= threshold
    version = closest(words, (question.gold, *question.differing))
    citations = tuple(_cited(c, accepted, texts) for c in guess.citations) if answered else ()
    shown = tuple(d.answer for d in guess.differing) if answered else ()
    others = [v for v in (question.gold, *question.differing) if v is not version]
    return Scored(
        id=question.id,
        kind=question.kind,
        split=question.split,
        question=question.question,
        expected=accepted,
        answered=answered,
        answer=words,
        confidence=guess.confidence,
        milliseconds=guess.elapsed_ms,
        em=answered and exact(words, accepted),
        f1=best_f1(words, accepted) if answered else 0.0,
        right=answered and is_right(words, accepted),
        guess_right=is_right(words, accepted),
        citations=citations,
        supporting=len(set(version.articles)) if answered else 0,
        supporting_cited=len(set(version.articles) & {c.article for c in citations}),
        differs=bool(question.differing),
        shown_differing=shown,
        difference_found=any(is_right(answer, v.answers) for answer in shown for v in others),
    )


def closest(words: str, versions: Sequence[Version]) -> Version:
    """The version whose wordings are nearest to some words."""
    return max(versions, key=lambda v: best_f1(words, v.answers))


def _cited(citation: Citation, accepted: Sequence[str], texts: Mapping[str, str]) -> Cited:
    text = texts.get(citation.article, "")
    start, end = citation.answer_start or 0, citation.answer_end or 0
    quote = f" {normalise(citation.quote)} "
    return Cited(
        citation.article,
        citation.quote,
        text[start:end],
        text[citation.start : citation.end] == citation.quote != "",
        any(f" {normalise(a)} " in quote for a in accepted if normalise(a)),
    )


def score_all(questions: Sequence[HandWritten], guess: Ask, texts: Mapping[str, str]) -> list[Scored]:
    """Ask and score every question. `guess` answers without declining; the default threshold declines."""
    threshold = load_weights().min_confidence
    return [score(question, guess(question.question), threshold, texts) for question in questions]
