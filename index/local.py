"""The embedded engine: one generation, opened; questions to passages."""

import hashlib
import shlex
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index import store
from index.articles import Article
from index.bm25 import Postings, PostingsBM25
from index.chunks import CHUNKING
from index.encoder import Encoder
from index.errors import DamagedIndexError, QAError
from index.fusion import Fusion, convex
from index.passages import Evidence, Passage
from index.sentences import SEGMENTER, Kind, Sentence
from index.spelling import mend
from index.tokens import TOKENIZER, fold, tokenize
from index.vectors import nearest, open_vector_index

CANDIDATES = 50  # of each ranking
BESIDE = 3  # passages at least of the articles that a follow-up follows
_VECTORS_PER_CHUNK = 4  # rows asked of FAISS for each candidate wanted: several may be of one chunk
_WORDS_RANKED = 2000  # of those with one beginning: a keystroke does not wait for more
_KINDS: tuple[Kind, ...] = ("prose", "heading")


@dataclass(frozen=True, slots=True)
class Candidates:
    """The chunks that either ranking proposes for a question, with both scores for each. All arrays [n]."""

    chunks: npt.NDArray[np.int64]
    bm25: npt.NDArray[np.float64]  # above the baseline
    cosine: npt.NDArray[np.float64]  # of the better of chunk and best sentence


class LocalIndex:
    """A generation with its files open. Texts are read when they are needed."""

    def __init__(self, folder: Path, generation: Path) -> None:
        self.folder = folder
        self.fuse: Fusion = convex  # what makes one ranking of two; an evaluation may try another
        self.manifest: Mapping[str, Any] = store.read_manifest(generation)
        _require_same(self.manifest)
        self._rows: list[dict[str, Any]] = store.load_json(generation, "articles.json")
        self._texts = np.memmap(generation / "texts.bin", np.uint8, "r")
        self._chunks = store.load_array(generation, "chunks.npy")
        self._sentences = store.load_array(generation, "sentences.npy")
        self.vectors: npt.NDArray[np.float16] = store.load_array(generation, "vectors.npy")
        self.vector_keys: npt.NDArray[np.uint8] = store.load_array(generation, "keys.npy")
        self._faiss = open_vector_index(generation / "vectors.faiss")
        self._words: list[str] = store.load_json(generation, "words.json")
        arrays = [store.load_array(generation, f"bm25_{n}.npy") for n in ("starts", "docs", "freqs", "lengths")]
        self._bm25 = PostingsBM25(Postings(store.load_json(generation, "terms.json"), *arrays))

    @property
    def location(self) -> str:
        """Where the index is, as a person would name it."""
        return str(self.folder)

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that made the index's vectors. Raises QAError where it is another one by now."""
        model = self.manifest["model"]
        encoder = Encoder(str(model["name"]))
        if encoder.files.fingerprint != model["fingerprint"]:
            raise QAError(f"the model {model['name']} is not the one that made this index: {self._mend()}")
        return encoder

    def warm_up(self) -> None:
        """Load what the first question would wait for."""
        self.encoder.encode(["ready?"])

    def articles(self) -> Iterator[Article]:
        """All articles, in the order they were read."""
        return (self.article(n) for n in range(len(self._rows)))

    def article(self, number: int) -> Article:
        """An article by its number, from 0. Raises DamagedIndexError where its text is not what was stored."""
        row = self._rows[number]
        data = self._texts[row["offset"] : row["offset"] + row["bytes"]].tobytes()
        if hashlib.sha256(data).hexdigest() != row["sha256"]:
            raise _damaged(self.folder, f"the text of {row['id']} has changed", self.manifest)
        return Article(
            row["id"], row["title"], row["source"], row["date"], row["url"], row["path"], data.decode("utf-8")
        )

    def find_article(self, name: str) -> Article:
        """An article by its id, or by its number as `qa articles` counts, from 1. Raises QAError for another."""
        ids = [str(row["id"]) for row in self._rows]
        numbers = [str(n) for n in range(1, len(ids) + 1)]
        for names in (ids, numbers):  # a file may be called 7.txt
            if name in names:
                return self.article(names.index(name))
        near = _nearest_id(name, ids)
        hint = f" (did you mean {near}?)" if near else ": `qa articles` lists them"
        raise QAError(f"no article {name} in {self.location}{hint}")

    def names(self) -> list[tuple[str, str]]:
        """Each article's id and title, in the articles' order; no text is read."""
        return [(str(row["id"]), str(row["title"])) for row in self._rows]

    def words_from(self, beginning: str, most: int) -> list[str]:
        """Words of the articles, folded, that begin so; those in the most chunks first."""
        begun = fold(beginning)
        first = bisect_left(self._words, begun)
        last = bisect_left(self._words, begun + "\U0010ffff", first)
        found = self._words[first : min(last, first + _WORDS_RANKED)]
        return sorted(found, key=lambda w: min(map(self._bm25.rarity, tokenize(w)), default=0.0))[:most]

    def word_counts(self) -> list[int]:
        """Each article's number of words, in the articles' order."""
        return [int(row["words"]) for row in self._rows]

    def mend_spelling(self, question: str) -> str:
        """The question with its slips mended from the articles' words."""

        def is_right(word: str) -> bool:
            known = all(self._bm25.holds(t) for t in tokenize(word))
            return known or any(self.encoder.is_word(w) for w in (word, *tokenize(word)))

        return mend(question, self._words, is_right)

    def search(self, question: str, k: int, followed: Sequence[tuple[str, int]] = ()) -> tuple[Passage, ...]:
        """The k best passages for a question, best first; fewer where the index is small.

        Beyond them, those that hold one of the places that a follow-up follows, each an article's id and an offset, and
        the best of those articles: people mostly go on asking of what they read.
        """
        return self._search(self.encoder.encode([question])[0], question, k, followed)

    def search_like(self, passage: Passage, start: int, k: int) -> tuple[Passage, ...]:
        """What `search` finds for the prose sentence of a passage that starts there; its vector is at hand."""
        for chunk in self._chunks_of(passage.article.id):
            if self.chunk_span(chunk) == (passage.start, passage.end):
                prose = [e.sentence for e in passage.evidence if e.sentence.kind == "prose"]
                at = next(n for n, sentence in enumerate(prose) if sentence.start == start)
                vector = self.vectors[self._chunks[chunk, 2] + 1 + at].astype(np.float32)
                return self._search(vector, passage.article.text[start : prose[at].end], k)
        raise QAError(f"no passage {passage.article.id}:{passage.start}-{passage.end} in {self.location}")

    def _search(
        self, vector: npt.NDArray[np.float32], question: str, k: int, followed: Sequence[tuple[str, int]] = ()
    ) -> tuple[Passage, ...]:
        terms = tokenize(question)
        places = self._chunks_at(followed)
        beside = {chunk for name in {name for name, _ in followed} for chunk in self._chunks_of(name)}
        found = self.candidates(vector, terms, CANDIDATES, tuple(beside))
        fused = self.fuse(found.bm25, found.cosine)
        ranked = np.lexsort((found.chunks, -fused))
        near = [i for i in ranked if int(found.chunks[i]) in beside]
        kept = {*near[:BESIDE], *(i for i in near if int(found.chunks[i]) in places)}
        best = [*ranked[:k], *(i for i in ranked[k:] if i in kept)]
        rarity = {t: self._bm25.rarity(t) for t in terms}
        chunks = [int(found.chunks[i]) for i in best]
        scores = [(fused[i], found.bm25[i], found.cosine[i]) for i in best]
        passages = [self._passage(c, vector, rarity, s) for c, s in zip(chunks, scores, strict=True)]
        return tuple(
            replace(p, followed=places.get(c), beside=c in beside) for c, p in zip(chunks, passages, strict=True)
        )

    def _chunks_of(self, name: str) -> list[int]:
        """The chunks of an article, by its id; none of one that is not there."""
        numbers = [n for n, row in enumerate(self._rows) if row["id"] == name]
        chunks: list[int] = np.flatnonzero(np.isin(self.chunk_owners(), numbers)).tolist()
        return chunks

    def _chunks_at(self, places: Sequence[tuple[str, int]]) -> dict[int, int]:
        """The chunks that hold some places, each with its first place; places that are gone are left out."""
        found: dict[int, int] = {}
        for name, offset in places:
            for chunk in self._chunks_of(name):
                start, end = self.chunk_span(chunk)
                if start <= offset < end:
                    found.setdefault(chunk, offset)
        return found

    def candidates(
        self, vector: npt.NDArray[np.float32], terms: Sequence[str], n: int, also: Sequence[int] = ()
    ) -> Candidates:
        """The n best chunks by BM25, the n best by vectors, float32 [dim], and some others, each with both scores."""
        scores = self._bm25.get_scores(terms) - self._bm25.baseline(terms)
        matched = np.flatnonzero(scores > 1e-9)
        if len(matched) > n:
            matched = matched[np.argpartition(-scores[matched], n)[:n]]
        rows = nearest(self._faiss, vector, n * _VECTORS_PER_CHUNK)
        owners = np.searchsorted(self._chunks[:, 2], rows, side="right") - 1
        _, first = np.unique(owners, return_index=True)
        by_vector = owners[np.sort(first)][:n]
        chunks = np.union1d(np.union1d(matched, by_vector), np.array(also, np.int64)).astype(np.int64)
        cosine = np.array([self._cosines(c, vector).max() for c in chunks], np.float64)
        return Candidates(chunks, np.maximum(scores[chunks], 0.0), cosine)

    def chunk_owners(self) -> npt.NDArray[np.int64]:
        """Each chunk's article number, int64 [n_chunks]."""
        owners: npt.NDArray[np.int64] = self._chunks[:-1, 0]
        return owners

    def chunk_span(self, chunk: int) -> tuple[int, int]:
        """Where a chunk stands in its article's text, code points."""
        rows = self._sentences[self._chunks[chunk, 1] : self._chunks[chunk + 1, 1]]
        return int(rows[0, 0]), int(rows[-1, 1])

    def chunk_text(self, chunk: int) -> str:
        """A chunk's sentences as BM25 counts them, without the title."""
        text = self.article(int(self._chunks[chunk, 0])).text
        rows = self._sentences[self._chunks[chunk, 1] : self._chunks[chunk + 1, 1]]
        return " ".join(text[start:end] for start, end in rows[:, :2].tolist())

    def sentences(self, name: str) -> tuple[Sentence, ...]:
        """An article's sentences in their order, noise left out. Raises QAError where there is no such article."""
        found: dict[int, Sentence] = {}
        for chunk in self._chunks_of(self.find_article(name).id):
            for start, end, kind, paragraph in self._sentences[self._chunks[chunk, 1] : self._chunks[chunk + 1, 1]]:
                found[int(start)] = Sentence(int(start), int(end), _KINDS[kind], int(paragraph))
        return tuple(found[start] for start in sorted(found))

    def _cosines(self, chunk: int, vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Cosines of a chunk's own vector, first, and of its prose sentences' vectors."""
        rows = self.vectors[self._chunks[chunk, 2] : self._chunks[chunk + 1, 2]]
        cosines: npt.NDArray[np.float32] = rows.astype(np.float32) @ vector
        return cosines

    def _passage(
        self,
        chunk: int,
        vector: npt.NDArray[np.float32],
        rarity: Mapping[str, float],
        scores: tuple[float, float, float],
    ) -> Passage:
        article = self.article(int(self._chunks[chunk, 0]))
        cosines = iter(self._cosines(chunk, vector)[1:].tolist())
        rows = self._sentences[self._chunks[chunk, 1] : self._chunks[chunk + 1, 1]].tolist()
        evidence = []
        held = set(tokenize(article.title))
        for start, end, kind, paragraph in rows:
            sentence = Sentence(start, end, _KINDS[kind], paragraph)
            terms = set(tokenize(article.text[start:end]))
            held |= terms
            cosine = next(cosines) if sentence.kind == "prose" else 0.0
            evidence.append(Evidence(sentence, cosine, _coverage(terms, rarity)))
        fused, bm25, cosine = map(float, scores)
        return Passage(article, rows[0][0], rows[-1][1], tuple(evidence), fused, bm25, cosine, _coverage(held, rarity))

    def _mend(self) -> str:
        return f"rebuild it with  {_command(self.folder, self.manifest)}"


def open_local(folder: Path) -> LocalIndex:
    """Open the current generation of an index folder.

    Raises QAError where there is none, DamagedIndexError (with the mending command) where it is damaged.
    """
    try:
        index: LocalIndex = store.read_generation(folder, lambda generation: LocalIndex(folder, generation))
    except DamagedIndexError as error:
        raise _damaged(folder, str(error), readable_manifest(folder)) from error
    return index


def _damaged(folder: Path, reason: str, manifest: Mapping[str, Any]) -> DamagedIndexError:
    return DamagedIndexError(
        f"the index {folder} cannot be used: {reason}; rebuild it with  {_command(folder, manifest)}"
    )


def _command(folder: Path, manifest: Mapping[str, Any]) -> str:
    roots = [shlex.quote(str(r)) for r in manifest.get("roots", [])] or ["PATH…"]
    return f"qa index {' '.join(roots)} --index {shlex.quote(str(folder))}"


def readable_manifest(folder: Path) -> Mapping[str, Any]:
    """What can still be read of a damaged index's manifest: its roots make the mending command exact."""
    for generation in sorted(folder.glob("generation-*"), reverse=True):
        try:
            return dict(store.load_json(generation, store.MANIFEST))
        except (DamagedIndexError, OSError, TypeError, ValueError):
            continue
    return {}


def _require_same(manifest: Mapping[str, Any]) -> None:
    """Refuse an index that was cut or counted otherwise: its offsets and terms would not fit."""
    for name, mine in (("segmenter", SEGMENTER), ("tokenizer", TOKENIZER), ("chunking", CHUNKING)):
        if manifest.get(name) != mine:
            raise DamagedIndexError(f"its {name} is {manifest.get(name)!r}, this version of qa has {mine!r}")


def _coverage(terms: set[str], rarity: Mapping[str, float]) -> float:
    total = sum(rarity.values())
    return sum(r for t, r in rarity.items() if t in terms) / total if total else 0.0


def _nearest_id(name: str, ids: Sequence[str]) -> str | None:
    import difflib

    return next(iter(difflib.get_close_matches(name, ids, 1)), None)
