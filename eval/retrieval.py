"""Passage retrieval: BM25, embeddings and both together, in one table.

    python -m eval.retrieval FILE[.json.gz] [--limit N] [--sweep] [--keep DIR]
    python -m eval.retrieval --news [--sweep]

Every question of a SQuAD-format file is put to all its paragraphs; the gold paragraph is the one that it was written
on. With --news, the questions on the news that the reader is trained on are put to all those articles' chunks; gold are
those that hold an answer.
"""

import argparse
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np
from rank_bm25 import BM25L, BM25Okapi, BM25Plus

from eval.indexes import index_paragraphs, open_or_build
from eval.news import TRAIN, read_news
from eval.ranking import RULES, Ranking, measured, values_of
from eval.squad import read_squad
from index.bm25 import K1, B
from index.fusion import DENSE_WEIGHT, Fusion, convex
from index.local import LocalIndex
from index.tokens import tokenize

SHOWN = ("hit@1", "hit@5", "hit@10", "MRR@10")
_WEIGHTS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
_KEPT = 100  # documents of a library's own ranking that are judged


def rules(*, sweep: bool) -> dict[str, Fusion]:
    """The table's rows."""
    swept: dict[str, Fusion] = {f"convex, {w}": partial(convex, dense_weight=w) for w in _WEIGHTS} if sweep else {}
    return RULES | swept


def library_values(
    variant: type, index: LocalIndex, asked: Mapping[str, str], gold: Mapping[str, Mapping[str, int]]
) -> dict[str, list[float]]:
    """The measures of one of rank-bm25's own classes over the same chunks' terms."""
    names = [str(owner) for owner in index.chunk_owners()]
    bm25 = variant([tokenize(index.chunk_text(c)) for c in range(len(names))], k1=K1, b=B)
    run: dict[str, dict[str, float]] = {}
    for name, question in asked.items():
        scores = np.asarray(bm25.get_scores(tokenize(question)))
        run[name] = {names[c]: float(scores[c]) for c in np.argsort(scores, kind="stable")[-_KEPT:]}
    return values_of(run, gold)


def squad_ranking(file: Path, keep: Path, limit: int | None, *, sweep: bool) -> Ranking:
    """The rows for a SQuAD-format file."""
    paragraphs, questions = read_squad(file)
    index = index_paragraphs(paragraphs, keep)
    asked = {q.id: q.text for q in questions[:limit]}
    gold = {q.id: {str(q.paragraph): 1} for q in questions[:limit]}
    ranking = measured(asked, gold, index, rules(sweep=sweep), [str(owner) for owner in index.chunk_owners()])
    for variant in (BM25Okapi, BM25L, BM25Plus) if sweep else ():
        ranking[f"rank_bm25.{variant.__name__}"] = library_values(variant, index, asked, gold)
    print(f"{file.name}: {len(paragraphs)} paragraphs, {len(asked)} questions\n")
    return ranking


def news_ranking(keep: Path, *, sweep: bool) -> Ranking:
    """The rows for the news."""
    news = read_news(TRAIN)
    articles = [article for file in news for article in file.articles]
    index = open_or_build(articles, keep)
    owners, ids = index.chunk_owners(), [a.id for a in articles]
    spans = [index.chunk_span(chunk) for chunk in range(len(owners))]
    asked: dict[str, str] = {}
    gold: dict[str, dict[str, int]] = {}
    for number, question in enumerate(q for file in news for q in file.questions if q.answers):
        asked[str(number)] = question.question
        gold[str(number)] = {
            str(chunk): 1
            for answer in question.answers
            for chunk in np.flatnonzero(owners == ids.index(answer.article)).tolist()
            if spans[chunk][0] <= answer.start and answer.end <= spans[chunk][1]
        }
    print(f"news: {len(articles)} articles, {len(spans)} chunks, {len(asked)} questions\n")
    return measured(asked, gold, index, rules(sweep=sweep))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--news", action="store_true", help="the news instead of a file")
    parser.add_argument("--limit", type=int, help="only the first N questions of the file")
    parser.add_argument("--sweep", action="store_true", help="fusion weights and BM25's variants too")
    parser.add_argument("--keep", type=Path, help="keep the index in this folder, and use it if it is there")
    args = parser.parse_args()
    if (args.file is None) != args.news:
        parser.error("a FILE or --news")
    with tempfile.TemporaryDirectory() as scratch:
        keep = args.keep or Path(scratch)
        news, sweep = args.news, args.sweep
        ranking = news_ranking(keep, sweep=sweep) if news else squad_ranking(args.file, keep, args.limit, sweep=sweep)
    print(f"{'':28}" + "".join(f"{name:>8}" for name in SHOWN))
    for rule, values in ranking.items():
        means = (float(np.mean(values[name])) for name in SHOWN)
        label = f"{rule} (convex, {DENSE_WEIGHT})" if rule == "hybrid" else rule
        print(f"{label:28}" + "".join(f"{m:8.3f}" for m in means))


if __name__ == "__main__":
    main()
