"""Stretches of one text, and what becomes of two that meet."""

from collections.abc import Callable, Iterable

Span = tuple[int, int]  # text[start:end], half-open, code points


def longest(spans: Iterable[Span]) -> list[Span]:
    """Return `spans` in text order; of two that overlap, the longer."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
        elif end - start > kept[-1][1] - kept[-1][0]:
            kept[-1] = (start, end)
    return kept


def joined(spans: Iterable[Span], join: Callable[[Span, Span], Span | None]) -> list[Span]:
    """Return `spans` with neighbours replaced by what `join` makes of the two, unless that is None."""
    kept: list[Span] = []
    for span in spans:
        whole = join(kept[-1], span) if kept else None
        if whole:
            kept[-1] = whole
        else:
            kept.append(span)
    return kept
