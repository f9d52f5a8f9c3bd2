"""What retrieval hands on: the passage, with its evidence."""

from dataclasses import dataclass

from index.articles import Article
from index.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage and how it bears on the question."""

    sentence: Sentence
    cosine: float  # of the sentence's and the question's vectors, -1 to 1; 0 for what is not prose
    coverage: float  # the share of the question's words in it, each word counted by its idf, 0 to 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk found for a question: `article.text[start:end]`, code points."""

    article: Article
    start: int
    end: int
    evidence: tuple[Evidence, ...]  # its sentences in order, noise left out
    score: float  # after fusion, 0 to 1; comparable within one search only
    bm25: float  # above what a chunk without a common word gets; 0 without one
    cosine: float  # of the better of chunk and best sentence
    coverage: float  # the share of the question's words in the chunk or its title, by idf
    followed: int | None = None  # where in the article the answer stands that a follow-up leans on, if in the chunk
    beside: bool = False  # in an article that holds such an answer
