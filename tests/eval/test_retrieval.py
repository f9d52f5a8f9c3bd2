"""The retrieval table on a small set in SQuAD's format."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_the_table_has_both_parts_and_the_hybrid(file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eval.retrieval", file, "--sweep"], capture_output=True, text=True, check=True
    )
    rows = {line[:28].strip(): line[28:].split() for line in done.stdout.splitlines()}
    assert {"BM25", "embeddings", "hybrid, untuned", "convex, 0.7", "rank_bm25.BM25Okapi"} <= set(rows)
    # of the two questions one has an accepted answer's paragraph first, and so has the other
    assert next(v for k, v in rows.items() if k.startswith("hybrid (")) == ["1.000"] * 4
