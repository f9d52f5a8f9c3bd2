"""What an index holds, and one article of it, for a terminal or as JSON."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from index import Article, LocalIndex, QAError
from qa.answers import Citation
from qa.render import dump, prose_width, say_date
from qa.screen import Look, Piece, columns, cut_to, disarm, one_line, paint, painted

_SURROUNDINGS = 400  # characters shown before and after a passage


def article_rows(index: LocalIndex) -> Iterator[dict[str, Any]]:
    """Each article's number (from 1), name, title, source, date, url, words and path."""
    for number, (article, words) in enumerate(zip(index.articles(), index.word_counts(), strict=True), 1):
        yield {
            "number": number,
            "article": article.id,
            "title": article.title,
            "source": article.source,
            "date": article.date,
            "url": article.url,
            "words": words,
            "path": article.path,
        }


def article_table(index: LocalIndex, look: Look, *, fit: bool = True) -> str:
    """The articles, a line each: number, name, title, source, date, words and path.

    To `fit` a terminal that is too narrow for it, or a screen reader, each article is told in words instead.
    """
    rows = list(article_rows(index))
    limits = [6, 28, max(20, look.width // 3), 22, 12, 8, 10_000]
    head = ["#", "article", "title", "source", "date", "words", "path"]
    cells = [[cut_to(one_line(cell), limit) for cell, limit in zip(_cells(r), limits, strict=True)] for r in rows]
    widths = [max(columns(row[i]) for row in [head, *cells]) for i in range(len(head))]
    if look.plain or (fit and sum(widths) + 2 * (len(widths) - 1) > look.width):
        return painted((line for row in rows for line in _told(row, look)), colour=look.colour)
    lines = []
    for row in [head, *cells]:
        padded = [_pad(cell, w, right=i in (0, 5)) for i, (cell, w) in enumerate(zip(row, widths, strict=True))]
        lines.append([Piece("  ".join(padded).rstrip(), "strong" if row is head else "")])
    return painted(lines, colour=look.colour)


def _cells(row: dict[str, Any]) -> list[str]:
    date = say_date(row["date"]) or ""
    return [str(row["number"]), row["article"], row["title"], row["source"] or "", date, str(row["words"]), row["path"]]


def _told(row: dict[str, Any], look: Look) -> list[list[Piece]]:
    """An article in two lines: its title; then its name and where it comes from."""
    number, name, title, source, date, words, _ = (one_line(cell) for cell in _cells(row))
    about = [x for x in (source, date, f"{words} words") if x]
    if look.plain:
        return [[Piece(f"Article {number}: {', '.join([name, title, *about])}.")]]
    room = max(10, look.width - 6)
    return [
        [Piece(f"{number:>4}  "), Piece(cut_to(title or name, room), "strong")],
        [Piece(" " * 6), Piece(cut_to(" · ".join([name, *about]), room), "dim")],
    ]


def _pad(cell: str, width: int, *, right: bool) -> str:
    blank = " " * (width - columns(cell))
    return blank + cell if right else cell + blank


def source_lines(citations: Iterable[Citation], look: Look) -> Iterator[list[Piece]]:
    """Where each citation stands: its article, date and title; then the file and the offsets in it."""
    for c in citations:
        about = " · ".join(one_line(x) for x in (c.source, say_date(c.date), c.title) if x) or c.article
        place = f"{c.article}:{c.start}-{c.end}"
        path = one_line(c.path)
        if look.plain:
            yield [Piece(f"Source {c.n}: {about}. {place}, file {path}")]
            continue
        width = prose_width(look.width)
        yield [Piece(f"{c.n:3}  "), Piece(cut_to(about, width - 5), "strong")]
        yield [Piece("     "), Piece(cut_to(place, width - 5))]
        yield [Piece("     "), Piece(path, "dim")]  # whole, so that it can be copied


def find_place(wanted: str, index: LocalIndex) -> tuple[Article, tuple[int, int] | None]:
    """The article and the passage that "NAME" or "NAME:START-END" means. Raises QAError for what is not there."""
    match = re.fullmatch(r"(.+):(\d{1,12})-(\d{1,12})", wanted, re.DOTALL)
    if match is None:
        return index.find_article(wanted), None
    article = index.find_article(match[1])
    start, end = int(match[2]), int(match[3])
    if not start < end <= len(article.text):
        raise QAError(f"{wanted}: {article.id} has the offsets 0 to {len(article.text)}, start before end")
    return article, (start, end)


def show_json(article: Article, place: tuple[int, int] | None) -> str:
    """An article as indexed, with its text; and the passage's offsets and words where one was asked for."""
    fields: dict[str, Any] = {
        "article": article.id,
        "title": article.title,
        "source": article.source,
        "date": article.date,
        "url": article.url,
        "path": article.path,
        "text": article.text,
    }
    if place:
        fields |= {"start": place[0], "end": place[1], "passage": article.text[place[0] : place[1]]}
    return dump(fields)


def show_text(article: Article, place: tuple[int, int] | None, *, colour: bool) -> str:
    """An article's text, or a passage in its surroundings, highlighted."""
    about = " · ".join(one_line(x) for x in (article.source, say_date(article.date), article.title) if x)
    start, end = place or (0, 0)
    begin = max(0, start - _SURROUNDINGS) if place else 0
    stop = min(len(article.text), end + _SURROUNDINGS) if place else len(article.text)
    pieces = [
        Piece(("… " if begin else "") + disarm(article.text[begin:start])),
        Piece(disarm(article.text[start:end]), "answer"),
        Piece(disarm(article.text[end:stop]).rstrip() + (" …" if stop < len(article.text) else "")),
    ]
    heading = paint([Piece(about, "strong")], colour=colour)
    where = paint([Piece(one_line(article.path), "dim")], colour=colour)
    return f"{heading}\n{where}\n\n{paint(pieces, colour=colour)}\n"
