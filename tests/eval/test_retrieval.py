"""The retrieval table on a small set in SQuAD's format."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from eval.retrieval import hit_at, mrr_at, rank_of
from eval.squad import read_squad

DATA = {
    "data": [
        {
            "title": "Oresk",
            "paragraphs": [
                {
                    "context": "The harbour bridge opened in 1973.",
                    "qas": [
                        {
                            "id": "1",
                            "question": "When did the bridge open?",
                            "answers": [{"answer_start": 29, "text": "1973"}],
                        }
                    ],
                },
                {
                    "context": "The ferry to Holm takes 40 minutes.",
                    "qas": [{"id": 2, "question": "How long does the ferry take?", "answers": []}],
                },
            ],
        }
    ]
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("squad") / "set.json.gz"
    path.write_bytes(gzip.compress(json.dumps(DATA).encode()))
    return path


def test_a_squad_file_is_read_plain_or_gzipped(file: Path, tmp_path: Path) -> None:
    plain = tmp_path / "set.json"
    plain.write_text(json.dumps(DATA))
    paragraphs, questions = read_squad(file)
    assert (paragraphs, questions) == read_squad(plain)
    assert [q.paragraph for q in questions] == [0, 1]
    assert questions[0].answers == ((29, "1973"),) and questions[1].answers == ()


def test_hit_and_mrr_count_ranks_from_one() -> None:
    ranks = np.array([1.0, 2.0, 6.0, np.inf])
    assert hit_at(ranks, 1) == 0.25 and hit_at(ranks, 5) == 0.5
    assert mrr_at(ranks, 10) == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)
    assert mrr_at(ranks, 2) == pytest.approx((1 + 1 / 2) / 4)


def test_a_paragraph_ranks_by_its_best_chunk_and_counts_once() -> None:
    scores, owners = np.array([0.9, 0.8, 0.7, 0.1]), np.array([0, 0, 1, 1])
    assert rank_of(scores, owners, 1) == 2
    assert rank_of(scores, owners, 0) == 1
    assert rank_of(scores, owners, 7) == np.inf
    assert rank_of(np.array([-np.inf]), np.array([3]), 3) == np.inf


def test_the_table_has_both_parts_and_the_hybrid(file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eval.retrieval", file, "--sweep"], capture_output=True, text=True, check=True
    )
    for row in ("BM25 ", "embeddings", "hybrid: convex", "reciprocal rank fusion", "rank_bm25.BM25Okapi"):
        assert row in done.stdout
    hybrid = next(line for line in done.stdout.splitlines() if line.startswith("hybrid: convex"))
    assert hybrid.split()[-3:] == ["100.0%", "100.0%", "1.000"]
