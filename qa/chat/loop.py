"""The chat's loop: a line, its answer, and the next line, until the user leaves."""

import argparse
import os
import sys
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from qa.chat.actions import ACTIONS
from qa.chat.background import THINKING, begin, is_at_work, typing_kept, wait_for
from qa.chat.bar import bar_text, known_to
from qa.chat.commands import Refusal, read_command
from qa.chat.completion import suggest
from qa.chat.opening import begin_opening, news_of, opened
from qa.chat.prompt import Emptied, Hooks, end_app, open_prompt
from qa.chat.state import State, limited, with_turn
from qa.chat.terminal import (
    Ended,
    as_many_as_fit,
    complaint,
    ended_by_signals,
    say,
    say_dimly,
    say_how_many_more,
    say_wrong,
)
from qa.defaults import LONGEST_QUESTION

if TYPE_CHECKING:
    from qa.conversation.turns import Turn

_HINT = "Type a question. /help lists the commands, Ctrl-D leaves."
_ALL = 1000  # citations asked for, so that /more has some


def run_chat(args: argparse.Namespace) -> int:
    """Ask and answer until the user leaves. Returns the exit status."""
    status, at_once = 0, False
    with ended_by_signals(end_app):
        try:
            with typing_kept():
                _Chat(args).run()
        except EOFError:
            pass
        except OSError:  # the terminal is gone
            at_once = True
        except Ended as end:
            status, at_once = 128 + end.number, True
    if at_once or is_at_work():
        _leave_at_once(status)
    return status


def _leave_at_once(status: int) -> None:
    """Leave without waiting for threads that still compute: the interpreter would wait, or crash on its way out."""
    try:
        sys.stdout.flush()
    finally:
        os._exit(status)


class _Chat:
    """The loop and its state, which the prompt's bar and completion look at while a line is typed."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.state = State(args, Future())
        self.announced: object = None  # the opening of which the news was told

    def run(self) -> None:
        """Read and answer lines. Raises EOFError when the user leaves."""
        look = self.state.look
        hooks = Hooks(
            shown=lambda: begin_opening(self.state),
            loaded=self.news,
            bar=lambda: bar_text(self.state, sys.stdout.encoding),
            suggest=lambda before: suggest(before, known_to(self.state)),
        )
        read = open_prompt(look, hooks)
        say_dimly(_HINT, look)
        while True:
            try:
                self.take(read())
            except Emptied as emptied:
                if not emptied.text:
                    say_dimly("Ctrl-D leaves", self.state.look)
            except KeyboardInterrupt:
                say_dimly("cancelled", self.state.look)
            except Refusal as refusal:
                say_wrong(str(refusal), self.state.look)

    def news(self) -> str:
        """What the opening has to say, once."""
        if self.announced is self.state.opening or not self.state.opening.done():
            return ""
        self.announced = self.state.opening
        return news_of(self.state)

    def take(self, line: str) -> None:
        """Do what a line says; what goes wrong with it is told, and the chat goes on."""
        text = " ".join(line.encode("utf-8", "replace").decode().split())
        if not text:
            return
        try:
            if text.startswith("/"):
                name, argument = read_command(text)
                self.state = ACTIONS[name](self.state, argument)
            else:
                self.answer(text)
        except (Refusal, EOFError):
            raise
        except Exception as error:
            if self.state.opening.done() and self.state.opening.exception() is error:
                self.announced = self.state.opening  # that is its news
            say_wrong(complaint(error), self.state.look)
        say(self.news())

    def answer(self, question: str) -> None:
        """Answer a question on a thread of its own: one that is cancelled computes on, and nobody waits."""
        from qa.render import to_json
        from qa.wording import show_answer

        if len(question) > LONGEST_QUESTION:
            say_dimly(f"only the first {LONGEST_QUESTION} characters count", self.state.look)
        opened(self.state)
        say(self.news())
        asking: Future[Turn] = Future()
        begin(asking, partial(_ask, question, self.state))
        turn = wait_for(asking, THINKING, self.state.look)
        look = self.state.look
        most = as_many_as_fit(self.state.args.citations, lambda n: show_answer(limited(turn, n).answer, look), look)
        self.state = with_turn(self.state, turn, most)
        shown = self.state.turns[-1].answer
        say(to_json(shown) + "\n" if self.state.args.json else show_answer(shown, look))
        say_how_many_more(len(turn.answer.citations) - len(shown.citations), look)
        say("\n")


def _ask(question: str, state: State) -> "Turn":
    from qa.conversation.turns import next_turn

    args, ready = state.args, state.opening.result()
    return next_turn(
        question, state.turns, ready.index,
        passages=args.passages, citations=_ALL, min_confidence=args.min_confidence, reader=ready.reader,
    )  # fmt: skip
