"""What a question asks with politeness, slips and what stands around it out of the way."""

import re

AUXILIARIES = frozenset(
    "is are was were am did does do has have had do will would can could should shall may might must".split()
)
AUXILIARIES |= {f"{word}n't" for word in AUXILIARIES} | {"can't", "won't"}
PREPOSITIONS = frozenset(
    """in on at for to from with by of since until till during about under through after before into within near between
    against over up off as behind like without per""".split()
)
QUESTION_WORDS = frozenset("who whose whom what when where which why how".split())

_SWAPPED = {  # "hwen" and "wehn"; "hwo" is "how"
    word[:i] + word[i + 1] + word[i] + word[i + 2 :]: word
    for word in "who what when where which long many much year time day how".split()
    for i in range(len(word) - 1)
}
_SLIPS = _SWAPPED | {
    "wen": "when", "whn": "when", "whre": "where", "wher": "where", "wat": "what", "wht": "what", "wich": "which",
    "whch": "which", "lng": "long", "mny": "many", "whos": "who is", "whats": "what is", "whens": "when is",
    "wheres": "where is", "hows": "how is",
}  # fmt: skip
OPENING = (  # politeness before the question itself
    r"^(?:(?:please|hey|hi|hello|so|ok|okay|and|but|then|also|well)\b[ ,]*)*"
    r"(?:(?:(?:can|could|would|will) (?:you|u|anyone|someone) (?:please )?"
    r"(?:tell|say|explain|show|remind)(?: me| us)?"
    r"|(?:do|does) (?:you|u|anyone|anybody) know|i(?:'d| would)? (?:want|like|need) to know|any idea"
    r"|(?:tell|show|give|remind) (?:me|us)|please)\b[ ,]*)?"
)
# A line of a conversation with what it follows; see qa/conversation/history.py.
_FOLLOWS = re.compile(r"^(?P<line>[^()]+)\? \((?P<before>[^()]*\?[^()]*)\)$")


def what_is_asked(question: str) -> str:
    """The question; of a line of a conversation the line alone or, where that asks nothing, the question before it."""
    follows = _FOLLOWS.match(question)
    if follows is None:
        return question
    asked = [question.strip() for question in re.findall(r"[^?]+\?", follows["before"])]
    return next((q for q in (follows["line"], *reversed(asked)) if _asks(q)), question)


def _asks(line: str) -> bool:
    """Whether a line has a question word or opens as a question does: "and the Americans" says less."""
    words = words_in(re.sub(OPENING, "", line, flags=re.IGNORECASE).lower())
    named = words[:2] in (["what", "about"], ["how", "about"])
    return not named and bool(QUESTION_WORDS & set(words) or AUXILIARIES & set(words[:1]))


def plain(question: str) -> str:
    """Put `question` on one line, straighten quotes, mend slips and spell contractions out."""
    text = " ".join(question.replace("’", "'").replace("‘", "'").split()).strip(" ?!.")
    text = re.sub(r"\b(who|what|when|where|which|why|how)'s\b", r"\1 is", text, flags=re.IGNORECASE)
    text = re.sub(r"\w+", lambda m: _SLIPS.get(m[0].lower(), m[0]), text)
    # "were did they meet"
    return re.sub(r"(?i)^were (?=(?:did|do|does|is|was|will|are|were|can|would|has|have)\b)", "where ", text)


def words_in(text: str) -> list[str]:
    """The words of a question as they are written; "Bender's" and "four-day" are one each."""
    return re.findall(r"\w+(?:['.-]\w+)*", text)


def asked_words(text: str) -> list[str]:
    """Return the words of `text` from its question word or leading auxiliary on; all if it has neither.

    A clause that opens like a question wins, so that in "When the talks ended, what did he say" the
    subordinate "when" does not.
    """
    parts = [words_in(part) for part in text.split(",")][:12]
    for i, words in enumerate(parts):
        lead = next((at for at, word in enumerate(words) if word.lower() not in PREPOSITIONS), 0)
        if _opens_question([word.lower() for word in words[lead : lead + 2]]):
            words = [word for part in parts[i:] for word in part][lead:]
            return words if i == 0 else _from_question_word(words)  # "The DJ, is what nationality?"
    return _from_question_word(words_in(text))


def _from_question_word(words: list[str]) -> list[str]:
    return next((words[i:] for i, word in enumerate(words) if word.lower() in QUESTION_WORDS), words)


def _opens_question(words: list[str]) -> bool:
    if words and words[0] in ("when", "where"):  # "when the talks end" may be subordinate, "when do" is not
        return len(words) > 1 and words[1] in AUXILIARIES
    return bool(words) and (words[0] in QUESTION_WORDS or words[0] in AUXILIARIES)
