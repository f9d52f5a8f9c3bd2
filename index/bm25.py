"""BM25 as rank-bm25 defines it, scored from compact postings.

The library owns the formula's parameters and idf; it scores by a Python loop over every document for every
term. Here only the storage and the sum are replaced; a test holds the scores to the library's, bit for bit.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Plus

K1, B = 0.9, 0.4  # see docs/retrieval.md
DELTA = 1.0  # the library's own


@dataclass(frozen=True, slots=True)
class Postings:
    """Which documents hold which term how often, as arrays; what a generation keeps on disk.

    `terms` are sorted. Term t's documents are `docs[starts[t]:starts[t + 1]]`, its frequencies there in `freqs`.
    """

    terms: Sequence[str]
    starts: npt.NDArray[np.int64]  # [n_terms + 1]
    docs: npt.NDArray[np.int32]  # [n_postings]
    freqs: npt.NDArray[np.int32]  # [n_postings]
    lengths: npt.NDArray[np.int32]  # [n_docs], in terms


def collect_postings(documents: Iterable[Sequence[str]]) -> Postings:
    """Postings of tokenized documents (lists of terms), in the documents' order."""
    rows: dict[str, list[tuple[int, int]]] = {}
    lengths = []
    for number, document in enumerate(documents):
        lengths.append(len(document))
        for term, count in Counter(document).items():
            rows.setdefault(term, []).append((number, count))
    terms = sorted(rows)
    counts = [len(rows[t]) for t in terms]
    flat = np.array([row for t in terms for row in rows[t]], np.int32).reshape(-1, 2)
    return Postings(
        terms,
        np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64),
        np.ascontiguousarray(flat[:, 0]),
        np.ascontiguousarray(flat[:, 1]),
        np.array(lengths, np.int32),
    )


class PostingsBM25(BM25Plus):  # type: ignore[misc]  # the library is not typed
    """`rank_bm25.BM25Plus` on postings. Its idf stays positive in small collections, where BM25Okapi's does not.

    Documents without a term still get `idf * delta` for it: `baseline` says how much, so that a score above
    it is a match.
    """

    def __init__(self, postings: Postings) -> None:
        super().__init__(postings, k1=K1, b=B, delta=DELTA)

    def _initialize(self, postings: Postings) -> Mapping[str, int]:
        self.postings = postings
        self.corpus_size = len(postings.lengths)
        self.avgdl = int(postings.lengths.sum()) / max(1, self.corpus_size) or 1.0
        self.doc_len = postings.lengths
        self._rows = {term: t for t, term in enumerate(postings.terms)}
        return dict(zip(postings.terms, np.diff(postings.starts).tolist(), strict=True))

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> Self:
        """Index tokenized documents. An empty collection or empty documents are no error."""
        return cls(collect_postings(documents))

    def get_scores(self, query: Sequence[str]) -> npt.NDArray[np.float64]:
        """Scores of all documents, float64 [n_docs]: the library's, with its order of operations."""
        scores = np.zeros(self.corpus_size)
        for term in query:
            row = self._rows.get(term)
            if row is None:
                continue
            docs, weight = self._weights(term, row)
            held = scores[docs] + weight
            scores += self.idf[term] * self.delta
            scores[docs] = held
        return scores

    def _weights(self, term: str, row: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
        """The documents that hold a term and what it adds to their scores (Lv and Zhai 2011, BM25+)."""
        begin, end = self.postings.starts[row], self.postings.starts[row + 1]
        docs, freqs = self.postings.docs[begin:end], self.postings.freqs[begin:end]
        norm = self.k1 * (1 - self.b + self.b * self.doc_len[docs] / self.avgdl)
        return docs, self.idf[term] * (self.delta + (freqs * (self.k1 + 1)) / (norm + freqs))

    def baseline(self, query: Sequence[str]) -> float:
        """The score of a document that holds no term of the query."""
        return float(sum(self.idf.get(term, 0.0) * self.delta for term in query))

    def rarity(self, term: str) -> float:
        """A term's idf; a term of no document counts as if half a document held it."""
        found = self.idf.get(term)
        return float(found) if found is not None else math.log(2 * (self.corpus_size + 1))

    def holds(self, term: str) -> bool:
        """Whether any document holds the term."""
        return term in self._rows
