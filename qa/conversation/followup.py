"""A line of a conversation to the stand-alone questions that it may mean, by rules; the most likely first.

Which of them is meant shows when they are answered: `turns` asks them and keeps the one that the articles
answer best. So the rules need not decide whether "he" is the man asked about or the man of the answer.
"""

import re
from collections.abc import Iterable, Sequence

from qa.conversation.antecedents import Exchange
from qa.conversation.corrections import corrections, what_is_meant
from qa.conversation.ellipsis import is_bare, with_fragment, with_question_word
from qa.conversation.history import LONGEST_SAID, carrying, parted, shortened, with_history
from qa.conversation.pronouns import ANYTHING, replaced_by, with_pronouns
from qa.conversation.questions import AUXILIARY, PREPOSITION, WH, Meaning, as_question, core, spelt_out
from qa.language.values import find_values

MOST = 3  # meanings of a line that are asked
_NEW = re.compile(
    r"(?i)^(?:(?:and|ok|okay|now|right|so|well|alright|then)[,. ]+)*(?:something (?:else|different)"
    r"|(?:a )?(?:different|another|new|other|separate|unrelated|one more) (?:thing|question|topic|subject|matter)"
    r"|by the way|btw|changing the subject|on another note|unrelated)\b[\s:,.–—-]*"
)
_WHO_SAID = re.compile(
    r"(?i)^(?:(?:and|but|so|ok)\s)?(?:who (?:is|was) (?:it that )?(?:saying|claiming|the source)"
    r"|(?:who|which (?:[\w'’-]+\s){0,4}?[\w'’-]+)\s(?:exactly\s)?(?:says?|said|reported|reports|claims?"
    r"|claimed|told (?:reporters|journalists|the press)|told|stated|announced|wrote|confirmed|is saying|passed)"
    r"|according to whom?|says who|who(?:'s| is) the source|where (?:does|did) (?:that|it|this) come from)"
    r"(?:\s(?:that|so|this|it|them|us|for that|of that))?(?:\son)?(?:\sto (?:reporters|journalists|the press))?"
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
_TELL = re.compile(r"(?i)^(?:please\s)?(?:(?:can|could) you\s)?(?:tell|give|show) (?:me|us)\s(?=\w)")
_HAPPENED = re.compile(
    r"(?i)^(when|where|why)\s(?:was|is|did|will|does)\s(?:that|this|it)(?:\s(?:happen|be|take place|said))?$"
)
_OPENS_QUESTION = re.compile(  # "during the call, did they …" does, too
    rf"(?i)^(?:{PREPOSITION}\s[^,?]{{2,40}},\s)?(?:{WH}\b|(?:{AUXILIARY})\s)"
)
_NAMED_FIRST = re.compile(rf"(?i)^((?:the|that|his|her|their)\s[^,?]{{2,40}}),\s(?:and\s)?((?:{WH})\b.+)$")


def meanings(line: str, past: Sequence[Exchange]) -> list[Meaning]:
    """What a line may mean after some exchanges, oldest first; the line itself where it stands alone.

    The last is the line with what it follows, unless it says that it follows nothing.
    """
    line = " ".join(line.split())
    if not past:
        return [Meaning(line)]
    if marked := _NEW.match(line):
        rest = line[marked.end() :]
        return _unique([rest, *with_pronouns(rest, past)]) or [Meaning(line)]
    _, before = parted(past[-1].question)  # what the last question leaned on, the rules' questions lean on too
    alone = as_question(_without_connective(line))
    by_rules = [
        m if isinstance(m, Meaning) or as_question(m) == alone else carrying(m, before) for m in _by_rules(line, past)
    ]
    return _unique([*by_rules[: MOST - 1], with_history(line, past)])


def _by_rules(line: str, past: Sequence[Exchange]) -> Sequence[str | Meaning]:
    """The stand-alone questions that a line may be short for, the likeliest first."""
    if _WHO_SAID.match(line) and past[-1].sentence:
        return [Meaning(f"Who said “{shortened(past[-1].sentence, LONGEST_SAID)}”?")]
    if about := _ABOUT.match(line):
        return [_introduced(about[1], past)]
    if meant := what_is_meant(line):
        return corrections(meant, past)
    rest = _without_connective(line)
    bare = rest.strip(" ?!.")
    if not bare:
        return []
    if happened := _HAPPENED.match(bare):
        return [with_question_word(happened[1], past[-1]), *with_pronouns(rest, past)]
    if is_bare(bare):
        return [with_question_word(bare, past[-1])]
    if named := _NAMED_FIRST.match(rest):
        subject = spelt_out(named[1], core(past[-1]))
        return [replaced_by(ANYTHING, named[2], [subject], 0), f"{named[2].strip(' ?!.')} ({subject})"]
    if told := _TELL.match(rest):
        rest = rest[told.end() :]
    elif not _OPENS_QUESTION.match(rest) and (len(rest) < len(line) or len(rest.split()) < 5):
        alone = [] if re.search(r"(?i)\bones?\b", bare) else [rest]
        return [*with_fragment(bare, past, joined=len(rest) < len(line)), *alone]
    return with_pronouns(rest, past) or [rest]


def _without_connective(line: str) -> str:
    """A line without the "and" or "what about" that it begins with."""
    found = _CONNECTIVE.match(line)
    return line[found.end() :] if found and found.end() < len(line) else line


def _introduced(words: str, past: Sequence[Exchange]) -> str:
    """What "tell me about her" asks."""
    named = next(iter(with_pronouns(words.strip(" ?!."), past)), words.strip(" ?!."))
    person = find_values("person", named)
    return f"Who is {named}?" if person and (person[0].start, person[0].end) == (0, len(named)) else f"{named}?"


def begins_anew(line: str) -> bool:
    """Whether a line says that it follows nothing: "something else: how long is the bridge?"."""
    return bool(_NEW.match(" ".join(line.split())))


def asks_who_said(line: str) -> bool:
    """Whether a line asks whose words the last answer is: "who said that?"."""
    return bool(_WHO_SAID.match(" ".join(line.split())))


def asks_for_more(line: str) -> bool:
    """Whether a line wants to read on: "tell me more"."""
    return bool(_MORE.match(" ".join(line.split())))


def _unique(found: Iterable[str | Meaning]) -> list[Meaning]:
    every = [Meaning(as_question(m)) if isinstance(m, str) else m for m in found]
    return list(dict.fromkeys(m for m in every if m.question))[:MOST]
