"""The line that is typed: prompt-toolkit with history, completion and a bar; or the terminal's own line editing."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from qa.chat.completion import Suggestion
from qa.screen import Look, is_dumb

_MENU_ROWS = 6
# the terminal's own colours: what is chosen is reversed, what is only offered is dim
_STYLE = [
    ("bottom-toolbar", "noreverse dim"), ("auto-suggestion", "noinherit dim"),
    ("completion-menu", "noinherit"), ("completion-menu.completion", "noinherit"),
    ("completion-menu.completion.current", "noinherit reverse"), ("completion-menu.meta.completion", "noinherit dim"),
    ("completion-menu.meta.completion.current", "noinherit reverse"),
    ("scrollbar.background", "noinherit"), ("scrollbar.button", "noinherit reverse"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the prompt asks of the chat."""

    shown: Callable[[], "Future[Any]"]  # the prompt stands: loading may begin; done when it has ended
    loaded: Callable[[], str]  # what is to be said about the loading, once; "" for nothing
    bar: Callable[[], str]
    suggest: Callable[[str], list[Suggestion]]


class Emptied(Exception):
    """Ctrl-C: the line is dropped."""

    def __init__(self, text: str) -> None:
        self.text = text


Read = Callable[[], str]


def end_app(error: BaseException) -> bool:
    """End the prompt or the pager that runs with an error, its terminal modes put back; whether one runs."""
    if "prompt_toolkit" not in sys.modules:
        return False
    from prompt_toolkit.application import get_app_or_none

    app = get_app_or_none()
    if app is None or app.loop is None or app.future is None or app.future.done():
        return False
    app.loop.call_soon_threadsafe(lambda: app.exit(exception=error))
    return True


def open_prompt(look: Look, hooks: Hooks) -> Read:
    """A function that reads a line. It raises Emptied at Ctrl-C and EOFError at the end."""
    return _cooked(hooks) if is_dumb() else _edited(look, hooks)


def _cooked(hooks: Hooks) -> Read:
    """The terminal's own line editing: no escape code is written."""

    def read() -> str:
        hooks.shown()
        sys.stdout.write("> ")
        sys.stdout.flush()
        try:
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            raise Emptied("") from None
        if not line:
            sys.stdout.write("\n")
            raise EOFError
        return line

    return read


def _edited(look: Look, hooks: Hooks) -> Read:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.application import get_app, run_in_terminal
    from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.output import ColorDepth
    from prompt_toolkit.shortcuts import CompleteStyle
    from prompt_toolkit.styles import Style

    from qa.chat.history import open_history

    completer = _completer(hooks.suggest)
    is_command = Condition(lambda: get_app().current_buffer.text.startswith("/"))
    session: PromptSession[str] = PromptSession(
        "> ",
        history=open_history(),
        multiline=True,
        key_bindings=_keys(None if look.plain else completer),
        enable_history_search=~is_command,  # Up goes to lines that begin as this one does
        complete_while_typing=is_command & Condition(lambda: not look.plain),
        completer=completer,
        complete_style=CompleteStyle.READLINE_LIKE if look.plain else CompleteStyle.COLUMN,
        reserve_space_for_menu=_MENU_ROWS,
        auto_suggest=None if look.plain else AutoSuggestFromHistory(),
        bottom_toolbar=None if look.plain else hooks.bar,
        style=Style(_STYLE),
        color_depth=ColorDepth.DEPTH_4_BIT if look.colour else ColorDepth.DEPTH_1_BIT,
        enable_suspend=True,
        include_default_pygments_style=False,
    )

    async def load() -> None:
        """Runs once the prompt is drawn."""
        future = hooks.shown()
        await asyncio.gather(asyncio.wrap_future(future), return_exceptions=True)
        if text := hooks.loaded():
            await run_in_terminal(lambda: sys.stdout.write(text))
        session.app.invalidate()

    def begin() -> None:
        session.app.create_background_task(load())

    def read() -> str:
        try:
            return session.prompt(pre_run=begin)
        except KeyboardInterrupt:
            raise Emptied(session.default_buffer.text) from None

    return read


def _completer(suggest: Callable[[str], list[Suggestion]]) -> Any:
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    class Suggestions(Completer):
        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Any:
            for s in suggest(document.text_before_cursor):
                yield Completion(s.text, -s.replaces, display=s.text.strip(), display_meta=s.meaning)

    return Suggestions()


def _keys(completer: Any) -> Any:
    """Enter sends, Alt-Enter and Ctrl-J break the line, Tab completes where there is a completer."""
    from prompt_toolkit.filters import Condition, completion_is_selected
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    keys = KeyBindings()

    @keys.add("enter", filter=~completion_is_selected)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("enter", filter=completion_is_selected)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None  # what was chosen stays, and may be gone on with

    @keys.add("c-j")
    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.newline(copy_margin=False)

    @keys.add("tab", filter=Condition(lambda: completer is not None))
    def _(event: KeyPressEvent) -> None:
        _complete(event.current_buffer, completer)

    return keys


def _complete(buffer: Any, completer: Any) -> None:
    """Complete what is typed by now: prompt-toolkit's own Tab does nothing while it still looks for the menu."""
    from prompt_toolkit.completion import CompleteEvent, get_common_complete_suffix

    if buffer.complete_state and buffer.complete_state.current_completion:
        buffer.complete_next()
        return
    found = list(completer.get_completions(buffer.document, CompleteEvent(completion_requested=True)))
    if len(found) == 1:
        buffer.apply_completion(found[0])
    elif common := get_common_complete_suffix(buffer.document, found):
        buffer.insert_text(common)
    elif buffer.complete_state:
        buffer.complete_next()
    else:
        buffer.start_completion()
