"""What the turns before speak of: the people, groups, things and places that a pronoun may stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.asked import AUXILIARIES
from qa.language.kinds import Kind, kind_of
from qa.language.phrases import (
    head_of,
    is_calendar,
    is_nation,
    is_person_word,
    is_pronoun,
    noun_phrases,
    topics_of,
)
from qa.language.values import find_values

LONGEST_NAME = 60  # characters; a longer answer names nothing
_LOOK_BACK = 3  # turns
# Nouns that only a woman or only a man is called by.
_WOMAN = re.compile(r"(?:\w*woman|queen|princess|actress|lady|mother|wife|sister|daughter|widow)")
_MAN = re.compile(r"(?:(?!ger|hu|wo)\w*(?<!wo)man|king|prince|lord|father|husband|brother|son|widower)")
_INTRODUCED = re.compile(r"(?i)^who(?:'s|\sis|\swas)\s((?!the\s|an?\s)\w[\w'’.-]*(?:\s[\w'’.-]+){0,3}?)\W*$")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn that is over: what it was understood as, and what it got."""

    question: str  # stand-alone
    answer: str  # "" where nothing answered
    sentence: str  # in which the answer stands

    @property
    def names(self) -> str:
        """The answer where it names something; "" for a figure, a clause or nothing."""
        short = len(self.answer) <= LONGEST_NAME and bool(re.search(r"[A-Z]", self.answer))
        words = self.answer.lower().split()
        clause = words[:1] == ["to"] or any(w in AUXILIARIES or is_pronoun(w) for w in words)
        return self.answer if short and not clause and not is_calendar(self.answer) else ""


def people(past: Sequence[Exchange], pronoun: str = "") -> list[str]:
    """People spoken of, the likeliest first: the last answer where it is one, those asked about, older ones.

    "The spokeswoman" is no "he", and comes before every name as "she".
    """
    found: list[str] = []
    for exchange in past[: -_LOOK_BACK - 1 : -1]:
        named = _values("person", exchange.names)
        asked = [n for n in _values("person", exchange.question) if not is_nation(n)]
        introduced = _INTRODUCED.match(exchange.question)
        if introduced and not named:  # "who is ida holm": whoever is asked about has a name, however it is typed
            found += asked or [introduced[1]]
        if kind_of(exchange.question) in ("person", "definition"):
            found += named or [exchange.names]
        found += [n for n in named if " " in n]
        found += [*asked, *_called(exchange.question)]
    if pronoun.lower() in ("she", "her", "hers"):
        own, other = _WOMAN, _MAN
    elif pronoun:
        own, other = _MAN, _WOMAN
    else:
        return _once(found)
    left = (n for n in found if not other.fullmatch(head_of(n)))
    return _once(sorted(left, key=lambda n: not own.fullmatch(head_of(n))))


def _called(question: str) -> list[str]:
    """People whom a question calls by what they are: "the mayor of Oresk"."""
    return [p.words for p in noun_phrases(question) if is_person_word(head_of(p.words)) and not _is_plural(p.words)]


def groups(past: Sequence[Exchange]) -> list[str]:
    """Several people, or a body, spoken of: "the two presidents", "Putin and Biden", "the ministry"."""
    found: list[str] = []
    for exchange in past[: -_LOOK_BACK - 1 : -1]:
        several = exchange.names if re.search(r"\sand\s|,\s", exchange.names) else ""
        plural = [p.words for p in noun_phrases(exchange.question) if _is_plural(p.words)]
        pairs = [p.words for p in noun_phrases(exchange.sentence) if re.search(r"^[A-Z].*\sand\s[A-Z]", p.words)]
        found += [several, *plural, *pairs]
    last = past[-1]
    body = [] if _is_person(last.names) or any(map(is_person_word, last.names.split())) else [last.names]
    return _once([*found, *body, *(t for t in topics(past) if not _is_one(t))])


def things(past: Sequence[Exchange]) -> list[str]:
    """Things spoken of: what the last question was about, then its answer where that names one."""
    last = past[-1]
    about = [t for t in topics(past) if not _is_person(t) and not is_calendar(t)]
    if not about:  # "Where did Queen Margrethe open the bridge?"
        definite = [p.words for p in noun_phrases(last.question) if re.match(r"(?i)(?:the|his|her|its)\s", p.words)]
        about = [d for d in definite if not _is_one(d) and not is_calendar(d)]
    kind = kind_of(last.question)
    answer = [last.names] if last.names and kind not in ("person", "date") else []
    if answer and kind in ("clause", "organisation"):
        return _once([*answer, *_places_last(about)])
    return _once([*_places_last(about), *answer]) or topics(past)


def _is_plural(words: str) -> bool:
    return bool(re.search(r"[^s]s$|\sand\s", words))


def _is_person(words: str) -> bool:
    """Whether some words are a person's name; "the Harry S. Truman" is a ship."""
    return not words.lower().startswith("the ") and bool(_values("person", words))


def _is_one(words: str) -> bool:
    """Whether some words are one person, who is no "they"."""
    return _is_person(words) or (is_person_word(head_of(words)) and not _is_plural(words))


def topics(past: Sequence[Exchange]) -> list[str]:
    """What the last question was about; where it names nothing ("How long did it last?"), the one before."""
    return next((t for e in past[: -_LOOK_BACK - 1 : -1] if (t := topics_of(e.question))), [])


def _places_last(about: Sequence[str]) -> list[str]:
    """What is spoken of as "it" is seldom where it is."""
    return sorted(about, key=lambda t: [t.removeprefix("the ")] == _values("place", t.removeprefix("the ")))


def places(past: Sequence[Exchange]) -> list[str]:
    """Places spoken of, as "in Geneva": the last answer, those asked about, those in the sentence that answered."""
    last = past[-1]
    answer = [last.names] if last.names and kind_of(last.question) in ("place", "organisation", "clause") else []
    found = [*answer, *_values("place", last.question), *_values("place", last.sentence)]
    return _once([re.sub(r"(?i)^(?:in|at)\s", "", p) for p in found])


def _values(kind: Kind, text: str) -> list[str]:
    return [text[v.start : v.end] for v in find_values(kind, text)]


def _once(found: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(f for f in found if f))
