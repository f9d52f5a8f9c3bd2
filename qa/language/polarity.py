"""Whether a sentence says that something is so, or that it is not."""

import re

_NEGATIVE = re.compile(
    r"(?i)\b(?:not(?! only)|no(?!\. ?\d)|never|nobody|none|nothing|neither|nor|without|cannot|unable|yet to"
    r"|refus\w+|reject\w+|den(?:y|ies|ied|ying)|declin(?:e|es|ed|ing) to|fail(?:s|ed|ing)? to|ruled out|turned down)\b"
    r"|n['’]t\b"
)


def is_negative(sentence: str) -> bool:
    """Whether a sentence denies, refuses or says that something did not happen, told by its words."""
    return bool(_NEGATIVE.search(sentence))
