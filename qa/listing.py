"""What an index holds, and one article of it, for a terminal or as JSON."""

import re
from collections.abc import Iterator
from typing import Any

from index import Article, LocalIndex, QAError
from qa.render import dump, say_date
from qa.screen import Piece, columns, cut_to, disarm, one_line, paint

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


def article_table(index: LocalIndex, *, width: int, colour: bool) -> str:
    """The articles as a table: number, name, title, source, date, words, and the path below each."""
    rows = [
        [
            str(r["number"]),
            r["article"],
            r["title"],
            r["source"] or "",
            say_date(r["date"]) or "",
            str(r["words"]),
            r["path"],
        ]
        for r in article_rows(index)
    ]
    limits = [6, 28, max(20, width // 3), 22, 12, 8, 10_000]
    cells = [[cut_to(one_line(cell), limit) for cell, limit in zip(row, limits, strict=True)] for row in rows]
    head = ["#", "article", "title", "source", "date", "words", "path"]
    widths = [max(columns(row[i]) for row in [head, *cells]) for i in range(len(head))]
    lines = []
    for row in [head, *cells]:
        padded = [_pad(cell, w, right=i in (0, 5)) for i, (cell, w) in enumerate(zip(row, widths, strict=True))]
        lines.append(paint([Piece("  ".join(padded).rstrip(), "strong" if row is head else "")], colour=colour))
    return "\n".join(lines) + "\n"


def _pad(cell: str, width: int, *, right: bool) -> str:
    blank = " " * (width - columns(cell))
    return blank + cell if right else cell + blank


def find_place(wanted: str, index: LocalIndex) -> tuple[Article, tuple[int, int] | None]:
    """The article and the passage that "NAME" or "NAME:START-END" means. Raises QAError for what is not there."""
    match = re.fullmatch(r"(.+):(\d+)-(\d+)", wanted, re.DOTALL)
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
