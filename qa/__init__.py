"""The library face: a question and an index in, a cited answer out."""

from typing import TYPE_CHECKING, Any

from qa.defaults import CITATIONS, PASSAGES

if TYPE_CHECKING:
    from qa.asking import Answer, Citation, Differing, Trace, ask, open_index, trace

__all__ = ["CITATIONS", "PASSAGES", "Answer", "Citation", "Differing", "Trace", "ask", "open_index", "trace"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """What answers is loaded when it is first asked for (PEP 562): the chat's prompt and --help do not wait for it."""
    if name not in __all__:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    from qa import asking

    return getattr(asking, name)
