"""Question sets: hand-written questions and conversations, as JSON lines; and whether a set is true to its articles.

    python -m eval.questions [FILE --index DIR]

checks a set (default: the shipped one, against the built-in articles) and prints what is wrong with it. docs/
evaluation.md says how to write one.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import QAError, open_index
from qa.places import open_builtin

QUESTIONS = Path(__file__).parent / "questions.jsonl"
CONVERSATIONS = Path(__file__).parent / "conversations.jsonl"
UNANSWERABLE = ("tempting", "offtopic")


@dataclass(frozen=True, slots=True)
class SupportingQuote:
    """A sentence of an article that answers, letter for letter."""

    article: str
    quote: str


@dataclass(frozen=True, slots=True)
class Version:
    """One answer: its accepted wordings, each word for word in one of the articles, and who gives it. None: nothing."""

    answers: tuple[str, ...]
    articles: tuple[str, ...]
    quotes: tuple[SupportingQuote, ...]


@dataclass(frozen=True, slots=True)
class HandWritten:
    """A question written from reading the articles. No accepted answers: nothing answers it."""

    id: str
    kind: str
    question: str
    gold: Version
    differing: tuple[Version, ...]  # what other articles say instead
    split: str  # "dev" to tune on, "test" to report on

    @property
    def answers(self) -> tuple[str, ...]:
        """Accepted wordings, of whichever version."""
        return tuple(a for v in (self.gold, *self.differing) for a in v.answers)

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that support an answer, of whichever version."""
        return tuple(a for v in (self.gold, *self.differing) for a in v.articles)

    @property
    def quotes(self) -> tuple[SupportingQuote, ...]:
        """Sentences that answer, of whichever version."""
        return tuple(q for v in (self.gold, *self.differing) for q in v.quotes)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions that follow one another. Each turn's kind is "first" or "follow-up"."""

    id: str
    turns: tuple[HandWritten, ...]
    standalone: tuple[str, ...]  # what each turn means, written out
    split: str


def load_questions(path: Path = QUESTIONS) -> list[HandWritten]:
    """All questions of a JSON-lines file. Raises QAError that names the line where one cannot be read."""
    return [_question(row, row.get("id") or f"line-{number}") for number, row in _rows(path)]


def load_conversations(path: Path = CONVERSATIONS) -> list[Conversation]:
    """All conversations of a JSON-lines file. Raises QAError that names the line where one cannot be read."""
    found = []
    for _, row in _rows(path, "turns"):
        split = row.get("split", "test")
        turns = tuple(
            _question({**turn, "kind": "follow-up" if n > 1 else "first", "split": split}, f"{row['id']}.{n}")
            for n, turn in enumerate(row["turns"], 1)
        )
        found.append(Conversation(row["id"], turns, tuple(t["standalone"] for t in row["turns"]), split))
    return found


def _rows(path: Path, required: str = "question") -> Iterable[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QAError(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise QAError(f"{path}, line {number} is no JSON: {error}") from error
        if not isinstance(row, dict) or required not in row:
            raise QAError(f'{path}, line {number} has no "{required}"')
        yield number, row


def _question(row: Mapping[str, Any], name: str) -> HandWritten:
    differing = tuple(_version(v) for v in row.get("differing", ()))
    return HandWritten(
        name, row.get("kind", "other"), row["question"], _version(row), differing, row.get("split", "test")
    )


def _version(row: Mapping[str, Any]) -> Version:
    quotes = tuple(SupportingQuote(q["article"], q["quote"]) for q in row.get("quotes", ()))
    articles = row.get("articles") or dict.fromkeys(q.article for q in quotes)
    return Version(tuple(row.get("answers", ())), tuple(articles), quotes)


def plain(text: str) -> str:
    """A text's words in lower case, for comparing wordings."""
    return " ".join(re.findall(r"\w+", text.lower().replace("’", "'")))


def problems(questions: Sequence[HandWritten], texts: Mapping[str, str]) -> list[str]:
    """What is wrong with a set, given the articles' texts by their ids: a line a fault, empty where all is well."""
    found = []
    ids: dict[str, str] = {}
    wordings: dict[str, str] = {}
    for q in questions:
        if q.id in ids:
            found.append(f"{q.id}: the id is used twice")
        first = wordings.setdefault(plain(q.question), q.id)
        if first != q.id or q.id in ids:
            found.append(f"{q.id}: the same question as {first}: {q.question}")
        ids[q.id] = q.question
        if (not q.answers) != (q.kind in UNANSWERABLE) and q.kind != "other":
            found.append(f"{q.id}: a question of kind {q.kind} has {len(q.answers)} accepted answers")
        found.extend(faults(q, texts))
    return found


def faults(question: HandWritten, texts: Mapping[str, str]) -> list[str]:
    """Where a question's answers, quotes and articles are not what the articles say: a line a fault."""
    versions = (question.gold, *question.differing)
    return [f"{question.id}: {fault}" for version in versions for fault in _faults(version, texts)]


def _faults(version: Version, texts: Mapping[str, str]) -> list[str]:
    found = [f"there is no article {name}" for name in version.articles if name not in texts]
    for support in version.quotes:
        if support.quote not in texts.get(support.article, ""):
            found.append(f"not in {support.article}: {support.quote!r}")
    quoted = {support.article for support in version.quotes}
    if version.quotes and (missing := [name for name in version.articles if name not in quoted]):
        found.append(f"no quote from {', '.join(missing)}")
    for answer in version.answers:
        # a set need not name the articles: then any of them will do
        if not any(answer in texts.get(name, "") for name in version.articles or texts):
            found.append(f"in none of {'its' if version.articles else 'the'} articles: {answer!r}")
    return found


def main() -> int:
    """Print the problems of a set; 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=QUESTIONS)
    parser.add_argument("--index", metavar="DIR", help="the articles' index (default: the built-in articles)")
    args = parser.parse_args()
    try:
        index = open_index(args.index) if args.index else open_builtin()
        questions = load_questions(args.file)
    except QAError as error:
        sys.stderr.write(f"eval: {error}\n")
        return 2
    texts = {a.id: a.text for a in index.articles()}
    found = problems(questions, texts)
    if args.file == QUESTIONS:
        found += [fault for c in load_conversations() for turn in c.turns for fault in faults(turn, texts)]
    print("\n".join(found) or f"{len(questions)} questions: each true to its articles")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
