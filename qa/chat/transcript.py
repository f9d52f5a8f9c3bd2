"""An answer to copy and a conversation to keep, as text, Markdown or a list of references."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from qa.screen import disarm, one_line

if TYPE_CHECKING:
    from qa.answers import Answer, Citation
    from qa.conversation.turns import Turn

FORMATS = {
    "text": "the answer and its citations as plain text",
    "markdown": "as Markdown, the quotes as quotations",
    "reference": "the citations alone, as a list of references",
}


def to_format(name: str, turn: "Turn") -> str:
    """A turn's answer in one of FORMATS."""
    return "\n".join(_WRITERS[name](turn)) + "\n"


def to_markdown(turns: "Sequence[Turn]", index: str, day: date) -> str:
    """A conversation as Markdown: the questions, what they were understood as, answers, quotes and who differs."""
    head = f"# Questions and answers\n\n{day.isoformat()}, from {_escaped(index)}\n"
    return "\n".join([head, *("\n".join(_markdown(turn)) + "\n" for turn in turns)])


def _text(turn: "Turn") -> Iterator[str]:
    answer = turn.answer
    yield one_line(answer.question)
    yield _said(answer)
    for citation in cited(answer):
        yield f"[{citation.n}] {_about(citation)}: “{one_line(citation.quote)}”"


def _markdown(turn: "Turn") -> Iterator[str]:
    answer = turn.answer
    yield f"## {_escaped(one_line(turn.line))}\n"
    if answer.rewritten:
        yield f"*Understood as: {_escaped(one_line(answer.rewritten))}*\n"
    yield f"**{_escaped(_said(answer))}**\n" if answer.answered else "No article answers that.\n"
    for citation in answer.citations:
        yield from _quotation(citation)
    for other in answer.differing:
        yield f"Other articles say: **{_escaped(one_line(other.answer))}**\n"
        for citation in other.citations:
            yield from _quotation(citation)


def _quotation(citation: "Citation") -> Iterator[str]:
    yield f"> {_escaped(one_line(citation.quote))}"
    yield ">"
    yield f"> — [{citation.n}] {_escaped(_about(citation))} ({_place(citation)})\n"


def _references(turn: "Turn") -> Iterator[str]:
    for citation in cited(turn.answer):
        yield f"[{citation.n}] {_about(citation)}. {_place(citation)}"


def _said(answer: "Answer") -> str:
    if not answer.answered:
        return "No article answers that."
    agreement = f"{answer.agreeing} articles agree" if answer.agreeing > 1 else "1 article"
    return f"{one_line(answer.answer or '')} ({agreement}, {answer.confidence * 100:.0f} %)"


def cited(answer: "Answer") -> "tuple[Citation, ...]":
    """All citations of an answer in their order, with those of answers that differ."""
    return (*answer.citations, *(c for d in answer.differing for c in d.citations))


def _about(citation: "Citation") -> str:
    return one_line(", ".join(x for x in (citation.source, citation.date, citation.title or citation.article) if x))


def _place(citation: "Citation") -> str:
    return f"{disarm(citation.path)}, {citation.article}:{citation.start}-{citation.end}"


def _escaped(text: str) -> str:
    """A text whose signs mean nothing in Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text)


_WRITERS: "dict[str, Callable[[Turn], Iterator[str]]]" = {
    "text": _text,
    "markdown": _markdown,
    "reference": _references,
}
