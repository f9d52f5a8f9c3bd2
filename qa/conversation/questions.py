"""What follow-ups are made of: stand-alone questions, their parts, and what may stand in a part's place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.conversation.antecedents import Exchange
from qa.conversation.history import parted
from qa.language.asked import AUXILIARIES
from qa.language.phrases import head_of, is_calendar, is_nation, noun_phrases
from qa.language.values import find_values

PREPOSITION = (
    r"(?:according to|in|on|at|to|from|with|for|of|by|about|since|until|till|over|against|under|after|before|during)"
)
WH = rf"(?:{PREPOSITION}\s)?(?:who|whom|whose|what|which|when|where|why|how)"
AUXILIARY = "|".join(sorted(map(re.escape, AUXILIARIES), key=len, reverse=True))
LEAD = re.compile(  # the question word of a question and what belongs to it, before its auxiliary
    rf"(?i)^(?:{PREPOSITION}\s)?(?:who(?:m|se)?|what|which|when|where|why|how)\b"
    rf"(?:\s(?!(?:{AUXILIARY})\s)[\w'’-]+){{0,6}}?\s(?=(?:{AUXILIARY})\s)"
)
_PAIR = re.compile(r"\b[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*)*\sand\s(?:the\s)?[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*)*")
_MEASURE = re.compile(r"(?i)^how\s[\w-]+$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a line may mean: a stand-alone question. With `first`, that is asked first and its answer put for "{}"."""

    question: str
    first: str | None = None


def core(exchange: Exchange) -> str:
    """What was asked, without what stands behind it in brackets."""
    return parted(exchange.question)[0]


def as_question(question: str) -> str:
    """A question with a capital and a question mark."""
    question = question.strip(" ,;:–—-")
    mark = "" if question.endswith(("?", "!", ".", "”")) or "? (" in question else "?"
    return question[:1].upper() + question[1:] + mark if question else ""


def slot_for(words: str, asked: str) -> tuple[int, int] | None:
    """Where in a question stands what some words may stand for: a person for a person, a day for a day, ..."""
    preposition = re.match(rf"(?i)^({PREPOSITION})\s", words)
    bare = words[preposition.end() :] if preposition else words
    counted = re.match(r"(?i)^how\s(?:many|much)\s((?:[\w-]+\s)*?[\w-]+s)\b", asked)
    if counted and re.fullmatch(r"(?:[a-z-]+\s)?[a-z-]+s", bare) and not is_calendar(bare):
        return counted.span(1)
    if pair := _PAIR.search(asked) if " and " in bare else None:
        return pair.span()
    phrases = [(p.start, p.end) for p in noun_phrases(asked) if p.start]
    if alike := _with_another_place(bare, asked, phrases):
        return alike
    if preposition:  # "and for Moscow?" of "... for Kyiv"
        same = [p for p in phrases if asked[: p[0]].lower().endswith(f" {preposition[1].lower()} ")]
        same = [p for p in same if is_calendar(asked[slice(*p)]) == is_calendar(bare)]
        if same:
            return same[-1]
    if is_calendar(bare):
        return next(((v.start, v.end) for v in reversed(find_values("date", asked))), None)
    named = [p for p in phrases if re.search(r"[A-Z]", asked[slice(*p)])]
    persons = [(v.start, v.end) for v in find_values("person", asked) if v.start]
    if is_nation(bare):
        nations = [p for p in phrases if is_nation(asked[slice(*p)])]
        return next(iter(nations or [(v.start, v.end) for v in find_values("place", asked)] or persons), None)
    if re.search(r"[A-Z]", bare) or " " not in bare:
        return next(iter(persons or named), None)
    same_head = [p for p in reversed(phrases) if head_of(asked[slice(*p)]) == head_of(bare)]
    lead = LEAD.match(asked)
    subject = [p for p in phrases if lead and p[0] >= lead.end() and re.match(r"(?i)(?:the|a|an)\s", bare)]
    return next(iter(same_head or subject), None)


def _with_another_place(bare: str, asked: str, phrases: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Where "the round in Vienna" has its like: "the first round in Brussels", its place and all."""
    hangs = re.match(rf"(?i)^(?:the|an?)\s[^,]+?\s({PREPOSITION})\s", bare)
    for start, end in phrases if hangs else ():
        if hangs and head_of(asked[start:end]) == head_of(bare):
            more = re.match(rf"(?i)\s{hangs[1]}\s(?:the\s)?[\w'’-]+", asked[end:])
            return start, end + (more.end() if more else 0)
    return None


def spelt_out(meant: str, asked: str) -> str:
    """What "the 2018 one" is one of, taken from the last question: "the 2018 summit"."""
    if not re.search(r"(?i)\bones?\b(?!-)", meant):
        return meant
    phrases = [p for p in noun_phrases(asked) if not is_calendar(p.words) and not _MEASURE.match(asked[: p.end])]
    common = [p.words for p in phrases if re.search(r"(?:^|\s)[a-z][\w'’-]*$", p.words.split(" of ")[0])]
    kinds = [p.words for p in phrases if re.fullmatch(r"(?i)(?:which|what)\s", asked[: p.start])]
    definite = [w for w in reversed(common) if re.match(r"(?i)(?:the|an?|this|that|his|her|its|their)\s", w)]
    nouns = [*kinds, *definite, *reversed(common)]
    return re.sub(r"(?i)\bone(s?)\b(?!-)", rf"{head_of(nouns[0])}\1", meant, count=1) if nouns else meant
