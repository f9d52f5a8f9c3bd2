"""A span as something told: its words in their sentence, on the day on which the article was written."""

from collections.abc import Iterator
from datetime import date

from index import Passage, Sentence
from qa.language.differences import Told
from qa.language.kinds import Kind
from qa.language.values import Value, find_values
from qa.reader import Span

_FIRST_YEAR, _LAST_YEAR = 1000, 3000  # some tools write 0001-01-01 or 9999-12-31 for a date that they do not know


def told_by(span: Span) -> Told:
    """A span's words in their sentence, with the day on which the article was written."""
    article, (start, end) = span.passage.article, span.sentence
    return Told(article.text[start:end], span.start - start, span.end - start, written_on(article.date))


def written_on(iso: str | None) -> date | None:
    """An article's date as a day; None where it has none, or none that an article can have."""
    try:
        day = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def values_in(kind: Kind, text: str) -> tuple[Value, ...]:
    """The values in a sentence that may answer a question for a kind; "who" may be a person or a body."""
    found = find_values(kind, text)
    if kind != "person":
        return found
    bodies = find_values("organisation", text)
    return (*found, *(b for b in bodies if not any(b.start < v.end and v.start < b.end for v in found)))


def spans_in(kind: Kind, passage: Passage, sentence: Sentence) -> Iterator[Span]:
    """Those values as spans, of which no reader has thought anything yet."""
    start, end = sentence.start, sentence.end
    for value in values_in(kind, passage.article.text[start:end]):
        yield Span(passage, (start, end), start + value.start, start + value.end, 0.0)
