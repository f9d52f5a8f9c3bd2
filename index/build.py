"""Articles to a generation: chunks, postings, vectors, and what says how they were made."""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index import store
from index.articles import Article, Skipped, absolute, is_under, read_articles, require_existing
from index.bm25 import collect_postings
from index.chunks import CHUNKING, Chunk, body, cut_article, header
from index.encoder import Encoder
from index.errors import DamagedIndexError, QAError
from index.export import DEFAULT_MODEL
from index.local import LocalIndex, open_local, readable_manifest
from index.onnx import describe
from index.sentences import SEGMENTER
from index.tokens import TOKENIZER, tokenize, words_of
from index.vectors import build_vector_index, save_vector_index

_PROGRESS_FROM = 100  # texts; fewer are encoded within two seconds
_KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    added: int  # articles
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    articles: int  # in the index now
    chunks: int
    encoded: int  # texts whose vectors were computed
    reused: int  # texts whose vectors were there
    damaged: str | None  # why the index that was there could not be used


def build_index(paths: Sequence[str], folder: Path, model: str | None = None) -> BuildReport:
    """Build an index of the articles under `paths`, or bring it up to date.

    Articles under the paths are read anew: what changed is encoded, what is gone is dropped. Articles that the
    index has from elsewhere stay. `model` None keeps the index's own encoder, else takes the default one.
    Raises QAError where a path is unknown, nothing can be indexed or the folder cannot be written.
    """
    with store.lock(folder, lambda: _say("another qa index is at work here: waiting for it …\n")):
        old, known, damaged = _open_old(folder)
        former = old.manifest if old else readable_manifest(folder)
        require_existing(paths, known)
        if damaged:  # what else it was made of is read anew, too
            paths = [*paths, *(r for r in former.get("roots", []) if Path(r).exists())]
        findings = read_articles(paths, {path: a.id for path, a in known.items()}, folder)
        given = {str(absolute(p)) for p in paths if p != "-"}
        articles = {p: a for p, a in known.items() if not is_under(p, given)}
        articles |= {a.path: a for a in findings.articles}
        if not articles:
            raise QAError(_nothing(paths, findings.skipped))
        changes = Counter(_change(known.get(a.path), a) for a in articles.values())
        encoder = Encoder(_lasting(model) if model else _model_of(former))
        roots = _roots(old, given, articles)
        made = write_index(list(articles.values()), folder, encoder, old, roots)
    return BuildReport(
        added=changes["added"],
        changed=changes["changed"],
        removed=len(known.keys() - articles.keys()),
        unchanged=changes["unchanged"],
        skipped=findings.skipped,
        articles=len(articles),
        damaged=damaged,
        **made,
    )


def _open_old(folder: Path) -> tuple[LocalIndex | None, dict[str, Article], str | None]:
    """The index that is there, its articles by path, and why it cannot be used where it is damaged."""
    try:
        index = open_local(folder)
        return index, {a.path: a for a in index.articles()}, None
    except DamagedIndexError as error:
        return None, {}, str(error)
    except QAError:  # none yet
        return None, {}, None


def _model_of(manifest: Mapping[str, Any]) -> str:
    """The encoder that an index was made with, if its manifest can still be read; else the default one."""
    try:
        return str(manifest["model"]["name"])
    except (KeyError, TypeError):
        return DEFAULT_MODEL


def _lasting(model: str) -> str:
    """The name of a model, of a folder its absolute path: questions are asked from other folders."""
    return str(absolute(model)) if model != DEFAULT_MODEL and Path(model).is_dir() else model


def _roots(old: LocalIndex | None, given: set[str], articles: Iterable[str]) -> list[str]:
    """The paths that the index was made of, those left out that nothing in it comes from any more."""
    used = {str(p) for path in articles for p in (path, *Path(path).parents)}
    roots = sorted(used & {*given, *(old.manifest["roots"] if old else [])})
    return [*roots, "-"] if any(path.startswith("-#") for path in articles) else roots


def _nothing(paths: Sequence[str], skipped: Sequence[Skipped]) -> str:
    names = ", ".join(paths)
    if len(skipped) == 1:
        return f"nothing to index: {skipped[0].path}: {skipped[0].reason}"
    if skipped:
        return f"nothing to index in {names}: none of {len(skipped)} files could be read"
    return f"nothing to index in {names}: no files there"


def _change(old: Article | None, new: Article) -> str:
    if old is None:
        return "added"
    return "unchanged" if old == new else "changed"


def write_index(
    articles: Sequence[Article],
    folder: Path,
    encoder: Encoder,
    old: LocalIndex | None = None,
    roots: Sequence[str] = (),
) -> dict[str, int]:
    """Write a generation of these articles, reusing the vectors of `old`; counts for the BuildReport.

    The caller holds the folder's lock. Raises QAError where no article has a sentence.
    """
    limit = encoder.files.max_tokens
    chunks = [c for n, a in enumerate(articles) for c in cut_article(n, a, encoder.count_tokens, limit)]
    if not chunks:
        raise QAError("nothing to index: no sentence in any article")
    texts = list(_embedded_texts(articles, chunks))
    keys = np.array([_key(t) for t in texts])
    vectors, encoded = _vectors(texts, keys, encoder, old)
    kept = vectors.astype(np.float16)  # FAISS gets the same numbers whether a vector is new or reused

    def fill(generation: Path) -> dict[str, Any]:
        _write_articles(articles, generation)
        _write_chunks(chunks, generation)
        _write_words(articles, chunks, generation)
        np.save(generation / "keys.npy", keys)
        np.save(generation / "vectors.npy", kept)
        save_vector_index(build_vector_index(kept.astype(np.float32)), generation / "vectors.faiss")
        return {
            "segmenter": SEGMENTER,
            "tokenizer": TOKENIZER,
            "chunking": CHUNKING,
            "model": describe(encoder.files),
            "roots": list(roots),
            "counts": {"articles": len(articles), "chunks": len(chunks), "vectors": len(vectors)},
        }

    store.write_generation(folder, fill)
    return {"chunks": len(chunks), "encoded": encoded, "reused": len(texts) - encoded}


def _embedded_texts(articles: Sequence[Article], chunks: Iterable[Chunk]) -> Iterable[str]:
    """What is embedded, in the order of the vectors: each chunk under its title and date, then its sentences."""
    for chunk in chunks:
        article = articles[chunk.article]
        yield f"{header(article)}. {body(article, chunk)}".removeprefix(". ")
        for sentence in chunk.sentences:
            if sentence.kind == "prose":
                yield article.text[sentence.start : sentence.end]


def _key(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(hashlib.sha256(text.encode()).digest()[:_KEY_BYTES], np.uint8)


def _vectors(
    texts: Sequence[str], keys: npt.NDArray[np.uint8], encoder: Encoder, old: LocalIndex | None
) -> tuple[npt.NDArray[np.float32], int]:
    """Vectors of all texts, float32 [n, dim], those of the old index reused; and how many were computed."""
    have: Mapping[bytes, int] = {}
    if old is not None and old.manifest["model"] == describe(encoder.files):
        have = {key.tobytes(): row for row, key in enumerate(old.vector_keys)}
    vectors = np.empty((len(texts), encoder.files.dim), np.float32)
    missing: dict[bytes, list[int]] = {}
    for i, key in enumerate(keys):
        row = have.get(key.tobytes())
        if row is None:
            missing.setdefault(key.tobytes(), []).append(i)
        elif old is not None:
            vectors[i] = old.vectors[row]
    firsts = [rows[0] for rows in missing.values()]
    if firsts:
        fresh = _encode([texts[i] for i in firsts], encoder)
        for rows, vector in zip(missing.values(), fresh, strict=True):
            vectors[rows] = vector
    return vectors, len(firsts)


def _encode(texts: Sequence[str], encoder: Encoder) -> npt.NDArray[np.float32]:
    if len(texts) < _PROGRESS_FROM or not sys.stderr.isatty():
        return encoder.encode(texts)
    from tqdm import tqdm

    with tqdm(total=len(texts), desc="embedding", unit=" texts", file=sys.stderr, leave=False) as bar:
        return encoder.encode(texts, progress=bar.update)


def _write_articles(articles: Sequence[Article], generation: Path) -> None:
    """`texts.bin`: all texts as UTF-8, one behind the other; `articles.json`: what is known of each, and where."""
    rows = []
    with (generation / "texts.bin").open("wb") as file:
        for article in articles:
            data = article.text.encode()
            fields = asdict(article) | {"words": len(article.text.split())}
            del fields["text"]
            place = {"offset": file.tell(), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            rows.append(fields | place)
            file.write(data)
    # ASCII, so that a file name that is no valid text can be kept
    (generation / "articles.json").write_text(json.dumps(rows), encoding="ascii")


_KINDS = {"prose": 0, "heading": 1}


def _write_chunks(chunks: Sequence[Chunk], generation: Path) -> None:
    """`chunks.npy`: article, first sentence, first vector; `sentences.npy`: start, end, kind, paragraph."""
    rows: list[tuple[int, int, int]] = []
    sentences: list[tuple[int, int, int, int]] = []
    vector = 0
    for chunk in chunks:
        rows.append((chunk.article, len(sentences), vector))
        sentences += [(s.start, s.end, _KINDS[s.kind], s.paragraph) for s in chunk.sentences]
        vector += 1 + sum(s.kind == "prose" for s in chunk.sentences)
    rows.append((len(chunks), len(sentences), vector))  # where the next would begin
    np.save(generation / "chunks.npy", np.array(rows, np.int64))
    np.save(generation / "sentences.npy", np.array(sentences, np.int64))


def _write_words(articles: Sequence[Article], chunks: Sequence[Chunk], generation: Path) -> None:
    """Postings of the chunks' terms, titles included, and the plain words that spelling is mended from."""
    bodies = [f"{articles[c.article].title} {body(articles[c.article], c)}" for c in chunks]
    postings = collect_postings(tokenize(b) for b in bodies)
    for name in ("starts", "docs", "freqs", "lengths"):
        np.save(generation / f"bm25_{name}.npy", getattr(postings, name))
    (generation / "terms.json").write_text(json.dumps(postings.terms, ensure_ascii=False), encoding="utf-8")
    words = sorted({w for b in bodies for w in words_of(b) if w.isalpha() and len(w) > 3})
    (generation / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


def _say(message: str) -> None:
    sys.stderr.write(message)
    sys.stderr.flush()
