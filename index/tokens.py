"""The one word tokenizer of BM25: what an index was built with is what its questions are split with."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

TOKENIZER = "words 1, Snowball English"  # recorded in an index: another one does not fit its postings

# Function words. "us" is not among them: folded, it is also the country.
STOPWORDS = frozenset(
    """a about above after again all also am an and any are aren't as at be because been before being below
    between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each
    few for from further had hadn't has hasn't have haven't having he her here hers herself him himself his how
    i if in into is isn't it it's its itself just me more most my myself no nor not of off on once only or other
    our ours ourselves out over own same she should shouldn't so some such than that that's the their theirs them
    themselves then there these they this those through to too under until up very was wasn't we were weren't
    what what's when when's where where's which while who who's whom whose why will with won't would wouldn't you
    your yours yourself yourselves""".split()
)

_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|\w+")
_stem = Stemmer.Stemmer("english")


def fold(text: str) -> str:
    """Lower case, without accents, typographic apostrophes or the points of abbreviations ("U.S." is "us")."""
    text = text.replace("’", "'")
    plain = text if text.isascii() else _without_accents(text)
    return _ABBREVIATION.sub(lambda m: m[0].replace(".", ""), plain.casefold())


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The folded words and numbers of a text in order, function words included."""
    return _WORD.findall(fold(text))


def stems_of(words: list[str]) -> list[str]:
    """The Snowball stems of folded words, function words left out; possessives lose their 's."""
    content = [w.removesuffix("'s") for w in words if w not in STOPWORDS]
    return list(_stem.stemWords(content))


def tokenize(text: str) -> list[str]:
    """A text's terms, as BM25 counts them."""
    return list(_terms(text))


@lru_cache(8192)  # one question looks at the same sentences and words many times
def _terms(text: str) -> tuple[str, ...]:
    return tuple(stems_of(words_of(text)))
