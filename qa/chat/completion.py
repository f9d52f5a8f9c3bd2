"""What a line may go on with: commands, their arguments, articles, and words that the articles use."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.chat.commands import COMMANDS
from qa.chat.transcript import FORMATS
from qa.screen import one_line

_FROM = 3  # letters of a word, before its endings are worth a list
_MOST = 30  # suggestions


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that would take the place of the last `replaces` characters, and what it means."""

    text: str
    replaces: int
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to complete from."""

    citations: Sequence[tuple[int, str]] = ()  # number and title
    articles: Callable[[], Iterable[tuple[str, str]]] = tuple  # name and title
    words: Callable[[str, int], Iterable[str]] = lambda beginning, most: ()  # the commonest first


def suggest(before: str, known: Known) -> list[Suggestion]:
    """Suggestions for a line's text before the cursor."""
    if before.startswith("/"):
        name, blank, argument = before[1:].partition(" ")
        found = _ARGUMENTS.get(name, _nothing)(argument.lstrip(), known) if blank else _commands(name)
    else:
        found = _words(before, known)
    return [s for s, _ in zip(found, range(_MOST), strict=False)]


def _commands(begun: str) -> Iterator[Suggestion]:
    for command in COMMANDS:
        if command.name.startswith(begun.lower()):
            yield Suggestion(f"/{command.name}{' ' if command.takes else ''}", len(begun) + 1, command.meaning)


def _words(before: str, known: Known) -> Iterator[Suggestion]:
    word_begun = re.search(r"[^\W\d_]*$", before)
    begun = word_begun[0] if word_begun else ""
    if len(begun) < _FROM:
        return
    for word in known.words(begun, _MOST):
        yield Suggestion(_in_the_case_of(begun, word), len(begun))


def _in_the_case_of(begun: str, word: str) -> str:
    if len(begun) > 1 and begun.isupper():
        return word.upper()
    return word.capitalize() if begun[0].isupper() else word


def _places(begun: str, known: Known) -> Iterator[Suggestion]:
    for n, title in known.citations:
        if str(n).startswith(begun):
            yield Suggestion(str(n), len(begun), one_line(title))
    for name, title in known.articles():
        if name.lower().startswith(begun.lower()):
            yield Suggestion(name, len(begun), one_line(title))


def _formats(begun: str, known: Known) -> Iterator[Suggestion]:
    for name, meaning in FORMATS.items():
        if name.startswith(begun.lower()):
            yield Suggestion(name, len(begun), meaning)


def _paths(begun: str, known: Known) -> Iterator[Suggestion]:
    """Files and folders that a path begins; of several paths, the last one."""
    start = re.search(r"""(?:[^\s'"\\]|\\.|"[^"]*"?|'[^']*'?)*$""", begun)
    written = start[0] if start else ""
    path = re.sub(r"""\\(.)|["']""", r"\1", written)
    folder, slash, name = path.rpartition("/")
    try:
        entries = sorted(Path(folder + slash or ".").expanduser().iterdir())
    except (OSError, RuntimeError):  # RuntimeError: "~nobody/"
        return
    for entry in entries:
        if entry.name.startswith(name) and (name or not entry.name.startswith(".")):
            shown = f"{folder}{slash}{entry.name}{'/' if entry.is_dir() else ''}"
            yield Suggestion(re.sub(r"""([\s'"\\])""", r"\\\1", shown), len(written))


def _nothing(begun: str, known: Known) -> Iterator[Suggestion]:
    yield from ()


_ARGUMENTS: dict[str, Callable[[str, Known], Iterator[Suggestion]]] = {
    "open": _places,
    "copy": _formats,
    "save": _paths,
    "index": _paths,
}
