"""An answer in labelled lines, for screen readers: no columns, no colours, one thing a line."""

from collections.abc import Iterable, Iterator

from qa.answers import Answer, Citation
from qa.render import citations_to_text, is_hardly_less_than_its_quote, say_date, to_text, versions
from qa.screen import Look, one_line


def show_answer(answer: Answer, look: Look) -> str:
    """An answer as a terminal of this look shows it."""
    return to_words(answer) if look.plain else to_text(answer, width=look.width, colour=look.colour)


def show_citations(citations: Iterable[Citation], look: Look) -> str:
    """Citations alone."""
    if look.plain:
        return "".join(f"{_citation(c, 'Source')}\n" for c in citations)
    return citations_to_text(citations, width=look.width, colour=look.colour)


def to_words(answer: Answer) -> str:
    """The answer, how many articles agree and how sure it is; then each citation with its quote."""
    return "".join(f"{line}\n" for line in _lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    if answer.rewritten:
        yield f"Understood as: {one_line(answer.rewritten)}"
    if not answer.answered:
        yield "No article answers that." + (" The nearest passages:" if answer.citations else "")
        yield from (_citation(c, "Passage") for c in answer.citations)
        return
    agreement = f"{answer.agreeing} articles agree" if answer.agreeing > 1 else "1 article"
    words = "as source 1 says." if is_hardly_less_than_its_quote(answer) else _ended(answer.answer)
    yield f"Answer: {words} {agreement}, confidence {answer.confidence * 100:.0f} percent."
    if answer.differing:
        said = "; ".join(
            f"{words}, {n} {'article' if n == 1 else 'articles'}" for words, n in versions(answer, "source {}")
        )
        yield f"Sources differ: {said}."
    yield from (_citation(c, "Source") for c in answer.citations)
    for other in answer.differing:
        yield f"Other articles say: {_ended(other.answer)}"
        yield from (_citation(c, "Source") for c in other.citations)


def _citation(citation: Citation, label: str) -> str:
    about = ", ".join(one_line(x) for x in (citation.source, say_date(citation.date), citation.title) if x)
    return f"{label} {citation.n}: {about or citation.article}. Quote: {_ended(citation.quote)}"


def _ended(text: str | None) -> str:
    """A text with an end that a voice can hear."""
    words = one_line(text or "")
    return words if words.endswith((".", "!", "?", ".”", '."', "!”", "?”")) else f"{words}."
