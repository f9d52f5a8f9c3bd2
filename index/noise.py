"""Lines of a page that are not prose: headings, captions, credits, prompts, biographies.

Judged by general signs only (how a line ends, how it is capitalised, what it talks about), never by the
strings of one publisher. A *line* here is a paragraph's text, already stripped.
"""

import re
import unicodedata
from collections import Counter

_ENDS_LIKE_PROSE = re.compile(r"[.!?…。:;]['\"”’»)\]]*$|[.!?…,][\"”’»]+\s*$|[.!?]\s*\[\d+\]$")
_LIST_ITEM = re.compile(r"^(?:[-*+•]|\d{1,2}[.)])\s+\S")
_LABELLED = re.compile(r"^[^\W\d][\w ]{1,24}:\s+\S")  # "Opened: 4 May 1973"

# What sites ask of a reader, or say of themselves. Only short lines are judged by it.
_PROMPT = re.compile(
    r"\b(?:log ?in|sign ?(?:in|up)|register|subscribe|subscription|newsletter|unsubscribe|cookies?|"
    r"privacy policy|terms of (?:use|service)|all rights reserved|advertisements?|sponsored|"
    r"read (?:more|also|next)|see also|more (?:on this|stories|from)|related (?:stories|articles|news|posts)|"
    r"most (?:read|popular)|recommended for you|you may also like|share (?:this|on|via)|"
    r"(?:follow|like) us|leave a (?:comment|reply)|post a comment|join the (?:discussion|conversation)|"
    r"participate in the discussion|click here|tap here|download (?:the|our) app|back to top|"
    r"skip to (?:main )?content|special reports?|all news|breaking news|latest news|editor'?s picks?)\b",
    re.IGNORECASE,
)
_PROMPT_WORDS = 14
_TO_READER = re.compile(r"\b(?:you|your|our|us|please)\b", re.IGNORECASE)
_CREDIT_START = re.compile(
    r"^(?:©|\(c\)\s|copyright\b|(?:[\w'’]+\s+){0,3}(?:photo|photograph|picture|image|illustration|video|source|"
    r"credit|credits|caption)s?(?:\s+(?:source|credit|by|courtesy))?\s*[:/©])",
    re.IGNORECASE,
)
_CREDIT_END = re.compile(
    r"[(\[][^()\[\]]{0,60}\b(?:photo|photograph|picture|image|illustration|credit|courtesy|file)s?\b"
    r"[^()\[\]]{0,60}[)\]]$|"
    r"\((?:file )?(?:photo|photograph|picture|image|credit|courtesy)s?\b[^()]{0,60}\)\.$|"
    r"(?:getty images|shutterstock|ap photo|\bvia (?:ap|reuters|afp)|/(?:ap|afp|reuters|getty|epa|tass))\b"
    r"[\w/ ]{0,40}[)\]]?$|"
    r"\b(?:photo|photograph|image|picture|credit)s?(?: by|:| courtesy(?: of)?) "
    r"(?-i:[A-Z][\w.'’-]*(?:[ ,/&]+(?:(?:and|for|of|the|via) )?[A-Z][\w.'’-]*){0,6})$",
    re.IGNORECASE,
)
# An agency's stamp behind a caption: "… - Agency, 1920, 30.12.2021", "… | 12/30/2021"
_STAMP_END = re.compile(r"[-–—|,]\s*(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2})$")
_CREW = re.compile(
    r"^[\"(\[]*(?:additional |with )?(?:reporting|writing|editing|edited|compiled|translated|written) "
    r"(?:and \w+ )?by (?-i:[A-Z])",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^[\"(\[]*(?:by|By|BY) [A-Z]")
_BIOGRAPHY = re.compile(
    r"\b(?:is|works as|has been) an? (?:[\w'’-]+ ){0,5}(?:reporter|journalist|correspondent|editor|columnist|"
    r"writer|author|blogger|freelancer|contributor|intern)\b"
    r"|\bfollow (?:him|her|them|me) (?:on|at) (?-i:[A-Z@])|\b(?:he|she|they) (?:can be reached|tweets) (?:at|as)\b"
    r"|\breach (?:him|her|them|me) at\b|\b(?:covers|writes about) [\w ,'’-]{1,80} for (?:the )?(?-i:[A-Z])",
    re.IGNORECASE,
)
_QUOTED_WHOLE = re.compile(r"^[“\"].+[”\"]$", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
HEADING_WORDS = 12
_TITLE_CASE_WORDS = 25
_LABELLED_WORDS = 6  # a longer line of capitals behind a colon is a teaser: "Minister: Talks to Go On Next Week"
_TITLE_CASE = 0.7
_FRAGMENT_WORDS = 5.5
_BIOGRAPHY_WORDS = 60  # a longer paragraph tells more than who wrote the page
_FOREIGN_SHARE = 0.05


def ends_like_prose(line: str) -> bool:
    """Whether a line closes as a sentence does: the first sign that tells prose from furniture."""
    return bool(_ENDS_LIKE_PROSE.search(line))


def is_heading(line: str) -> bool:
    """Whether a line is a headline, a section heading or a teaser: unterminated, and short or in title case."""
    if ends_like_prose(line) or _LIST_ITEM.match(line):
        return False
    words = _WORD.findall(line)
    long_words = [w for w in words if len(w) > 3]
    capitals = sum(w[0].isupper() or w[0].isdigit() for w in long_words)
    title_case = capitals >= _TITLE_CASE * max(1, len(long_words))
    if _LABELLED.match(line):
        return title_case and len(words) > _LABELLED_WORDS
    return len(words) <= HEADING_WORDS or (title_case and len(words) <= _TITLE_CASE_WORDS)


def is_furniture(line: str) -> bool:
    """Whether a line is a prompt, a credit, a caption or a note of who worked on the page."""
    words = len(_WORD.findall(line))
    if words == 0:
        return True
    if words <= _PROMPT_WORDS and _is_prompt(line, words):
        return True
    if _CREDIT_START.match(line) and (words <= 30 or not ends_like_prose(line)):
        return True
    if words <= 20 and (_CREW.match(line) or (_BYLINE.match(line) and not ends_like_prose(line))):
        return True
    return bool(_CREDIT_END.search(line) or _STAMP_END.search(line))


def _is_prompt(line: str, words: int) -> bool:
    """A whole sentence is a prompt only where it is short and turns to the reader: "Voters register" does not."""
    prompt = _PROMPT.search(line)
    if prompt is None or not ends_like_prose(line):
        return prompt is not None
    opens = line[: prompt.start()].rstrip().endswith((".", "!", "?"))
    return words <= 3 or (words <= 8 and (opens or bool(_TO_READER.search(line))))


def is_biography(line: str) -> bool:
    """Whether a page's closing line tells of its author: a formula, or a quoted string of verbless fragments."""
    if _BIOGRAPHY.search(line):
        return len(_WORD.findall(line)) <= _BIOGRAPHY_WORDS
    fragments = [f for f in re.split(r"[.!?]+\s*", line.strip("“”\"'")) if _WORD.search(f)]
    short = sum(len(_WORD.findall(f)) for f in fragments) <= _FRAGMENT_WORDS * len(fragments)
    return len(fragments) >= 3 and short and bool(_QUOTED_WHOLE.match(line))


def scripts_of(text: str) -> Counter[str]:
    """How many letters of a text are in which script ("LATIN", "CYRILLIC" …), by Unicode's character names."""
    letters = Counter(c for c in text if c.isalpha())
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[unicodedata.name(letter, "?").split()[0]] += count
    return scripts


def is_foreign(line: str, page: Counter[str]) -> bool:
    """Whether a line is in a script that the page, as counted by `scripts_of`, hardly uses."""
    scripts = scripts_of(line)
    if not scripts:
        return False
    return page[scripts.most_common(1)[0][0]] < _FOREIGN_SHARE * page.total()


def looks_like_title(line: str) -> bool:
    """Whether a line near the top can be the article's title: a heading of some words that is not furniture."""
    return len(_WORD.findall(line)) >= 4 and is_heading(line) and not is_furniture(line)
