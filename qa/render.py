"""An answer to the lines that people see, or to JSON."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from qa.answers import Answer, Citation
from qa.screen import Piece, columns, cut_to, one_line, painted, wrap

WIDEST = 100  # columns; longer lines of prose are hard to read
_MARGIN = "  "
_LONG_ANSWER = 60  # characters
_INDENT = "     "


def to_json(answer: Answer) -> str:
    """The contract's JSON object, on one line."""
    fields = asdict(answer)
    if not answer.answered:
        for citation in fields["citations"]:
            del citation["answer_start"], citation["answer_end"]
    return dump(fields)


def dump(fields: dict[str, Any]) -> str:
    """JSON on one line that holds no character a terminal acts on: C1 controls are escaped as C0 ones are."""
    text = json.dumps(fields, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\ud800-\udfff\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", text)


def to_text(answer: Answer, *, width: int, colour: bool) -> str:
    """The answer, how many articles agree and how sure it is; then each citation with its quote."""
    width = prose_width(width)
    lines = [*_head(answer, width)]
    for citation in answer.citations:
        lines += [[], *_citation(citation, width)]
    for other in answer.differing:
        words = "" if len(other.answer) > _LONG_ANSWER else one_line(other.answer)
        lines += [[], *hang([Piece("Other articles say: ", "strong"), Piece(words)], width)]
        for citation in other.citations:
            lines += [[], *_citation(citation, width)]
    return painted(lines, colour=colour)


def citations_to_text(citations: Iterable[Citation], *, width: int, colour: bool) -> str:
    """Citations alone, a blank line between them."""
    lines: list[list[Piece]] = []
    for citation in citations:
        lines += [*([[]] if lines else []), *_citation(citation, prose_width(width))]
    return painted(lines, colour=colour)


def prose_width(width: int) -> int:
    """The columns that prose takes of a terminal so wide."""
    return max(20, min(width, WIDEST))


def _head(answer: Answer, width: int) -> Iterable[list[Piece]]:
    if answer.rewritten:
        yield from hang([Piece(f"↳ {one_line(answer.rewritten)}", "dim")], width)
    yield from _answer(answer, width)
    if answer.differing:
        said = ", ".join(f"{words} ({n})" for words, n in versions(answer))
        yield from hang([Piece("Sources differ: ", "warning"), Piece(said)], width)


def versions(answer: Answer, cited: str = "[{}]") -> list[tuple[str, int]]:
    """What differing articles say and how many say it, the answer first; of a sentence the number it is `cited` by."""
    told = [(answer.answer or "", answer.citations, answer.agreeing)]
    told += [(d.answer, d.citations, articles_of(d.citations)) for d in answer.differing]
    return [(cited.format(c[0].n) if len(words) > _LONG_ANSWER else one_line(words), n) for words, c, n in told]


def articles_of(citations: Iterable[Citation]) -> int:
    """How many articles they are of."""
    return len({c.article for c in citations})


def _answer(answer: Answer, width: int) -> Iterable[list[Piece]]:
    if not answer.answered:
        note = " The nearest passages:" if answer.citations else ""
        return hang([Piece("No article answers that.", "strong"), Piece(note)], width)
    agreement = f"{answer.agreeing} articles agree" if answer.agreeing > 1 else "1 article"
    note = f"{agreement} · {answer.confidence:.0%}".replace("%", " %")
    words = one_line(answer.answer or "")
    if is_hardly_less_than_its_quote(answer):
        return [[Piece(_MARGIN + note, "dim")]]
    gap = width - len(_MARGIN) - columns(words) - columns(note)
    if gap >= 2:
        return [[Piece(_MARGIN), Piece(words, "answer"), Piece(" " * gap), Piece(note, "dim")]]
    return [*hang([Piece(words, "answer")], width), [Piece(_MARGIN + note, "dim")]]


def is_hardly_less_than_its_quote(answer: Answer) -> bool:
    """Whether the first quote, which follows, would only say the answer again: once is enough."""
    words, quote = one_line(answer.answer or ""), answer.citations[0].quote
    return len(words) > max(_LONG_ANSWER, len(quote) / 2) or words == one_line(quote)


def _citation(citation: Citation, width: int) -> Iterable[list[Piece]]:
    place = f"{citation.article}:{citation.start}-{citation.end}"
    about = " · ".join(one_line(part) for part in (citation.source, say_date(citation.date), citation.title) if part)
    number = f"{_MARGIN}{citation.n}  "
    room = width - columns(number) - columns(place) - 2
    if room >= 24:
        about = cut_to(about, room)
        gap = " " * (width - columns(number) - columns(about) - columns(place))
        yield [Piece(number), Piece(about, "strong"), Piece(gap + place, "dim")]
    else:
        yield [Piece(number), Piece(cut_to(about, width - columns(number)), "strong")]
        yield [Piece(_INDENT), Piece(cut_to(place, width - len(_INDENT)), "dim")]
    yield from hang(_quoted(citation), width, _INDENT)


def _quoted(citation: Citation) -> list[Piece]:
    """The quote with the answer's words in their style; blanks folded as on one line."""
    if citation.answer_start is None or citation.answer_end is None:
        return [Piece(one_line(citation.quote))]
    a, b = citation.answer_start - citation.start, citation.answer_end - citation.start
    before, words, after = citation.quote[:a], citation.quote[a:b], citation.quote[b:]
    return [
        Piece(one_line(before + "|")[:-1]),  # a bar keeps the blank at its end
        Piece(one_line(words), "answer"),
        Piece(one_line("|" + after)[1:]),
    ]


def hang(pieces: Iterable[Piece], width: int, indent: str = _MARGIN) -> list[list[Piece]]:
    """Pieces wrapped to a width, every line indented."""
    return [[Piece(indent), *line] for line in wrap(pieces, width - len(indent))]


def say_date(iso: str | None) -> str | None:
    """A date as people write it ("30 Dec 2021"); what is no ISO date stays as it is."""
    try:
        day = date.fromisoformat(iso or "")
    except ValueError:
        return iso
    return f"{day.day} {day:%b} {day.year}"
