"""Lines that take the last question back: "no, I meant the earlier call"."""

import re
from collections.abc import Sequence

from qa.conversation.antecedents import Exchange
from qa.conversation.questions import AUXILIARY, PREPOSITION, WH, Meaning, core, slot_for, spelt_out
from qa.language.phrases import head_of, noun_phrases

_CORRECTED = re.compile(
    r"(?i)^(?:(?:no|nope|nah|sorry|oops|wait|hmm|actually|hang on)\b[\s,.–—-]*)*"
    r"(?:i (?:meant?|was asking about|am asking about)|i'm asking about|make that|rather)\b[\s,:.–—-]*(?:about\s)?"
    r"|^(?:no|nope|sorry|wait|actually)\b[\s,.–—-]+(?:(?:no|sorry|wait)\b[\s,.–—-]+)*"
    r"(?=(?:the|in|on|at|for|not|what|how)\b)"
)


def what_is_meant(line: str) -> str:
    """What follows "no, I meant" and the like; "" where a line corrects nothing."""
    found = _CORRECTED.match(line)
    meant = line[found.end() :] if found and found.end() else ""
    return meant if re.search(r"\w", meant) else ""


def corrections(rest: str, past: Sequence[Exchange]) -> list[str | Meaning]:
    """What was meant instead: another question, another thing to ask the last question of, or both."""
    cut = r"\s*(?:[.;:–—]|\s-|,(?=\s(?:who|what|when|where|why|how|which)\b))\s+"
    meant, *more = re.split(cut, rest.strip(" ?!."), maxsplit=1)
    meant = re.sub(r"(?i)^not (?:that|this)(?: one)?,?\s(?:but\s)?", "", meant)
    if re.match(rf"(?i)^{WH}\b", meant):
        return [meant]
    if not re.search(r"\w", meant):
        return [rest]
    asked = core(past[-1])
    about = spelt_out(meant, asked)
    if more and re.match(rf"(?i)^(?:the|that)\s.*\b{WH}\b|^(?:{WH}|{AUXILIARY})\b", more[0]):
        return [f"{more[0]} ({about})", more[0]]
    slot = slot_for(meant, asked) or slot_for(about, asked)
    if slot is None:
        definite = [(p.start, p.end) for p in noun_phrases(asked) if re.match(r"(?i)(?:the|that|this)\s", p.words)]
        slot = next(reversed(definite), None)
    bare = re.sub(rf"(?i)^{PREPOSITION}\s", "", about)
    replaced = [asked[: slot[0]] + bare + asked[slot[1] :]] if slot else []
    opening = re.match(r"(?i)^(?:when|where|who)\b", asked)
    plural = head_of(bare) != bare.split()[-1].lower() and bare.endswith("s")
    plain = [f"{opening[0]} {'are' if plural else 'is'} {bare}"] if opening else []
    return [*replaced, *plain, *([] if replaced else [f"{asked} ({about})"])]
