"""What a sentence says that something is: a predicate, an apposition, a title or a written-out acronym."""

import re

from qa.language.capitals import Token, is_no_name, tokens_of
from qa.language.gazetteer import FUNCTION_WORDS, NOT_NAMES, OFFICES
from qa.language.kinds import holder_asked
from qa.language.spans import Span

_ASKING = (
    r"(?i)^\W*(?:(?:who|what)(?:['’]?s|\s(?:is|was|are|were|does|do))|define|tell\sme\sabout)\s(?:(?:an?|the)\s)?"
    r"|\s(?:stand\sfor|short\sfor|mean|refer\sto)\W*$|[\s?!.]+$"
)
_OFFICE = rf"(?:{'|'.join(sorted(OFFICES))})\b"
_IS = re.compile(
    r"(?:\s\([^()]{1,60}\)|,[^,.;:!?\n]{1,80},)?\s(?:(?:(?:is|was|are|were|became|becomes|remains|remained)\s"
    rf"(?=(?:an?|the|one|[\w-]+['’]s)\s|{_OFFICE})|(?:has|had)\sbeen\s(?=(?:an?|the)\s|{_OFFICE}))"
    r"|(?:serve[sd]|work(?:s|ed))\sas\s|(?:means|stands\sfor)\s)"
)
_APPOSITION = re.compile(
    r",\s(?:\d\d,\s)?(?:(?:who|which)\s(?:is\s|was\s)?)?((?:[^,.;:!?\n]|\.(?=\d)){3,160})([,.;]|$)"
)
_RUNS = frozenset("heads leads runs chairs headed led chaired ran directs oversees".split())
_VERBS = re.compile(r"\w+(?:ed|ing|ly)|met|saw|made|let|put|left|sent|held|chose|gave|when")
# "the chief negotiator for the company, Anna Berg": an office soon after an article, a comma before the name
_DESCRIBED = re.compile(
    rf"(?i)\b(?:the|an?|its|their)\s((?:(?!(?:the|an?|of|for)\s)[\w'’-]+\s){{0,3}}{_OFFICE}[^,.;:!?\n]{{0,100}}),\s$"
)
_CLAUSE_END = r"(?<![A-Z])[.;:!?](?!\d)|,\s(?:and|but|while|which|who|where|said|says|according)\b|\s[–—-]\s|\n|$"


def definition_in(name: str, text: str) -> Span | None:
    """Find where `text`, a sentence, says what `name` is; of a person's name the last word suffices."""
    mentions = _mentions(holder_asked(name) or re.sub(_ASKING, "", re.sub(_ASKING, "", name)), text)
    for finder in (_predicate, _apposition, _title_before, _expansion):
        for start, end in mentions:
            span = finder(text, start, end)
            if span and text[span[0] : span[1]].strip():
                return span
    return None


def _mentions(name: str, text: str) -> list[Span]:
    words = re.findall(r"\w+(?:['’.-]\w+)*", name)
    for tried in (words, words[-1:] if len(words) < 4 else []):
        pattern = r"\W{1,2}".join(map(re.escape, tried))
        found = [m.span() for m in re.finditer(rf"(?i)(?<!\w){pattern}(?!\w)", text)] if tried else []
        if found:
            return found[:20]
    return []


def _predicate(text: str, _start: int, end: int) -> Span | None:
    verb = _IS.match(text, end)
    stop = re.compile(_CLAUSE_END).search(text, verb.end()) if verb else None
    return (verb.end(), stop.start()) if verb and stop else None


def _apposition(text: str, _start: int, end: int) -> Span | None:
    found = _APPOSITION.match(text, end)
    if not found:
        return None
    words = found[1].lower().split()
    role = (found[1][0].islower() or words[0].endswith(("'s", "’s"))) and any(word in OFFICES for word in words[:6])
    named = words[0] in ("a", "an", "the", "one") or words[0].endswith(("'s", "’s")) or words[0] in _RUNS
    closed = found[2] == "," or role or words[0] in ("a", "an")
    return found.span(1) if closed and (role or named) else None


def _title_before(text: str, name: int, _end: int) -> Span | None:
    """Span of the office before a name: "Kremlin aide" Yuri Ushakov, "Secretary of State" Antony Blinken."""
    tokens, first = _before(text, name), name
    while tokens and tokens[-1].capital and not is_no_name(tokens[-1]):
        first = tokens.pop().start  # given names
    described = _DESCRIBED.search(text, max(0, first - 160), first)
    titled = tokens and re.fullmatch(r",?\s(?:[\w.'’-]+\s){0,3}", text[tokens[-1].end : name])
    title = _titles_before(text, tokens) if titled else None
    return min((found for found in (described and described.span(1), title) if found), default=None)


def _titles_before(text: str, tokens: list[Token]) -> Span | None:
    title: list[Token] = []
    while tokens and _is_titular(tokens[-1]) and (not title or _near(text, tokens[-1], title[0])):
        title.insert(0, tokens.pop())
    while title and not title[0].capital and title[0].low in FUNCTION_WORDS:
        title.pop(0)
    if not any(token.low in OFFICES for token in title):
        return None
    for _ in range(2):  # "presidential aide", "trade union leader"
        if tokens and _modifies(tokens[-1]) and title[0].word[0].islower() and _near(text, tokens[-1], title[0]):
            title.insert(0, tokens.pop())
    return title[0].start, title[-1].end


def _before(text: str, start: int) -> list[Token]:
    return [token for token in tokens_of(text) if start - 200 <= token.start and token.end <= start]


def _is_titular(token: Token) -> bool:
    joins = token.low in ("of", "for", "to", "on", "and", "the", "affairs")
    return joins or token.word[0].isupper() or token.low in OFFICES or token.low in NOT_NAMES


def _modifies(token: Token) -> bool:
    plain = token.word.islower() and len(token.word) > 2 and token.low not in FUNCTION_WORDS
    return plain and not _VERBS.fullmatch(token.low)


def _near(text: str, left: Token, right: Token) -> bool:
    return text[left.end : right.start] in (" ", "\u00a0", "'s ", "’s ")


def _expansion(text: str, start: int, end: int) -> Span | None:
    """Span of the words an acronym stands for: "North Atlantic Treaty Organization" (NATO)."""
    if text[max(0, start - 2) : start] != " (" or text[end : end + 1] != ")":
        return None
    initials = ""
    tokens = _before(text, start)
    for token in reversed(tokens):
        initials = token.low[0] * token.capital + initials
        if token.capital and initials == text[start:end].lower():
            return token.start, tokens[-1].end
    return None
