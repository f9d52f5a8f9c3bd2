"""Capitals that whoever types leaves out: "putin and biden" as the articles write them."""

import re
from collections.abc import Iterable

from qa.language.gazetteer import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_MOST = 60  # words; a longer line is a pasted text, and names what it speaks of
_LONE = r"(?<![\w'’-]){}(?![\w-])"


def as_written(line: str, texts: Iterable[str]) -> str:
    """A line with the capitals that the texts give its words; a word that they also have without stays as it is.

    A sentence's first word says nothing; "US" says nothing of "us".
    """
    words = {w for w in _WORD.findall(line) if w.islower() and w not in FUNCTION_WORDS and len(w) > 2}
    if not words or len(words) > _MOST:
        return line
    seen = " ".join(texts)
    for word in words:
        found = re.findall(_LONE.format(word), seen, re.IGNORECASE)
        within = re.search(rf"(?<=[a-z,] )(?i:{word})(?![\w-])", seen)
        if within and word not in found:
            line = re.sub(_LONE.format(word), within[0], line)
    return line
