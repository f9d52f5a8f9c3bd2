"""News articles and questions on them, written for this project: what the reader is fitted on beside crowd questions.

`eval/news/train/*.json` may train the span reader; `eval/news/fit/*.json` is for what chooses among its spans and says
how far to trust them. A file has `articles` with id, event, title, source, date and text, and `questions` with kind,
question and `answers`: each an article that answers with its sentence and words, letter for letter. No answers:
nothing answers it. Some have `conversations` too: lists of turns with question, standalone (what it means, written out)
and answers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import Article

FOLDER = Path(__file__).parent / "news"
TRAIN, FIT = FOLDER / "train", FOLDER / "fit"


@dataclass(frozen=True, slots=True)
class NewsAnswer:
    """Words of an article that answer: `article text[start:end]`, code points."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """A question on the articles of one file."""

    kind: str
    question: str
    answers: tuple[NewsAnswer, ...]
    followed: tuple[NewsAnswer, ...] = ()  # the answer that a follow-up follows


@dataclass(frozen=True, slots=True)
class NewsTurn:
    """A line of a conversation on the articles of one file, and what it means."""

    question: str
    standalone: str
    answers: tuple[NewsAnswer, ...]


@dataclass(frozen=True, slots=True)
class NewsFile:
    """Some events, each told by several articles, and questions and conversations on them."""

    name: str
    articles: tuple[Article, ...]
    questions: tuple[NewsQuestion, ...]
    conversations: tuple[tuple[NewsTurn, ...], ...] = ()


def read_news(folder: Path) -> list[NewsFile]:
    """All files of the folder, in the order of their names.

    Raises ValueError where a quote is not in its article or an answer not in its quote.
    """
    return [_read_file(path) for path in sorted(folder.glob("*.json"))]


def _read_file(path: Path) -> NewsFile:
    data = json.loads(path.read_text(encoding="utf-8"))
    articles = {
        a["id"]: Article(f"{path.stem}-{a['id']}", a["title"], a["source"], a["date"], None, path.name, a["text"])
        for a in data["articles"]
    }
    questions = [NewsQuestion(q["kind"], q["question"], _answers(articles, q)) for q in data["questions"]]
    conversations = [
        tuple(NewsTurn(t["question"], t["standalone"], _answers(articles, t)) for t in turns)
        for turns in data.get("conversations", ())
    ]
    return NewsFile(path.stem, tuple(articles.values()), tuple(questions), tuple(conversations))


def _answers(articles: Mapping[str, Article], asked: Mapping[str, Any]) -> tuple[NewsAnswer, ...]:
    return tuple(_answer(articles[a["article"]], a) for a in asked["answers"])


def _answer(article: Article, fields: Mapping[str, str]) -> NewsAnswer:
    start = article.text.index(fields["quote"]) + fields["quote"].index(fields["text"])
    return NewsAnswer(article.id, start, start + len(fields["text"]), fields["text"])
