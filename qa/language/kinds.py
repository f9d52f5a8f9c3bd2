"""What sort of answer a question asks for: a date, a name, a place, ... told from its wording alone."""

import re
from functools import cache
from typing import Literal

from qa.language.asked import (
    AUXILIARIES,
    OPENING,
    PREPOSITIONS,
    QUESTION_WORDS,
    asked_words,
    plain,
    what_is_asked,
    words_in,
)
from qa.language.gazetteer import MONTHS, OFFICES, WEEKDAYS

Kind = Literal[
    "date", "time", "duration", "number", "money", "percent",
    "place", "person", "organisation", "definition", "yesno", "clause",
]  # fmt: skip


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NOUNS: dict[Kind, str] = {
    "date": "date day year month week weekday weekend decade century season era period deadline birthday",
    "time": "time hour",
    "duration": "duration length lifespan",
    "number": "number population size height distance speed weight age temperature depth width altitude"
    " magnitude score total amount quantity rate count toll turnout",
    "money": "money price cost budget fee salary wage revenue worth debt profit",
    "percent": "percentage percent share proportion fraction",
    "place": "city country place town village continent region location venue capital province district"
    " island county airport nation state river sea ocean suburb birthplace",
    "person": "man woman person guy husband wife mother father daughter son brother sister",
    "organisation": "company organisation organization agency alliance body party ministry department bank"
    " university institution team firm newspaper outlet union committee council government parliament club"
    " association bloc corporation airline publication broadcaster network",
}
_MEASURES = _set("date time duration number money percent")
_SITES = _set("place location venue capital birthplace")  # "what was the venue" asks for a place, not a meaning
_STOP = AUXILIARIES | PREPOSITIONS | _set("the a an that who which where when and or he she it they we you his")
# After "what is the ...", these ask what the text says about something, not what the thing is.
_RELATIONAL = _set(
    "main first last next only best worst new biggest largest latest key reason reasons purpose goal aim result"
    " outcome topic topics subject theme tone mood message warning position response reaction difference cause"
    " effect role title agenda name names plan point issue problem concern demand decision agreement idea wrong"
    " it this that there happening going missing coming being most said known meant made done told given held"
    " left sent set born seen taken written built found more other two three some example examples"
)

_TIME_UNITS = r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|decades?|centuries)\b"
_THINGS_WITH_LENGTH = (
    r"\b(?:bridges?|rivers?|roads?|walls?|tunnels?|pipelines?|borders?|streets?|coast(?:line)?s?|railways?"
    r"|trains?|ships?|runways?|fences?|beach(?:es)?|canals?|cables?|wings?|aircraft|boats?|tracks?|ropes?"
    r"|snakes?|motorways?|highways?|trails?|vessels?|tails?|necks?|noses?|hair"
    r"|in (?:met(?:re|er)s|feet|foot|miles|km|kilomet(?:re|er)s))\b"
)
_COSTS = (
    r"\b(?:money|cash|costs?|pay|paid|spend|spent|worth|price[ds]?|earn(?:ed|s)?|charge[ds]?|owe[ds]?"
    r"|invest(?:ed)?)\b"
)


_BY_WORD: dict[str, Kind] = {"when": "date", "where": "place", "whom": "person", "whose": "person", "why": "clause"}
_WHAT_PATTERNS: tuple[tuple[str, Kind], ...] = (
    (r"time ?zone\b", "clause"),
    (r"time (?:of year|period|frame)|timeframe", "date"),
    (r"(?:do|does) .* (?:mean|stand for|refer to)$|(?:is|was) the (?:meaning|definition) of ", "definition"),
    (rf"(?:is|was) .*\blength\b.*{_THINGS_WITH_LENGTH}", "number"),
    (r"(?:is|was) the (?:\w+ )?time (?:limit|period|span)\b", "duration"),
    (r"(?:do|does|did|will|would) .* cost$", "money"),
)
_HOW_PATTERNS: tuple[tuple[str, Kind], ...] = (
    (rf"many (?:(?:more|full|extra|calendar|working) )?{_TIME_UNITS}(?!.* old)", "duration"),
    (rf"expensive\b|(?:much|many)\b.*{_COSTS}", "money"),
    (r"(?:long ago|soon|recently)\b", "date"),
    (rf"long\b.*{_THINGS_WITH_LENGTH}", "number"),
    (r"long\b|much (?:longer|time)\b", "duration"),
    (r"(?:much|many) (?:percent|per cent)", "percent"),
    (r"(?:many|much|far|old|tall|big|large|high|deep|wide|fast|heavy|hot|cold|thick|small)\b", "number"),
)


_DAY = (
    rf"(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)|(?:{'|'.join(MONTHS)})(?:\s\d{{1,2}})?"
    rf"|\d{{1,2}}\s[a-z]+|(?:{'|'.join(WEEKDAYS)}))"
)
# "Do they start on the 9th or the 10th?" does not want a yes.
_CHOICES: tuple[tuple[str, Kind], ...] = (
    (rf"(?i).*\b{_DAY}\sor\s(?:on\s)?{_DAY}\b", "date"),
    (r".*\b(?:in|at)\s[A-Z]\w+(?:\s[A-Z]\w+)?,?\sor\s(?:in\s|at\s)?[A-Z]\w+\b", "place"),
    (r"(?i).*\b\d[\d.,]*\sor\s\d[\d.,]*\s(?:minutes|hours|days|weeks|months|years)\b", "duration"),
    (r"(?i).*\b\d[\d.,]*\sor\s\d[\d.,]*\b", "number"),
)


_POST = r"(?:job(?:\stitle)?|position|post|title|occupation|profession|office|rank)"
_HELD = re.compile(
    rf"(?i)^(?:(?:what|which)\s(?:(?:is|was)\s)?(?:the\s)?(?:\w+\s)?)?(?:{_POST}|role)\s"
    r"(?:of|(?:does|did)(?=.*\s(?:hold|held|have|occupy)))\s(?P<of>.+?)(?:\s(?:hold|held|have|occupy))?$"
    rf"|^(?:(?:what|which)\s(?:is|was)\s)?(?P<whose>.+?)(?:'s)?\s(?:{_POST}|role)$"
)


def holder_asked(question: str) -> str | None:
    """Return the name in "what post does NAME hold", "NAME's position", "NAME job title"; None elsewhere."""
    held = _HELD.match(plain(question))
    name = (held["of"] or held["whose"]) if held else ""
    words = name.lower().split()
    sound = 0 < len(words) < 5 and words[0] not in ("the", "a", "an", "this") and not QUESTION_WORDS & set(words)
    return name if sound else None


def kind_of(question: str) -> Kind:
    """Tell the kind of answer that `question` asks for; `clause` when nothing narrower is sure.

    Takes sentences, lower-case questions without a question mark, keyword queries ("call length") and the
    usual typing slips. The question word may stand anywhere ("After the call, when will ..."). A line of a conversation
    without one wants what the question before it does.
    """
    asked = plain(what_is_asked(question))
    if holder_asked(question) or re.search(r"\bshort for$", asked):
        return "definition"
    text = re.sub(OPENING, "", asked, flags=re.IGNORECASE) or asked
    words = asked_words(text)
    first = words[0].lower() if words else ""
    rest = words[1:]
    if first in _BY_WORD:
        return _BY_WORD[first]
    if first == "who":
        return _who(rest)
    if first in ("what", "which"):
        return _what(rest)
    if first == "how":
        return _matched(_HOW_PATTERNS, " ".join(rest).lower()) or "clause"
    if first in AUXILIARIES and rest:
        return _matched(_CHOICES, text) or "yesno"
    return _keywords(text)


@cache
def _noun_kinds() -> dict[str, Kind]:
    kinds: dict[str, Kind] = dict.fromkeys(OFFICES, "person")
    for kind, nouns in _NOUNS.items():
        kinds |= dict.fromkeys(nouns.split(), kind)
    return kinds


def _kind_of_noun(word: str) -> Kind | None:
    kinds = _noun_kinds()
    forms = (word, word.removesuffix("s"), re.sub("ies$", "y", word), re.sub("men$", "man", word))
    return next((kinds[form] for form in forms if form in kinds), None)


def _who(rest: list[str]) -> Kind:
    """Tell "who is NAME", which wants a definition, from everything else that "who" asks."""
    lower = [word.lower() for word in rest]
    if len(rest) < 2 or len(rest) > 5 or lower[0] not in ("is", "was", "are", "were"):
        return "person"
    if lower[1] == "the":  # "who are the Houthis", but "who is the spokesman"
        return "definition" if lower[0] in ("are", "were") and rest[-1][0].isupper() else "person"
    if any(word in _STOP or _kind_of_noun(word) == "person" for word in lower[1:]):
        return "person"
    doing = re.match(r"(?:\w*[^aem](?:ing|ed)|else|responsible|involved|present|right|next|in charge)$", lower[1])
    return "person" if doing or lower[1] in _RELATIONAL else "definition"


def _what(rest: list[str]) -> Kind:
    """Tell the kind of "what ..." or "which ...", from the words after it."""
    line = " ".join(rest).lower()
    known = _matched(_WHAT_PATTERNS, line)
    if known:
        return known
    be, phrase = line.split(" ")[0], rest[1:]
    if not phrase or be not in ("is", "was", "are", "were"):
        return _which(line.split()) or "clause"
    attribute = _attribute([word.lower() for word in phrase])
    return attribute or ("definition" if _is_thing(phrase, plural=be in ("are", "were")) else "clause")


def _which(words: list[str]) -> Kind | None:
    """Tell the kind that the noun phrase after "which" names: "senior Russian official" is a person."""
    found: Kind | None = None
    for word in words[:5]:
        kind = None if word in _STOP else _kind_of_noun(word)
        if kind in _MEASURES and found is None:
            return kind
        if word in _STOP or (found and not kind):
            break
        found = kind or found
    return found


def _attribute(lower: list[str]) -> Kind | None:
    """Tell the kind of "the date of the talks", "Russia's budget"; None for "the State Department"."""
    start = 1 if lower[:1] and lower[0] in ("the", "its", "his", "her", "their") else 0
    end = next((i for i in range(start, len(lower)) if lower[i] in _STOP), len(lower))
    nouns, tail = lower[start:end], lower[end:]
    if not nouns or (start == 0 and not any("'" in word for word in nouns)):
        return None  # "what is time" asks what time is
    if nouns[-1] == "name":
        owner = nouns[-2].removesuffix("'s") if len(nouns) > 1 else _last_noun(tail[1:])
        return _kind_of_noun(owner)
    kinds = [_kind_of_noun(word) for word in nouns]
    measure = next((kind for kind in kinds if kind in _MEASURES), None)
    narrowed = any(word.endswith("est") or word in ("most", "first", "only", "main") for word in nouns)
    held = nouns[-1] in _SITES or (kinds[-1] == "person" and tail[:1] == ["of"])
    return measure or (kinds[-1] if narrowed or held else None)


def _last_noun(lower: list[str]) -> str:
    """Return the word that the noun phrase at the head of `lower` ends in."""
    words = lower[1:] if lower[:1] in (["the"], ["a"], ["an"]) else lower
    end = next((i for i, word in enumerate(words) if word in _STOP), len(words))
    return words[end - 1] if end else ""


def _is_thing(phrase: list[str], *, plural: bool) -> bool:
    """Tell whether PHRASE names a thing to define: a short noun phrase with no verb or complement."""
    article = bool(phrase) and phrase[0].lower() in ("a", "an", "the")
    words = phrase[1:] if article else phrase
    lower = [word.lower() for word in words]
    if not words or any(word in _RELATIONAL or word.endswith(("'s", "est")) for word in lower):
        return False
    if lower[-1] in PREPOSITIONS or any(re.search(r"[^e]ed$", word) for word in lower[1:]):
        return False  # "what is Sao Paulo called", "what is it good for"
    if words[0][0].isupper():
        return not any(word in AUXILIARIES for word in lower)
    if len(words) > 4 or any(word in _STOP for word in lower) or (plural and phrase[0].lower() == "the"):
        return False
    gerund = lower[-1].endswith("ing") and len(words) > 1 and article
    return not gerund and not re.search(r"[^e]ed$", lower[-1])


def _matched(patterns: tuple[tuple[str, Kind], ...], line: str) -> Kind | None:
    return next((kind for pattern, kind in patterns if re.match(pattern, line)), None)


def _keywords(text: str) -> Kind:
    """Tell the kind of words without a question word: "geneva talks date", "number of troops"."""
    line = " ".join(words_in(text)).lower()
    if re.match(r"(?:if|whether) ", line):
        return "yesno"
    if re.match(r"(?:define|about|(?:the )?(?:definition|meaning) of) |.* (?:definition|meaning)$", line):
        return "definition"
    words = line.removeprefix("the ").split()
    if len(words) < 2:
        return "clause"
    leading = _kind_of_noun(words[0])
    if leading and (leading in _MEASURES or words[1] == "of"):
        return leading
    return _kind_of_noun(words[-2 if words[-1] == "name" else -1]) or "clause"
