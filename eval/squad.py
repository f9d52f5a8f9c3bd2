"""Files in SQuAD's format: paragraphs, and questions with their answers' places."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path


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
