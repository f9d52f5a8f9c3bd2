"""Retrieval on a folder in BEIR's layout (corpus.jsonl, queries.jsonl, qrels/test.tsv), measured by ir-measures."""

import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eval.indexes import open_or_build
from eval.intervals import mean
from eval.ranking import MEASURES, beir_articles, rank_beir
from eval.terminal import with_interval


def report(folder: Path, keep: Path | None) -> None:
    """Index the corpus, rank it for every judged query, print a table. Raises QAError where a file is missing."""
    articles = beir_articles(folder)
    with tempfile.TemporaryDirectory() as scratch:
        index = open_or_build(articles, (keep or Path(scratch)) / f"{folder.resolve().name}.beir.idx")
        ranking = rank_beir(folder, index)
    n = len(next(iter(ranking["hybrid"].values())))
    console = Console()
    console.print(f"{folder.resolve().name}: {len(articles)} documents, {n} judged queries")
    table = Table("retrieval", *MEASURES, box=None, header_style="bold")
    for rule, values in ranking.items():
        table.add_row(rule, *(with_interval(name, mean(values[name])) for name in MEASURES))
    console.print(table)
