"""What changed between two runs over the same questions."""

from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.intervals import paired_p
from eval.measures import LESS
from eval.run import Record
from eval.scoring import Scored
from eval.terminal import shown
from index import QAError

Pairs = Sequence[tuple[Scored, Scored]]

# What is compared question by question: a value each, None where the question has none.
PAIRED: Mapping[str, Callable[[Scored], float | None]] = {
    "right": lambda r: float(r.right) if r.answerable else None,
    "EM": lambda r: float(r.em) if r.answerable else None,
    "F1": lambda r: r.f1 if r.answerable else None,
    "first citation holds": lambda r: float(bool(r.citations) and r.citations[0].holds) if r.answerable else None,
    "answered": lambda r: float(r.answered) if r.answerable else None,
    "declined": lambda r: None if r.answerable else float(not r.answered),
    "differences found": lambda r: float(r.difference_found) if r.differs else None,
    "false alarms": lambda r: None if r.differs else float(bool(r.shown_differing)),
}


def p_values(one: Record, other: Record) -> dict[str, float]:
    """By measure, how likely the difference is by chance (paired bootstrap), over the questions that both asked.

    Raises QAError where no question is common.
    """
    pairs = _common(one.questions, other.questions)
    if not pairs:
        raise QAError("the two records have no question in common")
    found = {name: _p(pairs, value) for name, value in PAIRED.items()}
    turns = [(a, b) for a, b in _common(one.turns, other.turns) if a.kind == "follow-up"]
    found["follow-ups right"] = _p(turns, lambda r: float(r.right))
    return {name: p for name, p in found.items() if p is not None}


def _p(pairs: Pairs, value: Callable[[Scored], float | None]) -> float | None:
    values = [(value(a), value(b)) for a, b in pairs]
    held = [(a, b) for a, b in values if a is not None and b is not None]
    return paired_p([a for a, _ in held], [b for _, b in held]) if held else None


def _common(one: Sequence[Scored], other: Sequence[Scored]) -> Pairs:
    """Pairs of the same question; a turn of a conversation may have been understood in two ways."""
    theirs = {_asked(r): r for r in other}
    return [(r, theirs[_asked(r)]) for r in one if _asked(r) in theirs]


def _asked(row: Scored) -> tuple[str, str]:
    return row.id, row.question.split(" → ")[0]


def flipped(one: Record, other: Record) -> tuple[Pairs, Pairs]:
    """The questions that went wrong and now go well, and the other way round."""
    pairs = [*_common(one.questions, other.questions), *_common(one.turns, other.turns)]
    return [(a, b) for a, b in pairs if b.good and not a.good], [(a, b) for a, b in pairs if a.good and not b.good]


def print_comparison(one: Record, other: Record) -> None:
    """A table of the measures and the questions that flipped."""
    console = Console()
    console.print(_table(one, other))
    titles = ("went wrong in A, well in B", "went well in A, wrong in B")
    for title, pairs in zip(titles, flipped(one, other), strict=True):
        console.print(f"\n[bold]{len(pairs)} {title}[/bold]")
        for a, b in pairs:
            console.print(f"  {escape(a.id)}  {escape(a.question)}")
            console.print(f"      A {escape(_said(a))}   B {escape(_said(b))}", style="dim")


def _table(one: Record, other: Record) -> Table:
    chances = p_values(one, other)
    table = Table("measure", "A", "B", "B - A", "p", "", box=None, header_style="bold")
    for name in (n for n in one.figures if n in other.figures):
        a, b = one.figures[name].value, other.figures[name].value
        chance = chances.get(name)
        verdict = ""
        if chance is not None and chance < 0.05:
            verdict = "[green]better[/green]" if (b > a) != (name in LESS) else "[red]worse[/red]"
        gap = f"{'+' if b > a else ''}{shown(name, b - a)}"
        table.add_row(name, shown(name, a), shown(name, b), gap, "" if chance is None else f"{chance:.4f}", verdict)
    return table


def _said(row: Scored) -> str:
    return repr(row.answer) if row.answered else "declined"
