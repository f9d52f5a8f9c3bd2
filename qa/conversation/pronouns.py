"""Pronouns of a line replaced by what they stand for."""

import re
from collections.abc import Sequence

from qa.conversation.antecedents import Exchange, groups, people, places, things
from qa.language.values import find_values

_PERSONAL = re.compile(r"(?i)\b(?:he|him|his|she|her|hers)\b")
_PLURAL = re.compile(r"(?i)\b(?:they|them|their|theirs|both|the two(?! \w+s\b)|those two)\b")
_THING = re.compile(r"(?i)\b(?:its?|that one|this one|those|these|the one)\b(?!\s(?:is|was|the|a|he|she|they)\b)")
_SAID = re.compile(
    r"(?i)\b(?:this|that)\b(?=\s*[?.,]|\s*$|\s(?:in|on|at|happen|mean|again|before)\b)"
)  # what was just said
_SAYING = re.compile(
    r"(?i)\b(?:say|said|saying|claim|claimed|report|reported|announce|announced)\s(?:it|that|this|so)\b\W*$"
)
ANYTHING = re.compile(r"(?i)\b(?:its?|he|him|she|her|they|them|this one|that one|this|that|those|these)\b")
_THERE = re.compile(r"(?i)\b(?:over\s|in\s)?there\b(?!\s(?:is|are|was|were|be|been|any|a|an)\b)")
_OBJECT_AFTER = re.compile(r"(?i)\s(?:to|in|on|at|about|for|with|from|and|as|by|last|before|after)\b|\s*[?.,]|\s*$")


def with_pronouns(line: str, past: Sequence[Exchange]) -> list[str]:
    """The line with its pronouns replaced, in up to two ways; empty where it has none."""
    found: list[str] = []
    asks_who = re.match(r"(?i)who\s(?:is|was)\s(?:it|that|this)\b", line)
    # "did Biden and Putin have their call" speaks of nobody else
    personal = _PERSONAL.search(line)
    persons = people(past, personal[0]) if personal else []
    own_person, own_pair = _names_before(_PERSONAL, line), " and " in _names_before(_PLURAL, line)
    spoken_of = [] if _SAYING.search(line) else [*people(past)[:1], *things(past)] if asks_who else things(past)
    for n in range(2):
        text = replaced_by(_PERSONAL, line, [] if own_person else persons, n)
        text = replaced_by(_PLURAL, text, [] if own_pair else groups(past), n)
        text = replaced_by(_THERE, text, [f"in {p}" for p in places(past)], n)
        found.append(replaced_by(_THING, text, spoken_of, n))
    said = not _SAYING.search(line) and _SAID.search(line)
    if said:
        found = [replaced_by(_SAID, text, spoken_of, 0) for text in found]
    return [text for text in dict.fromkeys(found) if text != line]


def _names_before(pronoun: re.Pattern[str], line: str) -> str:
    """The names of people before the first such pronoun, as the line has them; "" where there is none."""
    m = pronoun.search(line)
    people_named = find_values("person", line[: m.start()]) if m else ()
    return line[people_named[0].start : people_named[-1].end] if people_named else ""


def replaced_by(pronoun: re.Pattern[str], line: str, names: Sequence[str], n: int) -> str:
    """The first such pronoun replaced by the n-th name, or the last; by its possessive where it is one."""
    m = pronoun.search(line)
    if m is None or not names:
        return line
    name = names[min(n, len(names) - 1)]
    own = m[0].lower() in ("his", "hers", "their", "theirs", "its") or (
        m[0].lower() == "her" and not _OBJECT_AFTER.match(line, m.end())
    )
    return line[: m.start()] + (f"{name}'s" if own else name) + line[m.end() :]
