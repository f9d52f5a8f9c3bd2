"""The commands: arguments to work, results to standard output, everything else to standard error."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

COMMANDS = {
    "ask": "answer a question, or one a line from standard input",
    "chat": "ask in a conversation",
    "index": "build or update an index from files and folders",
    "articles": "list what the index holds",
    "show": "print an article, or a passage of it",
}
_TAKE_VALUE = {"--index", "-k", "--passages", "--citations", "--min-confidence", "--model"}
ANSWERED, NO_ANSWER, FAILED, INTERRUPTED = 0, 1, 2, 130


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong on one line; argparse would print the usage too."""
        sys.stderr.write(f"qa: {message} (see {self.prog} --help)\n")
        raise SystemExit(FAILED)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit status."""
    from index.errors import QAError

    words = list(sys.argv[1:] if argv is None else argv)
    _use_utf8()
    try:
        args = parse(words)
        return int(args.run(args))
    except QAError as error:
        _tell(f"qa: {error}")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has enough; keep the interpreter from complaining as it flushes
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED


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


def _parser(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    from qa import __version__

    parser = _Parser(prog=f"qa {name}", description=COMMANDS[name].capitalize() + ".", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"qa {__version__}")
    parser.set_defaults(run=run)
    _shared(parser)
    return parser


def _shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", metavar="DIR", help="the index to use (also QA_INDEX)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--no-color", action="store_true", help="no colours (also NO_COLOR)")
    parser.add_argument("-q", "--quiet", action="store_true", help="no notices on standard error")
    parser.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")


def _answering(parser: argparse.ArgumentParser) -> None:
    from qa import CITATIONS, PASSAGES

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
    parser = _parser("ask", _run_ask)
    parser.add_argument("question", nargs="*", help="the words of one question; none: one a line from standard input")
    _answering(parser)
    return parser


def _chat_parser() -> argparse.ArgumentParser:
    parser = _parser("chat", _run_chat)
    _answering(parser)
    return parser


def _index_parser() -> argparse.ArgumentParser:
    parser = _parser("index", _run_index)
    parser.add_argument("paths", nargs="+", metavar="PATH", help='files and folders; "-" is standard input')
    parser.add_argument("--model", help="a sentence-transformers model, by folder or hub name")
    return parser


def _articles_parser() -> argparse.ArgumentParser:
    return _parser("articles", _run_articles)


def _show_parser() -> argparse.ArgumentParser:
    parser = _parser("show", _run_show)
    parser.add_argument("article", metavar="ARTICLE[:START-END]", help="its name or number, and offsets in it")
    return parser


_PARSERS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "ask": _ask_parser,
    "chat": _chat_parser,
    "index": _index_parser,
    "articles": _articles_parser,
    "show": _show_parser,
}


def _run_ask(args: argparse.Namespace) -> int:
    if args.question:
        questions: Iterable[str] = [" ".join(args.question)]
        if not args.question[0].strip() and len(args.question) == 1:
            from index.errors import QAError

            raise QAError('the question is empty: qa "How long did the call last?"')
    else:
        questions = lines_of_standard_input()
    return answer_all(args, questions, echo=not args.question)


def answer_all(args: argparse.Namespace, questions: Iterable[str], *, echo: bool) -> int:
    """Answer questions in their order, each printed as soon as it is ready; ANSWERED if any was."""
    from qa import ask
    from qa.places import find_index
    from qa.render import to_json, to_text
    from qa.screen import one_line, use_colour

    index, notice = find_index(args.index)
    _notice(args, notice)
    answered = False
    for question in questions:
        answer = ask(
            _valid(question), index,
            passages=args.passages, citations=args.citations, min_confidence=args.min_confidence,
        )  # fmt: skip
        answered |= answer.answered
        if args.json:
            text = to_json(answer) + "\n"
        else:
            text = to_text(answer, width=_width(), colour=use_colour(no_color=args.no_color))
            if echo:
                text = f"> {one_line(question)}\n{text}\n"
        sys.stdout.write(text)
        sys.stdout.flush()
        if args.verbose:
            _tell(f"{answer.elapsed_ms:.0f} ms, {index.location}")
    return ANSWERED if answered else NO_ANSWER


def lines_of_standard_input() -> Iterator[str]:
    """The lines of standard input as they come, blank ones left out."""
    for line in sys.stdin or ():
        line = line.rstrip("\r\n")
        if line.strip():
            yield line


def _run_chat(args: argparse.Namespace) -> int:
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        from qa.chat import run_chat

        return run_chat(args)
    turns = (line for line in lines_of_standard_input() if line.strip() != "/new")
    return answer_all(args, turns, echo=not args.json)


def _run_index(args: argparse.Namespace) -> int:
    from index import build_index
    from index.errors import QAError
    from qa.places import chosen, own_index
    from qa.screen import one_line

    location = chosen(args.index) or str(own_index())
    if "://" in location:
        raise QAError(f"{location}: this version of qa builds index folders only")
    folder = Path(location).expanduser().absolute()
    report = build_index(args.paths, folder, args.model)
    if report.damaged and not args.quiet:
        _tell(f"the index that was there could not be used ({one_line(report.damaged)}): built anew")
    for skipped in report.skipped:
        _tell(f"skipped {one_line(skipped.path)}: {skipped.reason}")
    _notice(
        args,
        f"{report.articles} articles, {report.chunks} passages in {folder}: {report.added} new, "
        f"{report.changed} changed, {report.removed} removed, {report.unchanged} as before, "
        f"{len(report.skipped)} skipped; {report.encoded} texts embedded, {report.reused} kept",
    )
    if args.json:
        from dataclasses import asdict

        from qa.render import dump

        sys.stdout.write(dump(asdict(report) | {"index": str(folder)}) + "\n")
    return ANSWERED


def _run_articles(args: argparse.Namespace) -> int:
    from qa.listing import article_rows, article_table
    from qa.places import find_index
    from qa.render import dump
    from qa.screen import use_colour

    index, notice = find_index(args.index)
    _notice(args, notice)
    if args.json:
        for row in article_rows(index):
            sys.stdout.write(dump(row) + "\n")
    else:
        sys.stdout.write(article_table(index, width=_width(), colour=use_colour(no_color=args.no_color)))
    sys.stdout.flush()
    return ANSWERED


def _run_show(args: argparse.Namespace) -> int:
    from qa.listing import find_place, show_json, show_text
    from qa.places import find_index
    from qa.screen import use_colour

    index, notice = find_index(args.index)
    _notice(args, notice)
    article, place = find_place(args.article, index)
    if args.json:
        sys.stdout.write(show_json(article, place) + "\n")
    else:
        sys.stdout.write(show_text(article, place, colour=use_colour(no_color=args.no_color)))
    sys.stdout.flush()
    return ANSWERED


def _width() -> int:
    return shutil.get_terminal_size((80, 24)).columns


def _valid(question: str) -> str:
    """A question that UTF-8 can carry: undecodable bytes of the command line become question marks."""
    return question.encode("utf-8", "replace").decode("utf-8")


def _use_utf8() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _notice(args: argparse.Namespace, text: str | None) -> None:
    if text and not args.quiet:
        _tell(text)


def _tell(text: str) -> None:
    sys.stderr.write(text.replace("\n", " ") + "\n")
    sys.stderr.flush()
