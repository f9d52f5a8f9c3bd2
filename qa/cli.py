"""The commands: work done for parsed arguments, results to standard output, everything else to standard error."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.arguments import FAILED, parse

if TYPE_CHECKING:
    from index import LocalIndex
    from qa.answers import Answer
    from qa.reader import Reader

    _Answered = Iterator[tuple[str, Answer]]

ANSWERED, NO_ANSWER, INTERRUPTED = 0, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        args = parse(words)
        _use_encodings(json=args.json)
        return _RUN[args.command](args)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has enough; keep the interpreter from complaining as it flushes
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED
    except Exception as error:
        _tell(f"qa: {_complaint(error)}")
        return FAILED


def _complaint(error: Exception) -> str:
    """What went wrong, in words; what this program did not foresee says where it happened."""
    from index import QAError  # what it takes to import it, the chat's prompt does not wait for

    if isinstance(error, QAError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'the output'}: {error.strerror}"
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"a bug, please report it: {type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})"


def _run_ask(args: argparse.Namespace) -> int:
    if args.question:
        questions: Iterable[str] = [" ".join(args.question)]
        if not args.question[0].strip() and len(args.question) == 1:
            from index import QAError

            raise QAError('the question is empty: qa "How long did the call last?"')
    else:
        questions = lines_of_standard_input()
    return answer_all(args, questions, echo=not args.question)


def answer_all(args: argparse.Namespace, lines: Iterable[str], *, echo: bool) -> int:
    """Answer lines in their order, each printed as soon as it is ready; ANSWERED if any was.

    For `chat` they are the turns of one conversation, for `ask` each stands alone.
    """
    from qa.places import find_index
    from qa.reader import open_reader
    from qa.render import to_json
    from qa.screen import look_now, one_line
    from qa.wording import show_answer

    reader = open_reader(args.reader)  # first: it loads on a thread of its own
    index, notice = find_index(args.index)
    _notice(args, notice)
    answered = False
    answers = _talk if args.command == "chat" else _answers
    for line, answer in answers(args, lines, index, reader):
        answered |= answer.answered
        if args.json:
            text = to_json(answer) + "\n"
        else:
            text = show_answer(answer, look_now(no_color=args.no_color, plain=args.plain))
            if echo:
                text = f"> {one_line(line)}\n{text}\n"
        sys.stdout.write(text)
        sys.stdout.flush()
        if args.verbose:
            _tell(f"{answer.elapsed_ms:.0f} ms, {index.location}")
    return ANSWERED if answered else NO_ANSWER


def _answers(args: argparse.Namespace, lines: Iterable[str], index: "LocalIndex", reader: "Reader") -> "_Answered":
    """Each line answered by itself."""
    from qa.asking import ask

    for line in lines:
        yield line, ask(
            _valid(line), index,
            passages=args.passages, citations=args.citations, min_confidence=args.min_confidence, reader=reader,
        )  # fmt: skip


def _talk(args: argparse.Namespace, lines: Iterable[str], index: "LocalIndex", reader: "Reader") -> "_Answered":
    """Each line answered in the light of those before it, back to the last /new."""
    from qa.chat.commands import Refusal, read_piped
    from qa.conversation.turns import Turn, next_turn

    turns: tuple[Turn, ...] = ()
    for line in lines:
        if line.lstrip().startswith("/"):
            try:
                if read_piped(line) == "quit":
                    return
                turns = ()
            except Refusal as refusal:
                _tell(f"qa: {refusal}")
            continue
        turn = next_turn(
            _valid(line), turns, index,
            passages=args.passages, citations=args.citations, min_confidence=args.min_confidence, reader=reader,
        )  # fmt: skip
        turns = (*turns, turn)
        yield line, turn.answer


def lines_of_standard_input() -> Iterator[str]:
    """The lines of standard input as they come, blank ones left out."""
    for line in sys.stdin or ():
        line = line.rstrip("\r\n")
        if line.strip():
            yield line


def _run_chat(args: argparse.Namespace) -> int:
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        from qa.chat.loop import run_chat

        return run_chat(args)
    return answer_all(args, lines_of_standard_input(), echo=not args.json)


def _run_index(args: argparse.Namespace) -> int:
    from index import QAError, build_index, home_spelt_out
    from qa.places import chosen, own_index
    from qa.screen import one_line

    location = chosen(args.index) or str(own_index())
    if "://" in location:
        raise QAError(f"{location}: this version of qa builds index folders only")
    folder = home_spelt_out(location).absolute()
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
    from qa.screen import look_now

    index, notice = find_index(args.index)
    _notice(args, notice)
    if args.json:
        for row in article_rows(index):
            sys.stdout.write(dump(row) + "\n")
    else:
        sys.stdout.write(article_table(index, look_now(no_color=args.no_color), fit=sys.stdout.isatty()))
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


def _valid(question: str) -> str:
    """A question that UTF-8 can carry: undecodable bytes of the command line become question marks."""
    return question.encode("utf-8", "replace").decode("utf-8")


def _use_encodings(*, json: bool) -> None:
    """What is shown goes out in the terminal's own encoding; JSON, and what comes through a pipe, is UTF-8."""
    from qa.screen import write_what_can_be_written

    write_what_can_be_written()
    if json and sys.stdout is not None and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    if sys.stdin is not None and hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding=None if sys.stdin.isatty() else "utf-8", errors="replace")


def _notice(args: argparse.Namespace, text: str | None) -> None:
    if text and not args.quiet:
        _tell(text)


def _tell(text: str) -> None:
    from qa.screen import one_line

    sys.stderr.write(one_line(text) + "\n")
    sys.stderr.flush()


_RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "ask": _run_ask,
    "chat": _run_chat,
    "index": _run_index,
    "articles": _run_articles,
    "show": _run_show,
}
