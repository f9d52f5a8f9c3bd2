"""The face of retrieval: articles in, passages out. Nothing here knows of answers or terminals."""

from index.articles import Article, Skipped, home_spelt_out
from index.build import BuildReport, build_index
from index.errors import DamagedIndexError, QAError
from index.export import DEFAULT_MODEL
from index.local import LocalIndex, open_local
from index.onnx import cache_folder, open_session, open_tokenizer, reader_files
from index.passages import Evidence, Passage
from index.sentences import Sentence
from index.store import has_index
from index.tokens import tokenize

__all__ = [
    "DEFAULT_MODEL",
    "Article",
    "BuildReport",
    "DamagedIndexError",
    "Evidence",
    "LocalIndex",
    "Passage",
    "QAError",
    "Sentence",
    "Skipped",
    "build_index",
    "cache_folder",
    "has_index",
    "home_spelt_out",
    "open_index",
    "open_session",
    "open_tokenizer",
    "reader_files",
    "tokenize",
]


def open_index(location: str) -> LocalIndex:
    """Open an index by its folder. Raises QAError where there is none or it cannot be used."""
    if "://" in location:
        raise QAError(f"{location}: this version of qa opens index folders only")
    return open_local(home_spelt_out(location).absolute())
