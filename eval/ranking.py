"""Retrieval over the hand-written questions and over BEIR-layout folders, measured by ir-measures.

hit@k is its Success@k (something relevant among the first k), MRR@10 its RR@10 (Voorhees 1999), nDCG@10 that of
Järvelin & Kekäläinen (2002).
"""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import RR, Success, nDCG

from eval.questions import HandWritten
from index import Article, LocalIndex, QAError, tokenize
from index.fusion import Fusion, convex, reciprocal_rank
from index.local import CANDIDATES, Candidates

KS = (1, 3, 5, 10)
MEASURES = {**{f"hit@{k}": Success @ k for k in KS}, "MRR@10": RR @ 10, "nDCG@10": nDCG @ 10}
Runs = Mapping[str, Mapping[str, float]]  # by question, then by document: the score
# By rule, then by measure: one value a question, in the questions' order.
Ranking = dict[str, dict[str, list[float]]]

RULES: dict[str, Fusion] = {
    "BM25": lambda bm25, cosine: np.where(bm25 > 0, bm25, -np.inf),  # a chunk without a common term is not ranked
    "embeddings": lambda bm25, cosine: cosine,
    "hybrid, untuned": reciprocal_rank,
    "hybrid": convex,
}


def rank_questions(questions: Sequence[HandWritten], index: LocalIndex) -> Ranking:
    """How the chunks that hold a supporting quote rank for each answerable question."""
    asked = {q.id: q.question for q in questions}
    relevant = {q.id: dict.fromkeys(_holding(q, index), 1) for q in questions}
    return measured(asked, relevant, index, RULES)


def _holding(question: HandWritten, index: LocalIndex) -> list[str]:
    """The chunks that hold one of the question's supporting quotes whole."""
    found = []
    ids = [article.id for article in index.articles()]
    for support in question.quotes:
        number = ids.index(support.article)
        start = index.article(number).text.index(support.quote)
        chunks = np.flatnonzero(index.chunk_owners() == number).tolist()
        spans = {chunk: index.chunk_span(chunk) for chunk in chunks}
        end = start + len(support.quote.rstrip())
        inside = [chunk for chunk, (a, b) in spans.items() if a <= start and end <= b]
        # a quote of several sentences may be in no chunk whole: then those that begin it
        found += inside or [chunk for chunk, (a, b) in spans.items() if a <= start < b]
    return [str(chunk) for chunk in found]


def rank_beir(folder: Path, index: LocalIndex, split: str = "test") -> Ranking:
    """How the documents judged relevant rank in a folder in BEIR's layout (Thakur et al. 2021), indexed already."""
    judged: dict[str, dict[str, int]] = {}
    for row in _tsv(folder / "qrels" / f"{split}.tsv"):
        judged.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    asked = {row["_id"]: row["text"] for row in _jsonl(folder / "queries.jsonl") if row["_id"] in judged}
    if not asked:
        raise QAError(f"{folder}: none of its queries is judged in qrels/{split}.tsv")
    ids = [article.id for article in index.articles()]
    names = [ids[owner] for owner in index.chunk_owners()]
    return measured(asked, {q: judged[q] for q in asked}, index, RULES, names)


def beir_articles(folder: Path) -> list[Article]:
    """The documents of a folder in BEIR's layout. Raises QAError where there is none."""
    rows = _jsonl(folder / "corpus.jsonl")
    return [Article(r["_id"], r.get("title", ""), None, None, None, "corpus.jsonl", r["text"]) for r in rows]


def _jsonl(path: Path) -> list[dict[str, str]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise QAError(f"{path} cannot be read: {error}") from error


def _tsv(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines, delimiter="\t"))
    except OSError as error:
        raise QAError(f"{path} cannot be read: {error}") from error


def measured(
    asked: Mapping[str, str],
    relevant: Mapping[str, Mapping[str, int]],
    index: LocalIndex,
    rules: Mapping[str, Fusion],
    names: Sequence[str] | None = None,
) -> Ranking:
    """Every measure of every rule for every question, by its id. A document's score is that of its best chunk.

    `relevant` are grades by question, then by document. `names` are the documents that the chunks belong to,
    [n_chunks]; None takes each chunk for a document, named by its number.
    """
    vectors = index.encoder.encode(list(asked.values()))
    found = [index.candidates(v, tokenize(t), CANDIDATES) for v, t in zip(vectors, asked.values(), strict=True)]
    return {
        name: values_of({q: _scores(rule, c, names) for q, c in zip(asked, found, strict=True)}, relevant)
        for name, rule in rules.items()
    }


def _scores(rule: Fusion, found: Candidates, names: Sequence[str] | None) -> dict[str, float]:
    scores: dict[str, float] = {}
    for chunk, score in zip(found.chunks.tolist(), rule(found.bm25, found.cosine).tolist(), strict=True):
        name = names[chunk] if names else str(chunk)
        if score > -np.inf:
            scores[name] = max(score, scores.get(name, -np.inf))
    return scores


def values_of(run: Runs, relevant: Mapping[str, Mapping[str, int]]) -> dict[str, list[float]]:
    """Each measure's value for each question; 0 where nothing was found."""
    held = {q: scores for q, scores in run.items() if scores}
    values = {name: dict.fromkeys(run, 0.0) for name in MEASURES}
    names = {str(measure): name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), relevant, held):
        values[names[str(metric.measure)]][metric.query_id] = metric.value
    return {name: list(by_question.values()) for name, by_question in values.items()}
