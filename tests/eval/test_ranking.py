"""Retrieval measured by ir-measures: by chunk for hand-written questions, by document for a folder in BEIR's layout."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.questions import load_questions
from eval.ranking import rank_questions, values_of
from index import open_index

DOCUMENTS = [
    {"_id": "bridge", "title": "Bridge", "text": "The harbour bridge in Oresk opened on 4 May 1973."},
    {"_id": "ferry", "title": "Ferry", "text": "The ferry to Holm takes 40 minutes in calm weather."},
]


def test_measures_count_ranks_from_one_and_nothing_found_as_nothing() -> None:
    run = {"a": {"x": 3.0, "y": 2.0, "z": 1.0}, "b": {}}
    values = values_of(run, {"a": {"y": 1}, "b": {"x": 1}})
    assert values["hit@1"] == [0.0, 0.0] and values["hit@3"] == [1.0, 0.0]
    assert values["MRR@10"] == [0.5, 0.0]
    assert values["nDCG@10"] == [pytest.approx(1 / 1.584962500721156), 0.0]


def test_the_chunk_that_holds_the_quote_is_the_relevant_one(small_index: Path, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    quote = {"article": "chronicle", "quote": "The lighthouse at Varn Point was built in 1881."}
    path.write_text(json.dumps({"question": "When was the lighthouse built?", "answers": ["1881"], "quotes": [quote]}))
    ranking = rank_questions(load_questions(path), open_index(str(small_index)))
    assert list(ranking) == ["BM25", "embeddings", "hybrid, untuned", "hybrid"]
    assert all(values["hit@1"] == [1.0] for values in ranking.values())


def test_a_folder_in_beirs_layout_is_ranked(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, DOCUMENTS)))
    (folder / "queries.jsonl").write_text(json.dumps({"_id": "q1", "text": "How long does the ferry take?"}))
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tferry\t1\n")
    command = [sys.executable, "-m", "eval", "--beir", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "2 documents, 1 judged queries" in done.stdout, done.stderr
    (folder / "qrels" / "test.tsv").unlink()
    missing = subprocess.run(command, capture_output=True, text=True, check=False)
    assert missing.returncode == 2 and missing.stderr.count("\n") == 1 and "test.tsv" in missing.stderr
