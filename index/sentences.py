"""Text to sentence spans, what is not prose marked; chunks and answers are cut at the same places."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sentencex import get_sentence_boundaries

from index.noise import ends_like_prose, is_biography, is_foreign, is_furniture, is_heading, scripts_of

SEGMENTER = "sentencex 1 + repairs 2"  # recorded in an index: another one cuts elsewhere
LONGEST = 1200  # characters; longer run-on text is cut at blanks so that a quote stays readable
_WRAPPED_WIDTH = 100  # a page with no longer lines is taken to be wrapped by hand
_CLOSING_PARAGRAPHS = 3  # where a page tells of its author
_OPENING_PARAGRAPHS = 4  # where a page repeats itself
_LOOK_AHEAD = 12  # paragraphs
_SUMMARY_WORDS, _SUMMARY_SHARE = 8, 0.9
_PROSE_SHARE = 0.4  # of a page's words: below it, unterminated lines are its style, not its furniture

Kind = Literal["prose", "heading", "noise"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article: `text[start:end]`, code points. Only prose is ever quoted as an answer."""

    start: int
    end: int
    kind: Kind
    paragraph: int  # number of its paragraph in the article


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    kind: Kind


_MARKUP = re.compile(r"(?:#{1,6}[ \t]+|>[ \t]?|(?:[-*+•]|\d{1,3}[.)])[ \t]+)+")
# An abbreviation that the segmenter takes for an end when a capital follows: "4:25 p.m. | EST", "U.S. | Army"
_OPEN_END = re.compile(r"(?:\b[ap]\.m\.|\b(?:[A-Z]\.)+|\b(?:No|Nos|Gen|Lt|Col|Sgt|Sen|Rep|Gov|St|vs)\.)$")
_CLOSING = re.compile(r"([)\]”»’]+|[\"'](?= ))\s+")
# "MOSCOW, December 31. /AGENCY/.", "GENEVA, Jan. 9 (Agency) -": where and when a report was filed, no sentence
_DATELINE = re.compile(
    r"[A-Z][A-Z .,'/-]+,? (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+\.?)(?:, \d{4})?"
    r"\.?(?: ?[/(][A-Za-z ]+[/)]\.?)?(?: [-–—])?"
)
_TIME_ZONE = re.compile(r"[A-Z]{2,5}\b|[A-Z][a-z]+ time\b")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """All sentences of an article in order, non-overlapping, without the blanks around them."""
    return tuple(
        Sentence(start, end, paragraph.kind, number)
        for number, paragraph in enumerate(_paragraphs(text))
        for start, end in _cut(text, paragraph.start, paragraph.end)
    )


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One paragraph's sentences: the segmenter's, its known slips mended, none longer than LONGEST."""
    # The segmenter takes a line break for an end; here a paragraph's lines belong together.
    paragraph = re.sub(r"\s", " ", text[start:end])
    spans: list[tuple[int, int]] = []
    for piece in get_sentence_boundaries("en", paragraph):
        span = _strip(paragraph, piece["start_index"], piece["end_index"])
        if span[0] == span[1]:
            continue
        if spans and (closing := _CLOSING.match(paragraph, *span)):  # "(He left.) She": the bracket is his
            spans[-1] = (spans[-1][0], closing.end(1))
            span = _strip(paragraph, closing.end(), span[1])
        if spans and _belongs_to_previous(paragraph, spans[-1], span):
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    for a, b in spans:
        for c, d in _pieces(paragraph, a, b):
            yield start + c, start + d


def _belongs_to_previous(text: str, previous: tuple[int, int], span: tuple[int, int]) -> bool:
    before, after = text[max(previous[0], previous[1] - 12) : previous[1]], text[span[0] : span[1]]
    if not re.search(r"\w", after):  # a stray closing quote or bracket
        return True
    if previous[1] - previous[0] < 80 and _DATELINE.fullmatch(text, *previous):
        return True
    if before.endswith(("p.m.", "a.m.")):
        return bool(_TIME_ZONE.match(after)) or after[0].islower()
    return after[0].islower() or bool(_OPEN_END.search(before) and len(before) < 12)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        blank = text.rfind(" ", start, start + LONGEST)
        cut = blank if blank > start else start + LONGEST
        yield _strip(text, start, cut)
        start = _strip(text, cut, end)[0]
    if start < end:
        yield start, end


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _paragraphs(text: str) -> list[_Paragraph]:
    """The paragraphs of a page, each judged: prose, heading or noise."""
    spans = list(_paragraph_spans(text))
    lines = [text[a:b] for a, b in spans]
    scripts = scripts_of(text)
    words = [len(line.split()) for line in lines]
    prose = sum(n for n, line in zip(words, lines, strict=True) if ends_like_prose(line))
    has_prose = prose >= _PROSE_SHARE * sum(words)
    seen: Counter[str] = Counter()
    judged = []
    for number, ((_, end), line) in enumerate(zip(spans, lines, strict=True)):
        markup = _MARKUP.match(line)
        body = line[markup.end() :] if markup else line
        if not body.strip():
            continue
        kind = _judge(line, body, closing=number >= len(lines) - _CLOSING_PARAGRAPHS > 0, has_prose=has_prose)
        opening = kind == "prose" and number < _OPENING_PARAGRAPHS
        if (
            is_foreign(body, scripts)
            or seen[body.casefold()]
            or (opening and _is_summary(line, lines[number + 1 : number + 1 + _LOOK_AHEAD]))
        ):
            kind = "noise"
        seen[body.casefold()] += 1
        judged.append(_Paragraph(end - len(body), end, kind))
    return judged


def _is_summary(line: str, later: list[str]) -> bool:
    """Whether an opening line (a standfirst, a caption) only says what a later paragraph says again in full."""
    words = Counter(re.findall(r"\w+", line.casefold()))
    if words.total() < _SUMMARY_WORDS:
        return False
    said = (Counter(re.findall(r"\w+", other.casefold())) for other in later)
    return any((words & other).total() >= _SUMMARY_SHARE * words.total() for other in said)


def _judge(line: str, body: str, *, closing: bool, has_prose: bool) -> Kind:
    if line.startswith("#"):
        return "heading"
    if line.startswith(("|", "```", "![")) or is_furniture(body):
        return "noise"
    if closing and is_biography(body):
        return "noise"
    return "heading" if has_prose and is_heading(line) else "prose"


def _paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Runs of text that belong together: lines, joined where they were wrapped by hand."""
    lines = [_strip(text, m.start(), m.end()) for m in re.finditer(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", text)]
    lines = [(a, b) for a, b in lines if a < b]
    if not lines:
        return
    widths = sorted(b - a for a, b in lines)
    width = widths[int(0.95 * (len(widths) - 1))]
    wrapped = len(lines) > 2 and 40 <= width <= _WRAPPED_WIDTH
    start, end = lines[0]
    for (a, b), (c, d) in pairwise(lines):
        if _continues(text, (a, b), (c, d), width if wrapped else 0):
            end = d
            continue
        yield start, end
        start, end = c, d
    yield start, end


def _continues(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the following line goes on with this line's paragraph: no blank line between, and a wrapped look."""
    between = text[line[1] : following[0]]
    if len(re.findall(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", between)) > 1:
        return False
    if _MARKUP.match(text, following[0], following[1]):
        return False
    if is_furniture(text[line[0] : line[1]]) or is_furniture(text[following[0] : following[1]]):
        return False
    open_end = not ends_like_prose(text[line[0] : line[1]])
    goes_on = text[following[0]].islower()
    if width:
        return line[1] - line[0] >= 0.6 * width or (open_end and goes_on)
    return open_end and goes_on and line[1] - line[0] >= 45
