"""FAISS against plain numpy."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from index import vectors as module
from index.errors import DamagedIndexError
from index.vectors import build_vector_index, nearest, open_vector_index, save_vector_index

DIM = 64


@pytest.fixture(scope="module")
def rows() -> npt.NDArray[np.float32]:
    random = np.random.default_rng(3).normal(size=(3000, DIM)).astype(np.float32)
    unit: npt.NDArray[np.float32] = random / np.linalg.norm(random, axis=1, keepdims=True)
    return unit


def best(rows: npt.NDArray[np.float32], question: npt.NDArray[np.float32], k: int) -> list[int]:
    order: list[int] = np.argsort(-(rows @ question), kind="stable")[:k].tolist()
    return order


def reopened(index: Any, folder: Path) -> Any:
    save_vector_index(index, folder / "vectors.faiss")
    return open_vector_index(folder / "vectors.faiss")


def test_the_nearest_are_numpys(rows: npt.NDArray[np.float32], tmp_path: Path) -> None:
    index = reopened(build_vector_index(rows), tmp_path)
    for question in rows[:20] + 0.3 * rows[20:40]:
        assert nearest(index, question, 10).tolist() == best(rows, question, 10)


def test_eight_bits_find_nearly_the_same(
    rows: npt.NDArray[np.float32], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flat = build_vector_index(rows)
    monkeypatch.setattr(module, "FLAT_UP_TO", 100)
    index = reopened(build_vector_index(rows), tmp_path)
    assert type(index) is not type(flat)
    questions = rows[:50] + 0.5 * rows[50:100]
    found = [len({*nearest(index, q, 10).tolist()} & {*best(rows, q, 10)}) / 10 for q in questions]
    assert np.mean(found) > 0.95
    save_vector_index(flat, tmp_path / "flat.faiss")
    assert (tmp_path / "vectors.faiss").stat().st_size < 0.3 * (tmp_path / "flat.faiss").stat().st_size


def test_fewer_vectors_than_wanted_are_all_found_once(rows: npt.NDArray[np.float32]) -> None:
    assert sorted(nearest(build_vector_index(rows[:3]), rows[0], 10).tolist()) == [0, 1, 2]
    assert nearest(build_vector_index(rows[:1]), rows[5], 10).tolist() == [0]


def test_what_faiss_cannot_read_is_named(tmp_path: Path) -> None:
    for data in (b"", b"no index", b"IxFI"):
        (tmp_path / "vectors.faiss").write_bytes(data)
        with pytest.raises(DamagedIndexError, match=r"vectors\.faiss cannot be read"):
            open_vector_index(tmp_path / "vectors.faiss")


def test_what_cannot_be_written_is_an_error_of_the_system(rows: npt.NDArray[np.float32], tmp_path: Path) -> None:
    with pytest.raises(OSError, match="cannot be written"):
        save_vector_index(build_vector_index(rows[:3]), tmp_path / "nowhere" / "vectors.faiss")
