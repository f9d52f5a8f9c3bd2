"""Lines that leave out what the last question said: "where?", "since when?", "and Peskov?", "and her deputy?"."""

import re
from collections.abc import Sequence

from qa.conversation.antecedents import LONGEST_NAME, Exchange, people
from qa.conversation.pronouns import with_pronouns
from qa.conversation.questions import AUXILIARY, LEAD, PREPOSITION, Meaning, as_question, core, slot_for, spelt_out
from qa.language.asked import AUXILIARIES
from qa.language.phrases import is_person_word, is_pronoun, is_verb

_BARE = re.compile(
    rf"(?i)^(?:{PREPOSITION}\s)?(?:who|whom|when|where|why|how|what|which|whose)"
    r"(?:\s(?:long|many|much|often|far|old|big|large|high|soon))?(?P<after>(?:\s(?!for$|from$|with$|to$|then$)[\w-]+){0,3})"
    r"(?:\s(?:exactly|precisely|then|for|from|with|to))?$"
)
_ROLE = re.compile(r"(?i)^(?:for\s|with\s)?(?:his|her|their|its|the)\s((?:[\w-]+\s){0,2}[\w-]+)$")
_NOT = {"can": "can't", "will": "won't", "shall": "shan't"}


def is_bare(line: str) -> bool:
    """Whether a line is a question word with what belongs to it, and no clause: "since when", "in which building"."""
    found = _BARE.match(line)
    after = re.findall(r"\w+", found["after"] or "") if found else ()
    return bool(found) and not any(
        w in AUXILIARIES or is_pronoun(w) or (is_verb(w) and not w.endswith("ing")) for w in map(str.lower, after)
    )


def with_question_word(words: str, last: Exchange) -> str:
    """The last question with another question word: "Where" for "When" in "When will the council meet?"."""
    asked = core(last)
    words = "Why" if words.lower() == "what for" else words
    if lead := LEAD.match(asked):
        return f"{words} {asked[lead.end() :]}"
    if helped := re.match(rf"(?i)^({AUXILIARY})\s", asked):
        if words.lower() == "why not":
            not_so = _NOT.get(helped[1].lower(), f"{helped[1].lower()}n't")
            return f"Why {not_so}{asked[helped.end(1) :]}"
        return f"{words} {asked[:1].lower()}{asked[1:]}"
    if subject := re.match(r"(?i)^(?:who|(?:what|which)(?:\s\w+)?)\s(?=\w)", asked):
        who = last.answer if 0 < len(last.answer) <= LONGEST_NAME else "they"
        return f"{words} was it that {who} {asked[subject.end() :]}"
    return f"{words}: {asked}"


def with_fragment(words: str, past: Sequence[Exchange], *, joined: bool) -> list[str | Meaning]:
    """The last question with one of its parts replaced: "and Peskov?", "and for Moscow?", "the week before?".

    What neither fits in nor is `joined` by an "and" may be a new question in key words: "harbour bridge length".
    """
    asked = core(past[-1])
    words = spelt_out(re.sub(r"(?i)^on behalf of\s", "for ", words), asked)
    role = _ROLE.match(words)
    if role and is_person_word(role[1].split()[-1]):
        return _with_office(role, past)
    slot = slot_for(words, asked)
    bare = re.sub(rf"(?i)^{PREPOSITION}\s", "", words)
    if slot and re.fullmatch(r"(?i)(?:which|what)\s", asked[: slot[0]]):
        bare = re.sub(r"(?i)^the\s", "", bare)
    replaced = [asked[: slot[0]] + bare + asked[slot[1] :]] if slot else []
    added = f"{asked}, {next(iter(with_pronouns(words, past)), words)}"
    return [*replaced, added] if joined or re.match(rf"(?i){PREPOSITION}\s", words) else [words, *replaced]


def _with_office(role: re.Match[str], past: Sequence[Exchange]) -> list[str | Meaning]:
    """What "and her deputy?" means: who that is has to be asked first."""
    asked = core(past[-1])
    found: list[str | Meaning] = []
    for person in people(past)[:2]:
        if named := next((p for p in (person, person.split()[-1]) if p in asked), None):
            office = f"{person}'s {role[1]}"
            found += [Meaning(as_question(asked.replace(named, "{}", 1)), f"Who is {office}?")]
            found += [asked.replace(named, office, 1)]
    return found or [f"{asked}, {role[0]}"]
