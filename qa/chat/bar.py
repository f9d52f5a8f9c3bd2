"""What the prompt knows of the chat: the bar below it, and what there is to complete from."""

from qa.chat.background import LOADING
from qa.chat.completion import Known
from qa.chat.state import State
from qa.chat.transcript import cited
from qa.screen import columns, is_unicode, to_ascii


def bar_text(state: State, encoding: str) -> str:
    """Which index answers, how much it holds and how long the last answer took: as much of it as fits."""
    text = _bar(state)
    return text if is_unicode(encoding) else to_ascii(text)


def _bar(state: State) -> str:
    from qa.places import short_name

    if not state.opening.done():
        return LOADING[0][1]
    if state.opened is None:
        return "no index · /index PATH… makes one"
    index = state.opened.index
    parts = [short_name(index), f"{len(index):,} {'article' if len(index) == 1 else 'articles'}"]
    if state.last:
        parts.append(f"{state.last.answer.elapsed_ms:.0f} ms")
    while len(parts) > 1 and columns(" · ".join(parts)) > state.look.width - 1:
        parts.pop()
    return " · ".join(parts)


def known_to(state: State) -> Known:
    """What a line may be completed from, as far as it is loaded."""
    answer = state.last.answer if state.last else None
    citations = [(c.n, c.title or c.article) for c in cited(answer)] if answer else []
    if state.opened is None:
        return Known(citations)
    index = state.opened.index
    return Known(citations, index.names, index.words_from)
