"""The commands of the chat: one table that the help, the completion and "did you mean" read."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.screen import Look, Piece, columns, one_line, wrap


@dataclass(frozen=True, slots=True)
class Command:
    """A line that begins with "/" and is no question."""

    name: str
    takes: str  # how what follows is written; "" for nothing
    meaning: str


COMMANDS = (
    Command("open", "[N|ARTICLE]", "read citation N in its article"),
    Command("more", "", "the next citations of the answer"),
    Command("sources", "", "who was cited: article, date, file, offsets"),
    Command("why", "", "where the answer came from"),
    Command("copy", "[text|markdown|reference]", "the answer with its citations to the clipboard"),
    Command("save", "FILE", "write the conversation as Markdown"),
    Command("articles", "", "what the index holds"),
    Command("index", "PATH…", "add files and folders to your index"),
    Command("new", "", "start another conversation"),
    Command("help", "", "this list"),
    Command("quit", "", "leave (or Ctrl-D)"),
)
_ALIASES = {"exit": "quit", "q": "quit", "?": "help", "h": "help"}
_ALIKE = 60  # of 100; below it a name is not meant


class Refusal(Exception):
    """Why a line cannot be done, as one line."""


def read_command(line: str) -> tuple[str, str]:
    """A line "/NAME ARGUMENT" as the command's name and what follows it. Raises Refusal for an unknown one."""
    name, _, argument = line.strip().removeprefix("/").partition(" ")
    wanted = _ALIASES.get(name.lower(), name.lower())
    command = next((c for c in COMMANDS if c.name == wanted), None)
    if command is None:
        raise Refusal(_unknown(name))
    if argument.strip() and not command.takes:
        raise Refusal(f"/{command.name} takes nothing after it")
    return command.name, argument.strip()


def read_piped(line: str) -> str:
    """The command of a line that came through a pipe: "new" or "quit". Raises Refusal for what needs a terminal."""
    name, _ = read_command(line)
    if name not in ("new", "quit"):
        raise Refusal(f"/{name} is for the chat on a terminal; a pipe takes questions, /new and /quit")
    return name


def _unknown(name: str) -> str:
    from rapidfuzz import fuzz, process

    names = [c.name for c in COMMANDS]
    begun = [n for n in names if name and n.startswith(name.lower())]
    near = process.extractOne(name.lower(), names, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    meant = begun[0] if begun else near[0] if near else None
    shown = one_line(name)[:40]
    return f"there is no command /{shown}: " + (f"did you mean /{meant}?" if meant else "/help lists them")


def help_lines(look: Look) -> Sequence[Sequence[Piece]]:
    """The table, a command a line; its meaning below it where the terminal is narrow."""
    usages = [f"/{c.name} {c.takes}".rstrip() for c in COMMANDS]
    room = max(map(columns, usages)) + 2
    lines: list[list[Piece]] = []
    for usage, command in zip(usages, COMMANDS, strict=True):
        if look.plain:
            lines.append([Piece(f"{usage}: {command.meaning}.")])
        elif look.width >= room + 46:
            lines.append([Piece("  "), Piece(usage, "strong"), Piece(" " * (room - columns(usage)) + command.meaning)])
        else:
            lines.append([Piece("  "), Piece(usage, "strong")])
            lines += ([Piece("    "), *line] for line in wrap([Piece(command.meaning)], look.width - 4))
    return lines
