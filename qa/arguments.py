"""A command line to its arguments: which command is meant, and its options."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

COMMANDS = {
    "ask": "answer a question, or one a line from standard input",
    "chat": "ask in a conversation",
    "index": "build or update an index from files and folders",
    "articles": "list what the index holds",
    "show": "print an article, or a passage of it",
}
_TAKE_VALUE = {"--index", "-k", "--passages", "--citations", "--min-confidence", "--model", "--reader"}
FAILED = 2  # exit status of a usage error, too


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong on one line; argparse would print the usage too."""
        from qa.screen import one_line

        sys.stderr.write(f"qa: {one_line(message)} (see {self.prog} --help)\n")
        raise SystemExit(FAILED)


def parse(words: list[str]) -> argparse.Namespace:
    """The arguments of a command line. Its first plain word names the command, else it starts a question."""
    command = _command_at(words)
    if command is not None:
        name = words[command]
        rest = words[:command] + words[command + 1 :]
    else:
        name, rest = "", words
    if not name and not _plain_words(rest):
        if any(w in ("-h", "--help", "--version") for w in rest):
            return _top_parser().parse_args(rest)
        name = "chat" if sys.stdin is not None and sys.stdin.isatty() else "ask"
    parser = _PARSERS[name or "ask"]()
    if name in ("", "ask"):
        return parser.parse_intermixed_args(rest)
    return parser.parse_args(rest)


def _plain_words(words: Sequence[str]) -> list[int]:
    """Where the words stand that are neither options nor their values."""
    places, skip, all_plain = [], False, False
    for at, word in enumerate(words):
        if skip:
            skip = False
        elif word == "--" and not all_plain:
            all_plain = True
        elif all_plain or not word.startswith("-") or word == "-":
            places.append(at)
        else:
            skip = word in _TAKE_VALUE
    return places


def _command_at(words: Sequence[str]) -> int | None:
    plain = _plain_words(words)
    return plain[0] if plain and words[plain[0]] in COMMANDS else None


def _top_parser() -> argparse.ArgumentParser:
    from qa import __version__

    listing = "\n".join(f"  qa {name:10} {text}" for name, text in COMMANDS.items())
    parser = _Parser(
        prog="qa",
        usage='qa [options] ["QUESTION"]\n       qa COMMAND [options] …',
        description="Answers questions from articles, in the articles' own words, and says where they stand.",
        epilog=f"commands (qa COMMAND --help tells more):\n{listing}\n\n"
        "Without a question or a command: the chat on a terminal, else questions from standard input.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"qa {__version__}")
    _shared(parser)
    _answering(parser)
    return parser


def _parser(name: str) -> argparse.ArgumentParser:
    from qa import __version__

    parser = _Parser(prog=f"qa {name}", description=COMMANDS[name].capitalize() + ".", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"qa {__version__}")
    parser.set_defaults(command=name)
    _shared(parser)
    return parser


def _shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", metavar="DIR", help="the index to use (also QA_INDEX)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--no-color", action="store_true", help="no colours (also NO_COLOR)")
    parser.add_argument("-q", "--quiet", action="store_true", help="no notices on standard error")
    parser.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")


def _answering(parser: argparse.ArgumentParser) -> None:
    from qa.defaults import CITATIONS, PASSAGES

    parser.add_argument(
        "-k", "--passages", type=_count, default=PASSAGES, metavar="N",
        help=f"how many passages are read ({PASSAGES})",
    )  # fmt: skip
    parser.add_argument(
        "--citations", type=_count, default=CITATIONS, metavar="N",
        help=f"show at most so many citations ({CITATIONS})",
    )  # fmt: skip
    parser.add_argument(
        "--min-confidence", type=_probability, metavar="P",
        help="decline below this confidence, 0 to 1 (default: as calibrated)",
    )  # fmt: skip
    parser.add_argument(
        "--reader", metavar="MODEL",
        help="a Hugging Face question-answering model, by folder or hub name (default: the one that ships)",
    )  # fmt: skip

    parser.add_argument(
        "--plain", action="store_true", help="labelled lines for a screen reader: no colours, columns or menus"
    )


def _count(word: str) -> int:
    if not word.isdecimal() or not 1 <= int(word) <= 1000:
        raise argparse.ArgumentTypeError(f"{word!r} is no number from 1 to 1000")
    return int(word)


def _probability(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{word!r} is no number from 0 to 1")
    return value


def _ask_parser() -> argparse.ArgumentParser:
    parser = _parser("ask")
    parser.add_argument("question", nargs="*", help="the words of one question; none: one a line from standard input")
    _answering(parser)
    return parser


def _chat_parser() -> argparse.ArgumentParser:
    parser = _parser("chat")
    _answering(parser)
    return parser


def _index_parser() -> argparse.ArgumentParser:
    parser = _parser("index")
    parser.add_argument("paths", nargs="+", metavar="PATH", help='files and folders; "-" is standard input')
    parser.add_argument("--model", help="a sentence-transformers model, by folder or hub name")
    return parser


def _articles_parser() -> argparse.ArgumentParser:
    return _parser("articles")


def _show_parser() -> argparse.ArgumentParser:
    parser = _parser("show")
    parser.add_argument("article", metavar="ARTICLE[:START-END]", help="its name or number, and offsets in it")
    return parser


_PARSERS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "ask": _ask_parser,
    "chat": _chat_parser,
    "index": _index_parser,
    "articles": _articles_parser,
    "show": _show_parser,
}
