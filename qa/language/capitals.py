"""Capitalised words: how they run together, and which of them are no names of people."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.language.gazetteer import (
    ABBREVIATED,
    ALSO_NAMES,
    FUNCTION_WORDS,
    NO_ACRONYMS,
    NO_PERSON,
    OFFICES,
    PARTICLES,
    PLACES,
    TITLES,
    ZONES,
)

_WORD = r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w\u0300-\u036f]*(?:['’&-][^\W_][\w\u0300-\u036f]*)*\.?"
_PLACE_STARTS = frozenset(name.split()[0] for name in PLACES)
_LONGEST_PLACE = 3  # words


@dataclass(frozen=True, slots=True)
class Token:
    """A word, without the period that ends a sentence and without 's."""

    start: int
    end: int
    word: str
    low: str
    capital: bool  # starts like a name: a capital that no function word explains
    owns: bool  # followed by 's


@lru_cache(1024)  # one sentence is searched for several kinds
def tokens_of(text: str) -> Sequence[Token]:
    """Return the words of `text`."""
    return [_token(m[0], m.start()) for m in re.finditer(_WORD, text)]


def _token(word: str, start: int) -> Token:
    stem = word.rstrip(".")
    if word.endswith(".") and "." not in stem and len(stem) > 1 and stem.lower() not in ABBREVIATED:
        word = stem
    bare = re.sub(r"['’][sS]$", "", word)
    low = bare.rstrip(".").lower()
    named = bare in ("US", "U.S.") or re.match(r"[a-z]{2,3}-[^\W\d_a-z]", bare)  # "us" is a function word
    capital = bool(named) or (bare[0].isupper() and low not in FUNCTION_WORDS)
    return Token(start, start + len(bare), bare, low, capital, len(bare) < len(word))


def adjoin(text: str, left: Token, right: Token) -> bool:
    """Tell whether nothing but a space, or a wrapped line, parts two words."""
    gap = text[left.end : right.start]
    return not left.owns and 0 < len(gap) < 3 and gap.isspace() and "\n\n" not in gap


def runs(text: str) -> Iterator[range]:
    """Yield the indices of neighbouring capitalised words; particles ("van der") join them."""
    tokens = tokens_of(text)
    i = 0
    while i < len(tokens):
        if not tokens[i].capital:
            i += 1
            continue
        end = i + 1
        while end < len(tokens) and adjoin(text, tokens[end - 1], tokens[end]):
            ahead = end
            while ahead < min(end + 2, len(tokens) - 1) and tokens[ahead].low in PARTICLES:
                ahead += 1
            if not tokens[ahead].capital or (ahead > end and not adjoin(text, tokens[ahead - 1], tokens[ahead])):
                break
            end = ahead + 1
        yield range(i, end)
        i = end


def known_places(tokens: Sequence[Token], run: range) -> list[range]:
    """Find the gazetteer's names in a run, the longest first; "Washington" after a given name is no place."""
    found: list[range] = []
    for i in run:
        if tokens[i].low not in _PLACE_STARTS or (found and i < found[-1].stop):
            continue
        for stop in range(min(i + _LONGEST_PLACE, run.stop), i, -1):
            if " ".join(t.low for t in tokens[i:stop]) in PLACES and _is_written_as_place(tokens[i].word):
                given = i > run.start and not is_no_name(tokens[i - 1])
                if not (given and tokens[i].low in ALSO_NAMES):
                    found.append(range(i, stop))
                break
    return found


def _is_written_as_place(word: str) -> bool:
    return len(word) > 2 or word.isupper()  # "DC", "Pa.", not "Pa"


def is_office(low: str) -> bool:
    """Tell whether a word, in lower case, is a title or a trade."""
    return low in OFFICES or low.removesuffix("s") in OFFICES or low in TITLES


def is_acronym(word: str) -> bool:
    """Tell whether a word is the acronym of a body: no place, month, zone or Roman numeral."""
    if not re.fullmatch(r"[A-Z][A-Z&]{1,6}", word) or re.fullmatch("[IVXLC]+", word) or word in ZONES:
        return False
    return word.lower() not in NO_ACRONYMS


def is_no_name(token: Token) -> bool:
    """Tell whether a capitalised word is no part of a person's name: an office, a body, a month, ..."""
    low = token.low
    adverb = re.fullmatch(r"\w{3,}(?:al|ous|ent|at|ed|et|ar|iv|ab|ing)ly", low)
    return is_office(low) or low in NO_PERSON or token.word in ZONES or is_acronym(token.word) or bool(adverb)
