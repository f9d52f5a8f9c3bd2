"""Indexes of other people's data, kept in a folder between runs."""

from collections.abc import Sequence
from pathlib import Path

from eval.squad import Paragraph
from index import DEFAULT_MODEL, Article, LocalIndex, QAError, has_index, open_index
from index.build import write_index
from index.encoder import Encoder


def open_or_build(articles: Sequence[Article], folder: Path) -> LocalIndex:
    """An index of the articles, built unless the folder has one. Raises QAError where there is nothing to index."""
    if not articles:
        raise QAError("there are no articles to index")
    if not has_index(folder):
        write_index(articles, folder, Encoder(DEFAULT_MODEL))
    return open_index(str(folder))


def index_paragraphs(paragraphs: Sequence[Paragraph], folder: Path) -> LocalIndex:
    """An index with each paragraph as an article of its own, its id the paragraph's number."""
    articles = [Article(str(n), "", None, None, None, str(n), p.text) for n, p in enumerate(paragraphs)]
    return open_or_build(articles, folder)
