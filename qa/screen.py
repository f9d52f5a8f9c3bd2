"""Text to terminal lines: columns counted, control characters disarmed, styles kept across a wrap."""

import codecs
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from wcwidth import wcswidth, wcwidth

_STYLES = {"answer": "\x1b[1;32m", "strong": "\x1b[1m", "dim": "\x1b[2m", "warning": "\x1b[1;33m"}
_RESET = "\x1b[0m"
# besides control characters: what reorders or hides the text around it
_DISARMED = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF}
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


# what this program writes itself, for terminals without Unicode
_ASCII = {
    "·": "-", "—": "-", "–": "-", "…": "...", "↳": ">", "“": '"', "”": '"', "‘": "'", "’": "'", "×": "x",
    _REPLACEMENT: "?",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a terminal shows an answer."""

    width: int  # columns
    colour: bool
    plain: bool = False  # labelled lines for a screen reader: no columns, no table


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text in one style: "", "answer", "strong", "dim" or "warning"."""

    text: str
    style: str = ""


def look_now(*, no_color: bool, plain: bool = False) -> Look:
    """The look of standard output as it is now: a window may have been resized."""
    width = shutil.get_terminal_size((80, 24)).columns
    if not is_unicode(sys.stdout.encoding):
        width -= 2  # "…" is cut text's last column, and three of them in ASCII
    return Look(width, use_colour(no_color=no_color) and not plain, plain)


def is_unicode(encoding: str | None) -> bool:
    """Whether an encoding has every character."""
    return codecs.lookup(encoding or "ascii").name.startswith("utf")


def write_what_can_be_written() -> None:
    """Standard output and error keep their encoding; what it lacks is written in ASCII, accents dropped, or as "?"."""
    codecs.register_error("qa-ascii", _in_ascii)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="qa-ascii")


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(to_ascii(c) for c in error.object[error.start : error.end]), error.end


def to_ascii(text: str) -> str:
    """A text in ASCII: typographic marks as typewriters had them, accents dropped, other letters as "?"."""
    plain = "".join(_ASCII.get(c, c) for c in text)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return plain.encode("ascii", "replace").decode()


def disarm(text: str) -> str:
    """A text that no terminal acts on: every control and reordering character but line ends is replaced."""

    def safe(c: str) -> str:
        if c in "\n\t":
            return c
        return _REPLACEMENT if unicodedata.category(c) in ("Cc", "Cs") or ord(c) in _DISARMED else c

    return "".join(map(safe, text.replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """A disarmed text with all blanks folded: for a quote, whose lines are the article's, not the screen's."""
    return disarm(re.sub(r"\s+", " ", text).strip())


def columns(text: str) -> int:
    """How many terminal columns a disarmed text takes; wide characters two, combining ones none."""
    return max(0, wcswidth(text))


def cut_to(text: str, width: int) -> str:
    """A text cut to a width in columns, with "…" where something is missing."""
    if columns(text) <= width:
        return text
    kept = ""
    for c in text:
        if columns(kept + c) > width - 1:
            break
        kept += c
    return kept.rstrip() + "…"


def wrap(pieces: Iterable[Piece], width: int) -> list[list[Piece]]:
    """Break pieces at blanks into lines of at most `width` columns; a longer word is broken anywhere."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for word in _words(pieces):
        size = sum(columns(p.text) for p in word)
        blank = used > 0 and word[0].text.startswith(" ")
        if used and used + size > width:
            lines.append([])
            used, blank = 0, False
        if not blank:
            word = [Piece(word[0].text.lstrip(" "), word[0].style), *word[1:]]
        for piece in word:
            for part in _broken(piece, width):
                if used + columns(part.text) > width and used:
                    lines.append([])
                    used = 0
                lines[-1].append(part)
                used += columns(part.text)
    return lines


def _words(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces cut before each blank, so that a word of several styles stays one."""
    words: list[list[Piece]] = []
    for piece in pieces:
        for part in re.findall(r" ?[^ ]+| ", piece.text):
            if not words or part.startswith(" "):
                words.append([])
            words[-1].append(Piece(part, piece.style))
    return words


def _broken(piece: Piece, width: int) -> list[Piece]:
    if columns(piece.text) <= width:
        return [piece]
    parts, current = [], ""
    for c in piece.text:
        if current and columns(current) + max(0, wcwidth(c)) > width:
            parts.append(Piece(current, piece.style))
            current = ""
        current += c
    return [*parts, Piece(current, piece.style)]


def paint(line: Sequence[Piece], *, colour: bool) -> str:
    """A line as it is written: with the terminal's own bold, dim and green, or plain."""
    if not colour:
        return "".join(p.text for p in line).rstrip()
    runs = ((style, "".join(p.text for p in run)) for style, run in groupby(line, key=lambda p: p.style))
    return "".join(f"{_STYLES[style]}{text}{_RESET}" if style and text else text for style, text in runs)


def painted(lines: Iterable[Sequence[Piece]], *, colour: bool) -> str:
    """Lines as they are written, the last one ended too."""
    return "".join(paint(line, colour=colour) + "\n" for line in lines)


def use_colour(*, no_color: bool) -> bool:
    """Colours on a terminal that has them, unless the user wants none (no-color.org)."""
    unwanted = no_color or os.environ.get("NO_COLOR") or is_dumb()
    return sys.stdout.isatty() and not unwanted


def is_dumb() -> bool:
    """Whether the terminal understands no escape codes."""
    return os.environ.get("TERM", "") in ("", "dumb", "unknown")
