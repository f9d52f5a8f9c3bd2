"""The hand-written question set, and when an answer to one of its questions is right."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from qa import Answer

QUESTIONS = Path(__file__).parent / "questions.jsonl"


@dataclass(frozen=True, slots=True)
class SupportingQuote:
    """A sentence of an article that answers."""

    article: str
    quote: str


@dataclass(frozen=True, slots=True)
class HandWritten:
    """A question written from reading the articles. No accepted answers: nothing answers it."""

    id: str
    kind: str
    question: str
    answers: tuple[str, ...]  # accepted wordings, each word for word in one of the articles
    articles: tuple[str, ...]  # all that support an answer
    quotes: tuple[SupportingQuote, ...]
    split: str  # "dev" to tune on, "test" to report on


def load_questions(path: Path = QUESTIONS) -> list[HandWritten]:
    """All questions of a JSON-lines file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        HandWritten(
            row["id"],
            row["kind"],
            row["question"],
            tuple(row["answers"]),
            tuple(row["articles"]),
            tuple(SupportingQuote(q["article"], q["quote"]) for q in row["quotes"]),
            row["split"],
        )
        for row in rows
    ]


def plain(text: str) -> str:
    """A text's words in lower case, for comparing wordings."""
    return " ".join(re.findall(r"\w+", text.lower().replace("’", "'")))


def first_citation_holds(question: HandWritten, answer: Answer) -> bool:
    """Whether the strongest citation's quote holds an accepted answer."""
    if not answer.answered:
        return False
    quote = f" {plain(answer.citations[0].quote)} "
    return any(f" {plain(a)} " in quote for a in question.answers)


def declined_well(answer: Answer) -> bool:
    """Whether a question that nothing answers was declined."""
    return not answer.answered
