"""An article on the whole screen, with the keys of `less`: read a citation where it stands, search, go to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

from qa.chat.pages import Mark, Page, find, lay_out, next_after
from qa.screen import columns, cut_to, one_line

if TYPE_CHECKING:
    from index import Article
    from qa.answers import Citation

_STYLE = Style([
    ("quote", "bold"), ("answer", "bold underline ansigreen"), ("match", "reverse"), ("status", "reverse"),
])  # fmt: skip
_WIDEST = 100
_KEYS = "q quit  / search  Tab next citation"
_ABOVE = 4  # lines shown above a citation or a match


@dataclass(frozen=True, slots=True)
class Stop:
    """An article to show, and the citation to show in it."""

    article: "Article"
    citation: "Citation | None" = None


@dataclass
class View:
    """What the screen shows, and what is being typed; the keys change it."""

    stops: Sequence[Stop]
    at: int = 0
    top: int = 0  # first line shown
    search: str = ""
    matches: list[Mark] = field(default_factory=list)
    found: int = -1  # offset of the match that was gone to
    typing: str | None = None  # a search that is not finished
    page: Page = field(default_factory=lambda: Page((), ()))
    width: int = 0

    @property
    def stop(self) -> Stop:
        """Where the reader is."""
        return self.stops[self.at]


def read_article(stops: Sequence[Stop], at: int = 0, *, colour: bool) -> None:
    """Show an article until the reader leaves; the other stops are gone to from there."""
    view = View(stops, at)
    body = Window(FormattedTextControl(lambda: _body(view)), always_hide_cursor=True)
    status = Window(FormattedTextControl(lambda: [("class:status", _status(view))]), height=1, always_hide_cursor=True)
    app: Application[None] = Application(
        Layout(HSplit([body, status])), key_bindings=_keys(view), style=_STYLE, full_screen=True,
        color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
    )  # fmt: skip
    app.ttimeoutlen = app.timeoutlen = 0.05  # Escape leaves a search at once
    app.run()


def _size() -> tuple[int, int]:
    """Columns, and rows without the status line."""
    size = get_app().output.get_size()
    return size.columns, max(1, size.rows - 1)


def _fit(view: View) -> None:
    """Lay the article out anew where the window's width has changed, the same words on top."""
    width = max(10, min(_size()[0], _WIDEST))
    if width != view.width:
        first, offset = view.width == 0, view.page.starts[view.top] if view.top < len(view.page.starts) else 0
        view.width = width
        _lay_out(view)
        view.top = view.page.line_at(offset)
        if first:
            _go_to_citation(view)
    view.top = max(0, min(view.top, len(view.page.lines) - _size()[1]))


def _lay_out(view: View) -> None:
    view.matches = find(view.search, view.stop.article.text)
    view.page = lay_out(view.stop.article.text, [*_cited(view.stop), *view.matches], view.width)


def _cited(stop: Stop) -> list[Mark]:
    c = stop.citation
    if c is None:
        return []
    answer = [Mark(c.answer_start, c.answer_end or c.answer_start, "answer")] if c.answer_start is not None else []
    return [Mark(c.start, c.end, "quote"), *answer]


def _go_to_citation(view: View) -> None:
    start = view.stop.citation.start if view.stop.citation else 0
    view.top = max(0, view.page.line_at(start) - _ABOVE) if start else 0


def _body(view: View) -> StyleAndTextTuples:
    _fit(view)
    shown: StyleAndTextTuples = []
    for line in view.page.lines[view.top : view.top + _size()[1]]:
        shown += [(f"class:{p.style}" if p.style else "", p.text) for p in line]
        shown.append(("", "\n"))
    return shown[:-1]


def _status(view: View) -> str:
    width, rows = _size()
    if view.typing is not None:
        return cut_to(f"/{one_line(view.typing)}", width)
    lines = max(1, len(view.page.lines))
    place = f"{min(100, round(100 * (view.top + rows) / lines))} %"
    if view.search:
        place = f"{len(view.matches)} × “{one_line(view.search)}”  {place}" if view.matches else "not found"
    number = f"[{view.stop.citation.n}] " if view.stop.citation else ""
    article = view.stop.article
    left = f"{number}{one_line(article.title or article.id)}"
    right = f"{place}  {_KEYS}" if width >= 80 else place
    left = cut_to(left, max(8, width - columns(right) - 2))
    return f"{left}{' ' * (width - columns(left) - columns(right))}{right}"


def _turn_to(view: View, step: int) -> None:
    """Go to the next citation, or the one before."""
    view.at = (view.at + step) % len(view.stops)
    view.found = -1
    _lay_out(view)
    _go_to_citation(view)


def _next_match(view: View, step: int) -> None:
    """Go to the next match; without a search, to the next citation."""
    if not view.search:
        _turn_to(view, step)
        return
    here = view.found if view.found >= 0 else view.page.starts[view.top] - 1 if view.page.starts else 0
    place = next_after(here, [m.start for m in view.matches], step)
    if place is not None:
        view.found = place
        view.top = max(0, view.page.line_at(place) - _ABOVE)


def _keys(view: View) -> KeyBindings:
    keys = KeyBindings()
    reading = Condition(lambda: view.typing is None)

    def on(*names: str) -> Callable[[Callable[[KeyPressEvent], None]], None]:
        def bind(do: Callable[[KeyPressEvent], None]) -> None:
            for name in names:
                keys.add(name, filter=reading)(do)

        return bind

    def scroll(lines: Callable[[], int], *names: str) -> None:
        @on(*names)
        def _(event: KeyPressEvent) -> None:
            view.top += lines()
            _fit(view)

    scroll(lambda: 1, "j", "e", "down", "enter")
    scroll(lambda: -1, "k", "y", "up")
    scroll(lambda: _size()[1] - 1, "space", "f", "pagedown", "c-f")
    scroll(lambda: 1 - _size()[1], "b", "pageup", "c-b")
    scroll(lambda: _size()[1] // 2, "d", "c-d")
    scroll(lambda: -(_size()[1] // 2), "u", "c-u")
    scroll(lambda: -view.top, "g", "<", "home")
    scroll(lambda: len(view.page.lines), "G", ">", "end")
    on("q", "Q")(lambda event: event.app.exit())
    on("]", "tab")(lambda event: _turn_to(view, 1))
    on("[", "s-tab", "p")(lambda event: _turn_to(view, -1))
    on("n")(lambda event: _next_match(view, 1))
    on("N")(lambda event: _next_match(view, -1))
    on("c-l")(lambda event: event.app.renderer.clear())
    on("c-z")(lambda event: event.app.suspend_to_background())
    keys.add("c-c")(lambda event: event.app.exit())
    _search_keys(view, keys, reading)
    return keys


def _search_keys(view: View, keys: KeyBindings, reading: Condition) -> None:
    @keys.add("/", filter=reading)
    def _(event: KeyPressEvent) -> None:
        view.typing = ""

    @keys.add(Keys.Any, filter=~reading)
    @keys.add(Keys.BracketedPaste, filter=~reading)
    def _(event: KeyPressEvent) -> None:
        if event.data.isprintable() or event.key_sequence[0].key == Keys.BracketedPaste:
            view.typing = (view.typing or "") + one_line(f"|{event.data}|")[1:-1]

    @keys.add("backspace", filter=~reading)
    def _(event: KeyPressEvent) -> None:
        view.typing = view.typing[:-1] if view.typing else None

    @keys.add("escape", filter=~reading)
    def _(event: KeyPressEvent) -> None:
        view.typing = None

    @keys.add("enter", filter=~reading)
    def _(event: KeyPressEvent) -> None:
        view.search, view.typing, view.found = view.typing or "", None, -1
        _lay_out(view)
        if view.search:
            _next_match(view, 1)
