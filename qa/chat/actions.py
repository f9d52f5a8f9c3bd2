"""What the commands do: each takes the state and what follows the command's name, and gives the state after it."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from qa.chat.commands import Refusal, help_lines
from qa.chat.opening import opened
from qa.chat.state import State, checked_anew, with_more
from qa.chat.terminal import as_many_as_fit, copy_to_clipboard, say, say_dimly, say_how_many_more, say_lines
from qa.chat.transcript import FORMATS, cited, to_format, to_markdown
from qa.screen import is_dumb

if TYPE_CHECKING:
    from index import Article
    from qa.answers import Citation
    from qa.conversation.turns import Turn

Action = Callable[[State, str], State]


def _last(state: State) -> "Turn":
    """The last answer as it was shown. Raises Refusal before the first."""
    if not state.turns:
        raise Refusal("there is no answer yet: type a question first")
    return state.turns[-1]


def _all_cited(state: State) -> "tuple[Citation, ...]":
    """Every citation of the last answer that has a number, those still to be shown too."""
    return cited(state.last.answer) if state.last else ()


def _help(state: State, argument: str) -> State:
    look = state.look
    say_lines(help_lines(look), look)
    say_dimly("Anything else is a question. Tab completes, Alt-Enter breaks the line, Ctrl-R searches.", look)
    return state


def _new(state: State, argument: str) -> State:
    say_dimly("a new conversation", state.look)
    return replace(state, turns=(), last=None)


def _more(state: State, argument: str) -> State:
    from qa.wording import show_citations

    shown, look = len(_last(state).answer.citations), state.look
    left = state.last.answer.citations[shown:] if state.last else ()
    if not left:
        say_dimly("no more citations", look)
        return state
    most = as_many_as_fit(min(state.args.citations, len(left)), lambda n: show_citations(left[:n], look), look)
    say(show_citations(left[:most], look))
    say_how_many_more(len(left) - most, look)
    say("\n")
    return with_more(state, shown + most)


def _sources(state: State, argument: str) -> State:
    from qa.listing import source_lines

    citations = cited(_last(state).answer)
    if not citations:
        raise Refusal("nothing was cited")
    say_lines(source_lines(citations, state.look), state.look)
    return state


def _why(state: State, argument: str) -> State:
    from qa.chat.why import why_lines

    _last(state)
    if state.last is not None:
        say_lines(why_lines(state.last.trace, state.look), state.look)
    return state


def _articles(state: State, argument: str) -> State:
    from qa.listing import article_table

    say(article_table(opened(state).index, state.look))
    return state


def _open(state: State, argument: str) -> State:
    from qa.chat.pager import Stop, read_article

    citations = _all_cited(state)
    index = opened(state).index
    wanted = argument or "1"
    if re.fullmatch(r"\d{1,4}", wanted) and (citations or not argument):
        places = [n for n, c in enumerate(citations) if c.n == int(wanted)]
        if not places:
            there = f"there are {', '.join(str(c.n) for c in citations)}" if citations else "nothing was cited yet"
            raise Refusal(f"there is no citation {wanted}: {there}")
        stops, at = [Stop(index.find_article(c.article), c) for c in citations], places[0]
    else:
        begun = [name for name, _ in index.names() if name.lower().startswith(wanted.lower())]
        stops, at = [Stop(index.find_article(begun[0] if len(begun) == 1 else wanted))], 0
    look = state.look
    if look.plain or is_dumb():
        _print(stops[at].article, stops[at].citation, state)
    else:
        read_article(stops, at, colour=look.colour)
    return state


def _print(article: "Article", citation: "Citation | None", state: State) -> None:
    from qa.listing import show_text

    place = (citation.start, citation.end) if citation else None
    say(show_text(article, place, colour=state.look.colour))


def _copy(state: State, argument: str) -> State:
    wanted = argument.lower() or "text"
    name = next((f for f in FORMATS if f.startswith(wanted)), None)
    if name is None:
        raise Refusal(f"/copy knows {', '.join(FORMATS)}, not {argument}")
    text = to_format(name, _last(state))
    if state.look.plain or is_dumb():
        say(text)
    else:
        copy_to_clipboard(text)
        say_dimly(f"sent to the terminal's clipboard: {len(text.splitlines())} lines of {name}", state.look)
    return state


def _save(state: State, argument: str) -> State:
    if not argument:
        raise Refusal("/save needs a file name: /save answers.md")
    if not state.turns:
        raise Refusal("there is nothing to save yet: type a question first")
    from index import home_spelt_out

    path = home_spelt_out(" ".join(_words(argument)))
    text = to_markdown(state.turns, state.turns[-1].answer.index, date.today())
    try:
        with path.open("x", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except FileExistsError:
        raise Refusal(f"{path} is there already: choose another name") from None
    except (OSError, ValueError) as error:
        raise Refusal(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    questions = "1 question" if len(state.turns) == 1 else f"{len(state.turns)} questions"
    say_dimly(f"saved {questions} in {path}", state.look)
    return state


def _index(state: State, argument: str) -> State:
    """Build in a process of its own, which Ctrl-C ends: an index that is not complete never replaces one that is."""
    from index import home_spelt_out
    from qa.places import index_to_grow, is_builtin

    paths = [str(home_spelt_out(word)) for word in _words(argument)]
    if "-" in paths:
        raise Refusal("/index reads files and folders; what is piped in,  qa index -  reads")
    if not paths:
        raise Refusal("/index needs files or folders: /index ~/articles")
    folder = index_to_grow(state.args.index)
    if state.opened is not None and is_builtin(state.opened.index):
        say_dimly(f"this makes an index of your own, {folder}, which answers instead of the built-in one", state.look)
    # -P: a folder named qa in the working directory is not this program
    command = [sys.executable, "-P", "-m", "qa", "index", "--index", folder, "--", *paths]
    if subprocess.run(command, check=False).returncode != 0:
        return state  # it has said why
    after = replace(state, opening=Future())
    return checked_anew(after, opened(after).index)


def _words(argument: str) -> list[str]:
    try:
        return shlex.split(argument)
    except ValueError:  # an apostrophe is no quotation mark
        return argument.split()


def _quit(state: State, argument: str) -> State:
    raise EOFError


ACTIONS: dict[str, Action] = {
    "open": _open,
    "more": _more,
    "sources": _sources,
    "why": _why,
    "copy": _copy,
    "save": _save,
    "articles": _articles,
    "index": _index,
    "new": _new,
    "help": _help,
    "quit": _quit,
}
