"""Slips in a question's words, mended from the words that the articles use."""

import re
from collections.abc import Callable, Sequence

from index.tokens import STOPWORDS, fold

# What questions are made of besides the articles' words.
_QUESTION_WORDS = (
    "answer appear arrive become begin build called cause change city cost country date decide define described "
    "discuss end explain find first found founded happen happened held hours join know known kind last lasted "
    "leader length long made main many mean meeting minutes month name named number people person place position "
    "president reason released said say says speak spokesman start started stop take talk tell time title told "
    "took town want warn week when where which while whose without work world write year years"
).split()
_SHORTEST = 4  # letters; shorter words have too many neighbours among the articles' words
_SHORTEST_QUESTION_WORD = 3
_LONG = 7  # letters from which two slips are allowed


def mend(question: str, words: Sequence[str], is_right: Callable[[str], bool]) -> str:
    """The question with misspelt words replaced by their nearest of `words` (folded, as the articles use them).

    `is_right` says of a folded word that it needs no mending. A word without a near one stays as it is.
    """

    def replace(match: re.Match[str]) -> str:
        word = fold(match[0])
        if len(word) < _SHORTEST_QUESTION_WORD or not word.isalpha() or word in STOPWORDS or is_right(word):
            return match[0]
        near = _nearest(word, words)
        return _in_case_of(match[0], near) if near else match[0]

    return re.sub(r"[^\W\d_]+", replace, question)


def _in_case_of(typed: str, word: str) -> str:
    """A word with the capitals of what was typed: names are found by them."""
    return word.upper() if typed.isupper() else word.capitalize() if typed[0].isupper() else word


def _nearest(word: str, words: Sequence[str]) -> str | None:
    """The word at the smallest edit distance (swaps of neighbours count one), the first letter's being kept first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA, JaroWinkler

    allowed = 2 if len(word) >= _LONG else 1
    vocabularies = (_QUESTION_WORDS, words)
    found = [
        (distance, near[:1] != word[:1], JaroWinkler.distance(word, near), near)
        for vocabulary in vocabularies
        for near, distance, _ in process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=5)
        if len(near) >= _SHORTEST  # so that a word of three letters only ever gains one
    ]
    return min(found)[3] if found else None
