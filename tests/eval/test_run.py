"""A run over two articles: scores, record, comparison and page; and the command that makes them."""

import json
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from eval.baseline import falls_short, read_baseline, write_baseline
from eval.compare import flipped, p_values
from eval.measures import MEASURES, definition_of
from eval.page import write_page
from eval.questions import load_conversations, load_questions
from eval.run import ABLATIONS, Configuration, Record, load, run, save
from eval.terminal import print_record
from index import LocalIndex, QAError, open_index
from qa.reader import Reading

HARBOUR = "The harbour bridge in Oresk opened on 4 May 1973, after six years of work."
ROWS = [
    {
        "id": "when-1",
        "kind": "when",
        "question": "When did the harbour bridge in Oresk open?",
        "answers": ["4 May 1973"],
        "quotes": [
            {"article": "harbour", "quote": HARBOUR},
            {
                "article": "chronicle",
                "quote": "The bridge across the harbour was opened in Oresk on 4 May 1973 by Queen Margrethe.",
            },
        ],
    },
    {
        "id": "howlong-1",
        "kind": "howmany",
        "question": "How long does the ferry to Holm take?",
        "answers": ["40 minutes"],
        "quotes": [{"article": "chronicle", "quote": "The ferry to Holm leaves at noon and takes 40 minutes."}],
    },
    {"id": "off-1", "kind": "offtopic", "question": "Who won the chess olympiad?", "answers": []},
]
TURNS = [
    ROWS[0] | {"standalone": "When did the harbour bridge in Oresk open?"},
    ROWS[1] | {"question": "And the ferry to Holm, how long does it take?", "standalone": "How long is the ferry?"},
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("set")
    (folder / "questions.jsonl").write_text("".join(json.dumps(r) + "\n" for r in ROWS))
    (folder / "conversations.jsonl").write_text(json.dumps({"id": "c-1", "turns": TURNS}))
    return folder / "questions.jsonl", folder / "conversations.jsonl"


@pytest.fixture(scope="module")
def index(small_index: Path) -> LocalIndex:
    return open_index(str(small_index))


@pytest.fixture(scope="module")
def record(index: LocalIndex, files: tuple[Path, Path]) -> Record:
    return run(index, load_questions(files[0]), load_conversations(files[1]), build=True)


@pytest.fixture(scope="module")
def worse(index: LocalIndex, files: tuple[Path, Path]) -> Record:
    blind = Configuration("blind", reader=lambda question, passages: Reading("clause", (), 1.0))
    return run(index, load_questions(files[0]), load_conversations(files[1]), blind)


def test_what_is_right_cited_and_declined_is_counted(record: Record) -> None:
    figures = {name: figure.value for name, figure in record.figures.items()}
    for name in ("right", "EM", "F1", "first citation holds", "verbatim", "answered", "declined", "citation recall"):
        assert figures[name] == 1.0, name
    assert figures["false alarms"] == 0.0 and figures["follow-ups right"] == 1.0
    assert "differences found" not in figures  # no question has any
    assert record.figures["right"].n == 2 and record.figures["declined"].n == 1
    when = record.questions[0]
    assert {c.article for c in when.citations} == {"harbour", "chronicle"} and when.supporting == 2
    assert all(c.holds and c.verbatim and c.answer == "4 May 1973" for c in when.citations)
    assert record.retrieval["hybrid"]["hit@1"].value == 1.0
    assert record.index_bytes > 10_000 and record.index_seconds and record.index_seconds > 0


def test_a_record_is_read_back_as_it_was(record: Record, tmp_path: Path) -> None:
    save(record, tmp_path / "a.json")
    assert load(tmp_path / "a.json") == record
    (tmp_path / "b.json").write_text("{}")
    with pytest.raises(QAError, match="no record of the evaluation"):
        load(tmp_path / "b.json")


def test_a_worse_configuration_shows_as_worse(record: Record, worse: Record) -> None:
    assert worse.figures["right"].value == 0.0
    better, fallen = flipped(record, worse)
    assert better == [] and [a.id for a, _ in fallen] == ["when-1", "howlong-1", "c-1.1", "c-1.2"]
    chances = p_values(record, worse)
    assert chances["declined"] == 1.0 and chances["right"] < 1.0
    assert falls_short(worse.figures, record.figures)


def test_a_turn_that_was_understood_in_another_way_is_compared(record: Record, worse: Record) -> None:
    otherwise = replace(worse, turns=[replace(t, question=f"{t.question} → something else") for t in worse.turns])
    assert [a.id for a, _ in flipped(record, otherwise)[1]] == [a.id for a, _ in flipped(record, worse)[1]]


def test_a_baseline_is_kept_to_and_missed_by_what_is_worse(record: Record, worse: Record, tmp_path: Path) -> None:
    write_baseline(record.figures, tmp_path / "baseline.json")
    baseline = read_baseline(tmp_path / "baseline.json")
    assert "right" in baseline and "p50 ms" not in baseline
    assert falls_short(record.figures, baseline) == []
    assert any(line.startswith("right: 0.000") for line in falls_short(worse.figures, baseline))


def test_every_measure_says_what_it_is() -> None:
    assert all(len(definition_of(name)) > 30 for name in MEASURES)


def test_parts_are_left_out_one_at_a_time(index: LocalIndex) -> None:
    bm25, cosine = np.array([5.0, 4.0, 0.0, 3.0]), np.array([0.1, 0.4, 0.5, 0.2])
    first = {c.name: int(c.fuse(bm25, cosine).argmax()) for c in ABLATIONS if c.fuse}
    assert first == {"BM25 only": 0, "embeddings only": 2, "untuned fusion": 1}
    question = "How long does the ferry to Holm take?"
    (unread,) = (c.reader for c in ABLATIONS if c.name == "no span reader")
    passages = index.search(question, 3)
    assert all(s.marked == 0 for s in unread(question, passages).spans)
    assert any(s.marked != 0 for s in ABLATIONS[0].reader(question, passages).spans)


def test_a_set_of_questions_and_answers_alone_can_be_scored(index: LocalIndex, tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps({"question": "How long does the ferry to Holm take?", "answers": ["40 minutes"]}))
    record = run(index, load_questions(path))
    assert record.figures["right"].value == 1.0 and "citation recall" not in record.figures
    print_record(record)
    write_page(record, tmp_path / "page.html")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.outside += [v for k, v in attrs if k in ("src", "href") and v]


def test_the_page_is_whole_and_loads_nothing(worse: Record, tmp_path: Path) -> None:
    write_page(worse, tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text()
    page = _Page()
    page.feed(text)
    assert page.outside == [] and page.tags.count("svg") == 4 and page.tags.count("article") == 4
    assert "When did the harbour bridge in Oresk open?" in text and "40 minutes" in text
    assert "prefers-color-scheme: dark" in text and 'name="viewport"' in text


def test_the_page_shows_markup_in_a_question_as_text(worse: Record, tmp_path: Path) -> None:
    row = replace(worse.questions[0], question="<script>alert(1)</script>")
    write_page(replace(worse, questions=(row,)), tmp_path / "page.html")
    assert "<script>alert" not in (tmp_path / "page.html").read_text()


def test_the_command_scores_ones_own_questions_and_compares_runs(
    files: tuple[Path, Path], small_index: Path, tmp_path: Path
) -> None:
    def evaluate(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "eval", *arguments], capture_output=True, text=True, check=False)

    record, page = str(tmp_path / "a.json"), str(tmp_path / "a.html")
    own = ["--questions", str(files[0]), "--index", str(small_index)]
    done = evaluate(*own, "--json", record, "--html", page)
    assert done.returncode == 0 and "3 questions" in done.stdout, done.stderr
    compared = evaluate("--compare", record, record)
    assert compared.returncode == 0 and "0 went wrong in A, well in B" in compared.stdout
    ablated = evaluate(*own, "--ablate", "--json", record)
    assert (tmp_path / "a-embeddings-only.json").exists()
    assert ablated.returncode == 0 and "embeddings" in ablated.stdout and "right" in ablated.stdout, ablated.stderr
    refused = evaluate("--questions", str(files[0]))
    assert refused.returncode == 2 and refused.stderr.count("\n") == 1 and "--index DIR" in refused.stderr
