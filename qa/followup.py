"""A line of a conversation to the stand-alone questions that it may mean, by rules; the most likely first.

Which of them is meant shows when they are answered: `qa.conversation` asks them and keeps the one that the articles
answer best. So the rules need not decide whether "he" is the man asked about or the man of the answer.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.antecedents import LONGEST_NAME, Exchange, groups, people, places, things, topics
from qa.language.kinds import AUXILIARIES
from qa.language.phrases import (
    head_of,
    is_calendar,
    is_nation,
    is_person_word,
    is_pronoun,
    is_verb,
    noun_phrases,
)
from qa.language.values import find_values

MOST = 3  # meanings of a line that are asked
_CONTEXT = 60  # characters of a topic carried over

_PREPOSITION = (
    r"(?:according to|in|on|at|to|from|with|for|of|by|about|since|until|till|over|against|under|after|before|during)"
)
_WH = rf"(?:{_PREPOSITION}\s)?(?:who|whom|whose|what|which|when|where|why|how)"
_AUXILIARY = "|".join(sorted(map(re.escape, AUXILIARIES), key=len, reverse=True))
_NEW = re.compile(
    r"(?i)^(?:(?:and|ok|okay|now)[, ]+)?(?:something (?:else|different)|(?:a )?(?:different|another|new|other)"
    r" (?:thing|question|topic|subject|matter)|by the way|btw|changing the subject|on another note|unrelated)\b"
    r"[\s:,.–—-]*"
)
_CORRECTED = re.compile(
    r"(?i)^(?:(?:no|nope|nah|sorry|oops|wait|hmm|actually|hang on)\b[\s,.–—-]*)*"
    r"(?:i (?:meant?|was asking about|am asking about)|i'm asking about|make that|rather)\b[\s,:]*(?:about\s)?"
    r"|^(?:no|nope|sorry|wait|actually)\b[\s,.–—-]+(?:(?:no|sorry|wait)\b[\s,.–—-]+)*"
    r"(?=(?:the|in|on|at|for|not|what|how)\b)"
)
_WHO_SAID = re.compile(
    r"(?i)^(?:(?:and|but|so|ok)\s)?(?:who (?:is|was) (?:it that )?(?:saying|claiming|the source)"
    r"|(?:who|which (?:official|source|side|paper|article))\s(?:exactly\s)?(?:says?|said|reported|reports|claims?"
    r"|claimed|told|stated|announced|wrote|confirmed|is saying)|according to whom?|says who|who(?:'s| is) the source"
    r"|where (?:does|did) (?:that|it|this) come from)(?:\s(?:that|so|this|it|them|us|for that|of that))?"
    r"(?:\s(?:exactly|then|again))?\W*$"
)
_MORE = re.compile(
    r"(?i)^(?:(?:and|ok|please)\s)?(?:(?:can you |could you |please )*(?:tell|give|show) me (?:some |any |a bit )?more"
    r"(?: (?:about|on) (?:it|that|this|them))?|more(?: details?)?(?: please)?|go on|continue"
    r"|any(?:thing)? (?:else|more)(?: (?:about|on) (?:it|that|this))?|what else|(?:any )?(?:more|further) details?"
    r"|elaborate|explain that)\W*$"
)
_ABOUT = re.compile(
    r"(?i)^(?:(?:and|ok|please)\s)?(?:(?:can you |could you |please )*tell me (?:some |any )?(?:more )?about)\s(.+)$"
)
_CONNECTIVE = re.compile(
    r"(?i)^(?:(?:and|but|so|ok|okay|also|then|well|right|hm+|aha?)\b[\s,.–—-]+|back to (?:the )?[\w ]{3,40}:\s)*"
    r"(?:(?:what|how) about\b\s*)?"
)
_BARE = re.compile(
    rf"(?i)^(?:{_PREPOSITION}\s)?(?:who|whom|when|where|why|how|what|which|whose)"
    r"(?:\s(?:long|many|much|often|far|old|big|large|high|soon))?(?P<after>(?:\s(?!for$|from$|with$|to$|then$)[\w-]+){0,3})"
    r"(?:\s(?:exactly|precisely|then|for|from|with|to))?$"
)
_HAPPENED = re.compile(
    r"(?i)^(when|where|why)\s(?:was|is|did|will|does)\s(?:that|this|it)(?:\s(?:happen|be|take place|said))?$"
)
_OPENS_QUESTION = re.compile(rf"(?i)^(?:{_WH}\b|(?:{_AUXILIARY})\s)")
_LEAD = re.compile(  # the question word of a question and what belongs to it, before its auxiliary
    rf"(?i)^(?:{_PREPOSITION}\s)?(?:who(?:m|se)?|what|which|when|where|why|how)\b"
    rf"(?:\s(?!(?:{_AUXILIARY})\s)[\w'’-]+){{0,6}}?\s(?=(?:{_AUXILIARY})\s)"
)
_NAMED_FIRST = re.compile(rf"(?i)^((?:the|that|his|her|their)\s[^,?]{{2,40}}),\s(?:and\s)?((?:{_WH})\b.+)$")
_PERSONAL = re.compile(r"(?i)\b(?:he|him|his|she|her|hers)\b")
_PLURAL = re.compile(r"(?i)\b(?:they|them|their|theirs|both|the two(?! \w+s\b)|those two)\b")
_THING = re.compile(r"(?i)\b(?:its?|that one|this one|those|these|the one)\b(?!\s(?:is|was|the|a|he|she|they)\b)")
_SAID = re.compile(
    r"(?i)\b(?:this|that)\b(?=\s*[?.,]|\s*$|\s(?:in|on|at|happen|mean|again|before)\b)"
)  # what was just said
_ANYTHING = re.compile(r"(?i)\b(?:its?|he|him|she|her|they|them|this one|that one|this|that|those|these)\b")
_THERE = re.compile(r"(?i)\b(?:over\s|in\s)?there\b(?!\s(?:is|are|was|were|be|been|any|a|an)\b)")
_THEN = re.compile(r"(?i)\bthen\b|\bthat (?:day|week|month|year|time)\b")
_OBJECT_AFTER = re.compile(r"(?i)\s(?:to|in|on|at|about|for|with|from|and|as|by|last|before|after)\b|\s*[?.,]|\s*$")
_ROLE = re.compile(r"(?i)^(?:for\s|with\s)?(his|her|their|its|the)\s((?:[\w-]+\s){0,2}[\w-]+)$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a line may mean: a stand-alone question. With `first`, that is asked first and its answer put for "{}"."""

    question: str
    first: str | None = None


def meanings(line: str, past: Sequence[Exchange]) -> list[Meaning]:
    """What a line may mean after some exchanges, oldest first; the line itself where it stands alone."""
    line = " ".join(line.split())
    if not past:
        return [Meaning(line)]
    if _WHO_SAID.match(line) and past[-1].sentence:
        return [Meaning(f"Who said “{past[-1].sentence}”?")]
    if about := _ABOUT.match(line):
        return _unique([_introduced(about[1], past)])
    if marked := _NEW.match(line):
        rest = line[marked.end() :] or line
        return _unique([rest, *_with_pronouns(rest, past)])
    if (corrected := _CORRECTED.match(line)) and corrected.end():
        return _unique(_corrections(line[corrected.end() :], past))
    connective = _CONNECTIVE.match(line)
    rest = line[connective.end() :] if connective and connective.end() < len(line) else line
    bare = rest.strip(" ?!.")
    if happened := _HAPPENED.match(bare):
        return _unique([_with_question_word(happened[1], past[-1]), *_with_pronouns(rest, past)])
    if _is_bare(bare):
        return _unique([_with_question_word(bare, past[-1])])
    if named := _NAMED_FIRST.match(rest):
        subject = _spelt_out(named[1], _core(past[-1]))
        return _unique([_replace(_ANYTHING, named[2], [subject], 0), f"{named[2].strip(' ?!.')} ({subject})"])
    if not _OPENS_QUESTION.match(rest) and (len(rest) < len(line) or len(rest.split()) < 5):
        return _unique([*_with_fragment(bare, past, joined=len(rest) < len(line)), rest])
    resolved = _with_pronouns(rest, past)
    return _unique([*resolved, rest]) if resolved else [Meaning(line), *_unique([_in_context(rest, past)])]


def _introduced(words: str, past: Sequence[Exchange]) -> str:
    """What "tell me about her" asks."""
    named = next(iter(_with_pronouns(words.strip(" ?!."), past)), words.strip(" ?!."))
    person = find_values("person", named)
    return f"Who is {named}?" if person and (person[0].start, person[0].end) == (0, len(named)) else f"{named}?"


def asks_who_said(line: str) -> bool:
    """Whether a line asks whose words the last answer is: "who said that?"."""
    return bool(_WHO_SAID.match(" ".join(line.split())))


def asks_for_more(line: str) -> bool:
    """Whether a line wants to read on: "tell me more"."""
    return bool(_MORE.match(" ".join(line.split())))


def _unique(found: Iterable[str | Meaning]) -> list[Meaning]:
    every = [Meaning(_sentence(m)) if isinstance(m, str) else m for m in found]
    return list(dict.fromkeys(m for m in every if m.question))[:MOST]


def _core(exchange: Exchange) -> str:
    """What was asked, without the topic that was put behind it in brackets."""
    return re.sub(r"\s\([^()]*\)", "", exchange.question).strip(" ?!.")


def _sentence(question: str) -> str:
    """A question with a capital and a question mark."""
    question = question.strip(" ,;:–—-")
    mark = "" if question.endswith(("?", "!", ".", "”")) else "?"
    return question[:1].upper() + question[1:] + mark if question else ""


def _is_bare(line: str) -> bool:
    """Whether a line is a question word with what belongs to it, and no clause: "since when", "in which building"."""
    found = _BARE.match(line)
    after = re.findall(r"\w+", found["after"] or "") if found else ()
    return bool(found) and not any(
        w in AUXILIARIES or is_pronoun(w) or (is_verb(w) and not w.endswith("ing")) for w in map(str.lower, after)
    )


# --- ellipsis -------------------------------------------------------------------------------------------


def _with_question_word(words: str, last: Exchange) -> str:
    """The last question with another question word: "Where" for "When" in "When will the council meet?"."""
    asked = _core(last)
    words = "Why" if words.lower() == "what for" else words
    if lead := _LEAD.match(asked):
        return f"{words} {asked[lead.end() :]}"
    if re.match(rf"(?i)^(?:{_AUXILIARY})\s", asked):
        return f"{words} {asked[:1].lower()}{asked[1:]}"
    if subject := re.match(r"(?i)^(?:who|(?:what|which)(?:\s\w+)?)\s(?=\w)", asked):
        who = last.answer if 0 < len(last.answer) <= LONGEST_NAME else "they"
        return f"{words} was it that {who} {asked[subject.end() :]}"
    return f"{words}: {asked}"


def _with_fragment(words: str, past: Sequence[Exchange], *, joined: bool) -> list[str | Meaning]:
    """The last question with one of its parts replaced: "and Peskov?", "and for Moscow?", "the week before?".

    What neither fits in nor is `joined` by an "and" may be a new question in key words: "harbour bridge length".
    """
    asked = _core(past[-1])
    words = _spelt_out(re.sub(r"(?i)^on behalf of\s", "for ", words), asked)
    role = _ROLE.match(words)
    if role and is_person_word(role[2].split()[-1]):
        return _with_office(role, past)
    slot = _slot_for(words, asked)
    bare = re.sub(rf"(?i)^{_PREPOSITION}\s", "", words)
    replaced = [asked[: slot[0]] + bare + asked[slot[1] :]] if slot else []
    added = f"{asked}, {next(iter(_with_pronouns(words, past)), words)}"
    return [*replaced, added] if joined or re.match(rf"(?i){_PREPOSITION}\s", words) else [words, *replaced]


def _with_office(role: re.Match[str], past: Sequence[Exchange]) -> list[str | Meaning]:
    """What "and her deputy?" means: who that is has to be asked first."""
    asked = _core(past[-1])
    found: list[str | Meaning] = []
    for person in people(past)[:2]:
        if named := next((p for p in (person, person.split()[-1]) if p in asked), None):
            office = f"{person}'s {role[2]}"
            found += [Meaning(_sentence(asked.replace(named, "{}", 1)), f"Who is {office}?")]
            found += [asked.replace(named, office, 1)]
    return found or [f"{asked}, {role[0]}"]


def _slot_for(words: str, asked: str) -> tuple[int, int] | None:
    """Where in a question stands what some words may stand for: a person for a person, a day for a day, ..."""
    preposition = re.match(rf"(?i)^({_PREPOSITION})\s", words)
    bare = words[preposition.end() :] if preposition else words
    counted = re.match(r"(?i)^how\s(?:many|much)\s((?:[\w-]+\s)*?[\w-]+s)\b", asked)
    if counted and re.fullmatch(r"(?:[a-z-]+\s)?[a-z-]+s", bare) and not is_calendar(bare):
        return counted.span(1)
    phrases = [(p.start, p.end) for p in noun_phrases(asked) if p.start]
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
    alike = [p for p in reversed(phrases) if head_of(asked[slice(*p)]) == head_of(bare)]
    lead = _LEAD.match(asked)
    subject = [p for p in phrases if lead and p[0] >= lead.end() and re.match(r"(?i)(?:the|a|an)\s", bare)]
    return next(iter(alike or subject), None)


# --- corrections ----------------------------------------------------------------------------------------


def _corrections(rest: str, past: Sequence[Exchange]) -> list[str | Meaning]:
    """What was meant instead: another question, another thing to ask the last question of, or both."""
    cut = r"\s*(?:[.;:–—]|\s-|,(?=\s(?:who|what|when|where|why|how|which)\b))\s+"
    meant, *more = re.split(cut, rest.strip(" ?!."), maxsplit=1)
    meant = re.sub(r"(?i)^not (?:that|this)(?: one)?,?\s(?:but\s)?", "", meant)
    if re.match(rf"(?i)^{_WH}\b", meant):
        return [_in_context(meant, past), meant]
    asked = _core(past[-1])
    about = _spelt_out(meant, asked)
    if more and re.match(rf"(?i)^(?:the|that)\s.*\b{_WH}\b|^(?:{_WH}|{_AUXILIARY})\b", more[0]):
        return [f"{more[0]} ({about})", more[0]]
    slot = _slot_for(meant, asked) or _slot_for(about, asked)
    if slot is None:
        definite = [(p.start, p.end) for p in noun_phrases(asked) if re.match(r"(?i)(?:the|that|this)\s", p.words)]
        slot = next(reversed(definite), None)
    bare = re.sub(rf"(?i)^{_PREPOSITION}\s", "", about)
    replaced = [asked[: slot[0]] + bare + asked[slot[1] :]] if slot else []
    opening = re.match(r"(?i)^(?:when|where|who)\b", asked)
    plural = head_of(bare) != bare.split()[-1].lower() and bare.endswith("s")
    plain = [_in_context(f"{opening[0]} {'are' if plural else 'is'} {bare}", past)] if opening else []
    replaced = [_in_context(r, past) for r in replaced[:1]] if about != meant else replaced
    return [*replaced, *plain, *([] if replaced else [f"{asked} ({about})"])]


def _spelt_out(meant: str, asked: str) -> str:
    """What "the 2018 one" is one of, taken from the last question: "the 2018 summit"."""
    nouns = [p.words for p in noun_phrases(asked) if not is_calendar(p.words) and p.words.split()[-1].islower()]
    if not nouns or not re.search(r"(?i)\bones?\b(?!-)", meant):
        return meant
    return re.sub(r"(?i)\bones?\b(?!-)", head_of(nouns[-1]), meant, count=1)


# --- pronouns and what is left unsaid -------------------------------------------------------------------


def _with_pronouns(line: str, past: Sequence[Exchange]) -> list[str]:
    """The line with its pronouns replaced, in up to two ways; empty where it has none."""
    found: list[str] = []
    asks_who = re.match(r"(?i)who\s(?:is|was)\s(?:it|that|this)\b", line)
    # "did Biden and Putin have their call" speaks of nobody else
    own_person, own_pair = _names_before(_PERSONAL, line), " and " in _names_before(_PLURAL, line)
    spoken_of = [*people(past)[:1], *things(past)] if asks_who else things(past)
    for n in range(2):
        text = _replace(_PERSONAL, line, [] if own_person else people(past), n)
        text = _replace(_PLURAL, text, [] if own_pair else groups(past), n)
        text = _replace(_THERE, text, [f"in {p}" for p in places(past)], n)
        found.append(_replace(_THING, text, spoken_of, n))
    said = _SAID.search(line)
    if found[0] == line and not said and not _THEN.search(line):
        return []
    context = _in_context(found[0], past)
    if said:
        return list(dict.fromkeys([context, *(_replace(_SAID, text, spoken_of, 0) for text in found)]))
    return list(dict.fromkeys([*found, context]))


def _names_before(pronoun: re.Pattern[str], line: str) -> str:
    """The names of people before the first such pronoun, as the line has them; "" where there is none."""
    m = pronoun.search(line)
    people_named = find_values("person", line[: m.start()]) if m else ()
    return line[people_named[0].start : people_named[-1].end] if people_named else ""


def _replace(pronoun: re.Pattern[str], line: str, names: Sequence[str], n: int) -> str:
    """The first such pronoun replaced by the n-th name, or the last; by its possessive where it is one."""
    m = pronoun.search(line)
    if m is None or not names:
        return line
    name = names[min(n, len(names) - 1)]
    own = m[0].lower() in ("his", "their", "its") or (m[0].lower() == "her" and not _OBJECT_AFTER.match(line, m.end()))
    return line[: m.start()] + (f"{name}'s" if own else name) + line[m.end() :]


def _in_context(line: str, past: Sequence[Exchange]) -> str:
    """The line with what the last question was about behind it, in brackets."""
    held = line.lower()
    chosen: list[str] = []
    for topic in topics(past):
        if topic.lower() not in held and (not chosen or sum(map(len, chosen)) + len(topic) <= _CONTEXT):
            chosen.append(topic)
    return f"{line.strip(' ?!.')} ({', '.join(chosen)})?" if chosen else line
