"""Files in SQuAD's format: paragraphs, and questions with their answers' places."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HELD_OUT = 0.1  # the last tenth of a set's paragraphs: the span reader is not trained on them


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article of the set."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question on one paragraph. `answers` are (start, text), code points; none where it is unanswerable."""

    id: str
    text: str
    paragraph: int  # number in the set
    answers: tuple[tuple[int, str], ...]


def held_out_from(paragraphs: Sequence[Paragraph]) -> int:
    """The number of the first held-out paragraph."""
    return int((1 - HELD_OUT) * len(paragraphs))


def read_squad(path: Path) -> tuple[list[Paragraph], list[Question]]:
    """All paragraphs and questions of a SQuAD v1.1 or v2.0 file, plain or gzipped."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    for article in json.loads(data)["data"]:
        for paragraph in article["paragraphs"]:
            for q in paragraph["qas"]:
                answers = tuple((a["answer_start"], a["text"]) for a in q.get("answers", ()))
                questions.append(Question(str(q["id"]), q["question"], len(paragraphs), answers))
            paragraphs.append(Paragraph(article["title"], paragraph["context"]))
    return paragraphs, questions
