"""Paragraph retrieval on a SQuAD-format file: BM25, embeddings and both together, in one table.

    python -m eval.retrieval FILE[.json.gz] [--limit N] [--sweep] [--keep DIR]

Every question is put to all paragraphs of the file; the gold paragraph is the one that it was written on.
"""

import argparse
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25L, BM25Okapi, BM25Plus

from eval.squad import Paragraph, Question, read_squad
from index.articles import Article
from index.bm25 import K1, B
from index.build import write_index
from index.encoder import Encoder
from index.errors import QAError
from index.export import DEFAULT_MODEL
from index.fusion import DENSE_WEIGHT, convex, reciprocal_rank
from index.local import CANDIDATES, Candidates, LocalIndex, open_local
from index.tokens import tokenize

Ranks = npt.NDArray[np.float64]  # [n_questions], 1 is best, inf where the gold paragraph is not among the ranked


def hit_at(ranks: Ranks, k: int) -> float:
    """The share of questions whose gold paragraph is among the first k."""
    return float((ranks <= k).mean())


def mrr_at(ranks: Ranks, k: int) -> float:
    """Mean reciprocal rank of the gold paragraph, 0 below rank k (Voorhees 1999)."""
    return float(np.where(ranks <= k, 1 / ranks, 0.0).mean())


def index_paragraphs(paragraphs: list[Paragraph], folder: Path) -> LocalIndex:
    """An index with each paragraph as an article of its own, built unless the folder has it."""
    try:
        return open_local(folder)
    except QAError:
        articles = [Article(str(n), "", None, None, None, str(n), p.text) for n, p in enumerate(paragraphs)]
        write_index(articles, folder, Encoder(DEFAULT_MODEL))
        return open_local(folder)


def rank_of(scores: npt.NDArray[np.float64], owners: npt.NDArray[np.int64], gold: int) -> float:
    """The gold paragraph's rank by its best chunk's score; inf where it has none."""
    held = scores[owners == gold]
    if not len(held) or held.max() == -np.inf:
        return np.inf
    return 1.0 + len(set(owners[scores > held.max()].tolist()))


def ranks_by(
    rule: Callable[[Candidates], npt.NDArray[np.float64]],
    found: list[Candidates],
    owners: npt.NDArray[np.int64],
    questions: list[Question],
) -> Ranks:
    """Each question's rank of its gold paragraph under a rule that scores the candidates."""
    return np.array([rank_of(rule(c), owners[c.chunks], q.paragraph) for c, q in zip(found, questions, strict=True)])


def library_ranks(variant: type, index: LocalIndex, owners: npt.NDArray[np.int64], questions: list[Question]) -> Ranks:
    """Ranks by one of rank-bm25's own classes over the same chunks' terms."""
    bm25 = variant([tokenize(index.chunk_text(c)) for c in range(len(owners))], k1=K1, b=B)
    return np.array([rank_of(np.asarray(bm25.get_scores(tokenize(q.text))), owners, q.paragraph) for q in questions])


def only_bm25(found: Candidates) -> npt.NDArray[np.float64]:
    """BM25 alone; a chunk without a common term is not ranked."""
    return np.where(found.bm25 > 0, found.bm25, -np.inf)


def _convex(weight: float, found: Candidates) -> npt.NDArray[np.float64]:
    return convex(found.bm25, found.cosine, weight)


def rows(index: LocalIndex, questions: list[Question], *, sweep: bool) -> list[tuple[str, Ranks]]:
    """The table's rows: a name and the ranks."""
    owners = index.chunk_owners()
    vectors = index.encoder.encode([q.text for q in questions])
    found = [index.candidates(v, tokenize(q.text), CANDIDATES) for v, q in zip(vectors, questions, strict=True)]

    def ranks(rule: Callable[[Candidates], npt.NDArray[np.float64]]) -> Ranks:
        return ranks_by(rule, found, owners, questions)

    table = [
        ("BM25", ranks(only_bm25)),
        ("embeddings (better of chunk and sentence)", ranks(lambda c: c.cosine)),
        ("hybrid: reciprocal rank fusion", ranks(lambda c: reciprocal_rank(c.bm25, c.cosine))),
        (f"hybrid: convex, {DENSE_WEIGHT} (the default)", ranks(lambda c: convex(c.bm25, c.cosine))),
    ]
    if sweep:
        for weight in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
            table.append((f"convex, {weight}", ranks(partial(_convex, weight))))
        for variant in (BM25Okapi, BM25L, BM25Plus):
            table.append((f"rank_bm25.{variant.__name__}", library_ranks(variant, index, owners, questions)))
    return table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, help="only the first N questions")
    parser.add_argument("--sweep", action="store_true", help="fusion weights and BM25's variants too")
    parser.add_argument("--keep", type=Path, help="keep the index in this folder, and use it if it is there")
    args = parser.parse_args()
    paragraphs, questions = read_squad(args.file)
    questions = questions[: args.limit]
    with tempfile.TemporaryDirectory() as scratch:
        index = index_paragraphs(paragraphs, args.keep or Path(scratch))
        print(f"{args.file.name}: {len(paragraphs)} paragraphs, {len(questions)} questions\n")
        print(f"{'':44}  hit@1  hit@5  MRR@10")
        for name, ranks in rows(index, questions, sweep=args.sweep):
            print(f"{name:44}  {hit_at(ranks, 1):5.1%}  {hit_at(ranks, 5):5.1%}  {mrr_at(ranks, 10):6.3f}")


if __name__ == "__main__":
    main()
