"""The chat: a prompt-toolkit loop over `ask`. The index opens while the first question is typed."""

import argparse
import shutil
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from index import LocalIndex, QAError
from qa import ask
from qa.places import find_index
from qa.reader import open_reader
from qa.render import to_text
from qa.screen import one_line, use_colour

_HELP = "Type a question. /help this list · /new a new conversation · /quit (or Ctrl-D) leave\n"


def run_chat(args: argparse.Namespace) -> int:
    """Ask and answer until the user leaves: Ctrl-C drops the line or the question, Ctrl-D ends. Returns 0."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory
    from prompt_toolkit.patch_stdout import patch_stdout

    with ThreadPoolExecutor(1) as worker:
        opening = worker.submit(_open, args)
        session: PromptSession[str] = PromptSession("> ", history=FileHistory(str(_history_file())))
        sys.stdout.write(_HELP)
        while True:
            try:
                with patch_stdout():  # what the worker says appears above the prompt
                    line = session.prompt().strip()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return 0
            if line in ("/quit", "/exit"):
                return 0
            if line:
                _turn(line, opening, args)


def _turn(line: str, opening: "Future[LocalIndex]", args: argparse.Namespace) -> None:
    """Answer one line; what goes wrong with it is said, and the chat goes on."""
    if line == "/new":
        return
    if line.startswith("/"):
        sys.stdout.write(_HELP if line == "/help" else f"There is no command {one_line(line)}. {_HELP}")
        return
    try:
        answer = ask(
            line, opening.result(),
            passages=args.passages, citations=args.citations, min_confidence=args.min_confidence,
            reader=open_reader(args.reader),
        )  # fmt: skip
        width = shutil.get_terminal_size().columns
        sys.stdout.write(to_text(answer, width=width, colour=use_colour(no_color=args.no_color)) + "\n")
        sys.stdout.flush()
    except QAError as error:
        sys.stderr.write(f"qa: {error}\n")
    except KeyboardInterrupt:
        sys.stdout.write("cancelled\n")


def _open(args: argparse.Namespace) -> LocalIndex:
    open_reader(args.reader)  # it loads on a thread of its own
    index, notice = find_index(args.index)
    index.warm_up()
    if notice and not args.quiet:
        sys.stderr.write(f"{notice}\n")
    return index


def _history_file() -> Path:
    from platformdirs import user_state_path

    folder = user_state_path("qa", appauthor=False, ensure_exists=True)
    return folder / "history"
