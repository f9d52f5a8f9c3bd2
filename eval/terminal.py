"""A run's figures as tables on the terminal."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.intervals import Figure
from eval.measures import BY_KIND, PLAIN
from eval.run import Record


def shown(name: str, value: float) -> str:
    """A value as its measure is read: a percentage, a plain number, or milliseconds."""
    if name.endswith(" ms"):
        return f"{value:.0f}"
    return f"{value:.3f}" if name in PLAIN or name.startswith(("MRR", "nDCG")) else f"{value:.1%}"


def with_interval(name: str, figure: Figure | None) -> str:
    """A figure and half the width of its 95 % interval, or a dash."""
    if figure is None:
        return "–"
    half = shown(name, (figure.high - figure.low) / 2).removesuffix("%").removeprefix("0")
    return f"{shown(name, figure.value)} [dim]±{half}[/dim]"


def print_record(record: Record) -> None:
    """The figures, by measure, by kind of question, and of retrieval: a screen of them."""
    console = Console()
    console.print(
        f"{len(record.questions)} questions and {len(record.turns)} turns of conversations on {record.articles} "
        f"articles; the index takes {record.index_bytes / 1e6:.1f} MB"
        + (f" and {record.index_seconds:.1f} s to build" if record.index_seconds else "")
        + "\n± is half the 95 % interval (bootstrap over questions)\n"
    )
    console.print(_measures(record), "", _kinds(record), "", _retrieval(record))


def _table(*names: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for number, name in enumerate(names):
        table.add_column(name, justify="right" if number else "left")
    return table


def _measures(record: Record) -> Table:
    """The measures in two columns."""
    table = _table("measure", "value", "n", "  measure", "value", "n")
    table.columns[3].justify = "left"
    cells = [(name, with_interval(name, figure), str(figure.n)) for name, figure in record.figures.items()]
    half = (len(cells) + 1) // 2
    for left, right in zip_longest(cells[:half], cells[half:], fillvalue=("", "", "")):
        table.add_row(*left, f"  {right[0]}", *right[1:])
    return table


def _kinds(record: Record) -> Table:
    table = _table("kind", "n", *(name.replace(" holds", "") for name in BY_KIND))
    for kind, figures in record.kinds.items():
        n = sum(r.kind == kind for r in record.questions)
        values = [shown(m, figures[m].value) if m in figures else "–" for m in BY_KIND]
        table.add_row(kind, str(n), *values)
    return table


def _retrieval(record: Record) -> Table:
    names = list(next(iter(record.retrieval.values()), {}))
    table = _table("retrieval", *names)
    for rule, figures in record.retrieval.items():
        table.add_row(rule, *(shown(name, figures[name].value) for name in names))
    return table


def print_wrong(record: Record) -> None:
    """Every question that went wrong: what was wanted, what came."""
    console = Console()
    for row in (*record.questions, *record.turns):
        if not row.good:
            came = row.answer if row.answered else f"declined (would have said: {row.answer or 'nothing'})"
            wanted = " / ".join(row.expected[:2]) or "nothing"
            console.print(f"[bold]{escape(row.id)}[/bold] {escape(row.question)}")
            console.print(f"    wanted {escape(wanted)}; {row.confidence:.0%} sure of {escape(came)}", style="dim")


def print_ablation(records: Sequence[Record]) -> None:
    """Runs with parts left out, side by side."""
    table = _table("measure", *(r.name for r in records))
    for name in records[0].figures:
        table.add_row(name, *(with_interval(name, r.figures.get(name)) for r in records))
    Console().print(table)
