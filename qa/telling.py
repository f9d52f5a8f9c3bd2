"""A span as something told: its words in their sentence, on the day on which the article was written."""

from datetime import date

from qa.language.differences import Told
from qa.reader import Span


def told_by(span: Span) -> Told:
    """A span's words in their sentence, with the day on which the article was written."""
    article, (start, end) = span.passage.article, span.sentence
    return Told(article.text[start:end], span.start - start, span.end - start, written_on(article.date))


def written_on(iso: str | None) -> date | None:
    """An article's date as a day; None where it has none, or one that is no ISO date."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None
