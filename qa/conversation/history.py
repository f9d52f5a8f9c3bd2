"""A line with what it follows behind it, in brackets: a stand-alone question, in words that were said.

The span reader learned to read such questions (`eval/follow_ups.py`), so that what no rule can resolve ("in what
case?", "which was?", "how come?") still finds its answer. History before the question, as plain text, is how
conversational question answering is commonly put to a reader (Choi et al. 2018, QuAC; Reddy et al. 2019, CoQA).
"""

import re
from collections.abc import Sequence

from qa.conversation.antecedents import LONGEST_NAME, Exchange

LONGEST_SAID = 160  # characters of a question or a sentence that is carried along
_LONGEST_LINE = 600


def with_history(line: str, past: Sequence[Exchange]) -> str:
    """The line with the last question that stood alone, the one asked since, if any, and its answer in brackets."""
    last = past[-1]
    asked, before = parted(last.question)
    stood = re.match(r"[^?]+\?", before)
    asked = f"{asked}, {before}" if before and not stood else asked
    said = [stood[0] if stood else "", f"{shortened(asked, LONGEST_SAID)}?"]
    told = shortened(last.answer, LONGEST_NAME).replace("?", "")
    return f"{shortened(_flat(line), _LONGEST_LINE)}? ({' '.join(_flat(s, ' ') for s in (*said, told) if s)})"


def shortened(text: str, most: int) -> str:
    """A text's beginning of about so many characters, whole words."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def carrying(question: str, before: str) -> str:
    """A question with what another one has in brackets, where those hold a question."""
    return f"{_flat(question)}? ({before})" if "?" in before and "(" not in question else question


def parted(question: str) -> tuple[str, str]:
    """A question and what stands in brackets behind it; "" where nothing does."""
    found = re.match(r"(.*?)[\s?]*\(([^()]*)\)[\s?]*$", question)
    return (found[1], found[2]) if found else (question.strip(" ?!."), "")


def _flat(text: str, kept: str = " ?!.") -> str:
    """A text on one line and without brackets."""
    return " ".join(re.sub(r"[()]", " ", text).split()).strip(kept)
