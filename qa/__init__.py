"""The library face: `ask(question, index)` gives a cited answer. What it needs is loaded on first use."""

from typing import TYPE_CHECKING, Any

from qa.defaults import CITATIONS, PASSAGES

if TYPE_CHECKING:
    from index import open_index
    from qa.answers import Answer, Citation, Differing
    from qa.asking import Trace, ask, trace

__all__ = ["CITATIONS", "PASSAGES", "Answer", "Citation", "Differing", "Trace", "ask", "open_index", "trace"]

__version__ = "0.1.0"

_ROOMS = {
    "open_index": "index",
    "Answer": "qa.answers", "Citation": "qa.answers", "Differing": "qa.answers",
    "Trace": "qa.asking", "ask": "qa.asking", "trace": "qa.asking",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a part of the face when it is asked for: the chat's prompt must not wait for numpy."""
    from importlib import import_module

    if name not in _ROOMS:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)
