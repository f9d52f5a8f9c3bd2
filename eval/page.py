"""A run as one self-contained page: tables, charts, and every question that went wrong."""

from pathlib import Path

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.charts import SHARES, Axes, bars, chart, dots, line
from eval.intervals import Figure
from eval.measures import BY_KIND, MEASURES, definition_of
from eval.metrics import risk_coverage
from eval.ranking import KS
from eval.run import Record
from eval.terminal import shown
from index import QAError

_BINS = 10
_STYLES = ("one", "two", "three", "four")


def write_page(record: Record, path: Path) -> None:
    """Write the page. Raises QAError where it cannot be written."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    wrong = [row for row in (*record.questions, *record.turns) if not row.good]
    page = environment.get_template("page.html.j2").render(
        record=record,
        wrong=wrong,
        kinds=sorted({row.kind for row in wrong}),
        by_kind=BY_KIND,
        shown=shown,
        between=_between,
        definition=lambda name: definition_of(name) if name in MEASURES else "Turns that lean on what came before.",
        confusion=_confusion(record),
        charts={
            "Reliability": (_reliability(record), "Of the answers given with a confidence, so many are right."),
            "Risk and coverage": (_risk(record), "What share is wrong when only the surest are answered."),
            "Latency": (_latency(record), "Milliseconds a question, index and models open."),
            "Retrieval": (_retrieval(record), "Questions with a supporting passage among the first k."),
        },
        legend=list(zip(record.retrieval, _STYLES, strict=False)),
    )
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise QAError(f"{path} cannot be written: {error.strerror}") from error


def _between(name: str, figure: Figure) -> str:
    return f"{shown(name, figure.low)} – {shown(name, figure.high)}"


def _confusion(record: Record) -> list[tuple[str, int, int]]:
    rows = []
    for name, answerable in (("answerable", True), ("unanswerable", False)):
        group = [r.answered for r in record.questions if r.answerable == answerable]
        rows.append((name, sum(group), len(group) - sum(group)))
    return rows


def _reliability(record: Record) -> Markup:
    confidence = np.array([r.confidence for r in record.questions])
    right = np.array([r.guess_right for r in record.questions])
    axes = Axes("confidence", "right", SHARES, SHARES)
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    held = [b for b in range(_BINS) if (bins == b).any()]
    points = [(float(confidence[bins == b].mean()), float(right[bins == b].mean())) for b in held]
    sizes = [3 + 6 * float((bins == b).mean()) ** 0.5 for b in held]
    counts = [(bins == b).sum() for b in held]
    names = [f"{x:.0%} sure, {y:.0%} right, {n} questions" for n, (x, y) in zip(counts, points, strict=True)]
    return chart(
        "Reliability diagram", axes, line(axes, [(0, 0), (1, 1)], "even"), line(axes, points, "one"),
        dots(axes, points, sizes, "one", names),
    )  # fmt: skip


def _risk(record: Record) -> Markup:
    confidence = np.array([r.confidence for r in record.questions])
    right = np.array([r.guess_right for r in record.questions])
    n = len(right)
    axes = Axes("answered", "wrong", SHARES, SHARES)
    points = [(coverage, risk) for coverage, _, risk in risk_coverage(confidence, right, np.arange(1, n + 1) / n)]
    here = float(np.mean([r.answered for r in record.questions]))
    given = [r for r in record.questions if r.answered]
    there = float(np.mean([not r.right for r in given])) if given else 0.0
    return chart(
        "Risk-coverage curve", axes, line(axes, points, "one"),
        dots(axes, [(here, there)], [5], "two", [f"the default threshold: {here:.0%} answered, {there:.0%} wrong"]),
    )  # fmt: skip


def _latency(record: Record) -> Markup:
    times = np.array([r.milliseconds for r in record.questions])
    counts, edges = np.histogram(times, bins=24, range=(0, max(1.0, float(np.quantile(times, 0.99)))))
    most, last = int(counts.max()), float(edges[-1])
    axes = Axes(
        "milliseconds",
        "questions",
        {x: f"{x:.0f}" for x in np.linspace(0, last, 5).tolist()},
        {0.0: "0", float(most): str(most)},
        (0, last),
        (0, most),
    )
    return chart("Latency histogram", axes, bars(axes, edges.tolist(), counts.tolist(), "one"))


def _retrieval(record: Record) -> Markup:
    axes = Axes("passages looked at (k)", "found", {k: str(k) for k in KS}, SHARES, (KS[0], KS[-1]))
    lines = [
        line(axes, [(k, figures[f"hit@{k}"].value) for k in KS if f"hit@{k}" in figures], style)
        for figures, style in zip(record.retrieval.values(), _STYLES, strict=False)
    ]
    return chart("Retrieval hit rate over k", axes, *lines)
