"""One run of the evaluation: questions and conversations put to an index, scored; kept as JSON, read again."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.intervals import Figure, mean
from eval.measures import BY_KIND, measure_all
from eval.questions import Conversation, HandWritten
from eval.ranking import Ranking, rank_questions
from eval.scoring import Cited, Scored, score, score_all
from index import DEFAULT_MODEL, LocalIndex, Passage, QAError
from index.build import write_index
from index.encoder import Encoder
from index.fusion import Fusion, Scores, reciprocal_rank
from qa import ask
from qa.conversation.turns import Turn, next_turn
from qa.reader import Reader, Reading, read_passages, weigh

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Configuration:
    """What answers: how the two rankings become one, and the reader."""

    name: str
    fuse: Fusion | None = None  # None is the index's own
    reader: Reader = read_passages


def _only_bm25(bm25: Scores, cosine: Scores) -> Scores:
    return bm25 + 1e-6


def _only_embeddings(bm25: Scores, cosine: Scores) -> Scores:
    return 1 + cosine


def _unmarked(question: str, passages: Sequence[Passage]) -> Reading:
    return weigh(question, passages, {})


DEFAULT = Configuration("default")
ABLATIONS = (
    DEFAULT,
    Configuration("BM25 only", fuse=_only_bm25),
    Configuration("embeddings only", fuse=_only_embeddings),
    Configuration("untuned fusion", fuse=reciprocal_rank),
    Configuration("no span reader", reader=_unmarked),
)


@dataclass(frozen=True, slots=True)
class Record:
    """All that a run found, ready for JSON and for the reports."""

    name: str
    index: str
    articles: int
    index_bytes: int
    index_seconds: float | None  # what building it anew takes, models exported; None where it was not tried
    figures: dict[str, Figure]
    kinds: dict[str, dict[str, Figure]]
    retrieval: dict[str, dict[str, Figure]]
    questions: tuple[Scored, ...]
    turns: tuple[Scored, ...]
    format: int = FORMAT


def run(
    index: LocalIndex,
    questions: Sequence[HandWritten],
    conversations: Sequence[Conversation] = (),
    configuration: Configuration = DEFAULT,
    *,
    build: bool = False,
) -> Record:
    """Ask everything and measure it. With `build`, the index is also built anew elsewhere, to time it."""
    texts = {article.id: article.text for article in index.articles()}
    index.warm_up()
    with _configured(index, configuration):
        guess = partial(ask, index=index, reader=configuration.reader, min_confidence=0.0)
        guess(questions[0].question)  # not counted: the first one waits for the models
        scored = tuple(score_all(questions, guess, texts))
        turns = tuple(row for c in conversations for row in _talk(c, index, configuration.reader, texts))
        written_out = [row for c in conversations for row in score_all(_written_out(c), guess, texts)]
    ranking = rank_questions([q for q in questions if q.quotes], index)
    size = sum(f.stat().st_size for f in index.folder.rglob("*") if f.is_file())
    return Record(
        configuration.name,
        index.location,
        len(index),
        size,
        _seconds_to_build(index) if build else None,
        measure_all(scored) | _followed(turns, written_out),
        {kind: measure_all([r for r in scored if r.kind == kind], BY_KIND) for kind in _kinds(scored)},
        _retrieval(ranking),
        scored,
        turns,
    )


@contextmanager
def _configured(index: LocalIndex, configuration: Configuration) -> Iterator[None]:
    own = index.fuse
    index.fuse = configuration.fuse or own
    try:
        yield
    finally:
        index.fuse = own


def _talk(conversation: Conversation, index: LocalIndex, reader: Reader, texts: Mapping[str, str]) -> list[Scored]:
    """A conversation's turns, each asked after those before it; what was understood as another question says so."""
    turns: list[Turn] = []
    rows = []
    for asked in conversation.turns:
        turns.append(next_turn(asked.question, turns, index, reader=reader))
        answer = turns[-1].answer
        row = score(asked, answer, 0.0, texts)
        rows.append(replace(row, question=f"{row.question} → {answer.rewritten}") if answer.rewritten else row)
    return rows


def _written_out(conversation: Conversation) -> list[HandWritten]:
    """The follow-ups of a conversation as what they mean: how they would fare if they were understood."""
    meant = zip(conversation.turns, conversation.standalone, strict=True)
    return [replace(turn, question=question) for turn, question in meant if turn.kind == "follow-up"]


def _followed(turns: Sequence[Scored], written_out: Sequence[Scored]) -> dict[str, Figure]:
    figures = {
        "follow-ups right": mean([r.right for r in turns if r.kind == "follow-up"]),
        "follow-ups written out": mean([r.right for r in written_out]),
    }
    return {name: figure for name, figure in figures.items() if figure}


def _kinds(rows: Sequence[Scored]) -> list[str]:
    return list(dict.fromkeys(r.kind for r in rows))


def _retrieval(ranking: Ranking) -> dict[str, dict[str, Figure]]:
    """The mean of each measure under each rule."""
    return {
        rule: {name: figure for name, of_each in values.items() if (figure := mean(of_each))}
        for rule, values in ranking.items()
    }


def _seconds_to_build(index: LocalIndex) -> float:
    articles = list(index.articles())
    encoder = Encoder(DEFAULT_MODEL)
    encoder.encode(["ready?"])
    with TemporaryDirectory() as folder:
        started = time.perf_counter()
        write_index(articles, Path(folder), encoder)
        return time.perf_counter() - started


def save(record: Record, path: Path) -> None:
    """Write a record as JSON. Raises QAError where it cannot be written."""
    try:
        path.write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise QAError(f"{path} cannot be written: {error.strerror}") from error


def load(path: Path) -> Record:
    """Read a record. Raises QAError where it is none, or another version's."""
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if fields["format"] != FORMAT:
            raise QAError(f"{path} was written by another version of the evaluation: run it again")
        return Record(
            **fields
            | {"figures": _figures(fields["figures"])}
            | {name: {k: _figures(v) for k, v in fields[name].items()} for name in ("kinds", "retrieval")}
            | {name: tuple(_scored(row) for row in fields[name]) for name in ("questions", "turns")}
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QAError(f"{path} is no record of the evaluation (--json writes one): {error}") from error


def _figures(fields: dict[str, Any]) -> dict[str, Figure]:
    return {name: Figure(**figure) for name, figure in fields.items()}


def _scored(fields: dict[str, Any]) -> Scored:
    citations = tuple(Cited(**c) for c in fields["citations"])
    lists = {name: tuple(fields[name]) for name in ("expected", "shown_differing")}
    return Scored(**fields | lists | {"citations": citations})
