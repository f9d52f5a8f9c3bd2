"""Generations and their pointer, with small files in the place of an index's."""

import errno
import json
import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import store
from index.errors import DamagedIndexError, QAError


def write(folder: Path, text: str) -> None:
    def fill(generation: Path) -> dict[str, Any]:
        (generation / "text.json").write_text(json.dumps(text))
        return {"roots": ["/articles"]}

    store.write_generation(folder, fill)


def read(generation: Path) -> str:
    store.read_manifest(generation)
    return str(store.load_json(generation, "text.json"))


def test_the_last_generation_written_is_read_and_the_others_are_gone(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        write(tmp_path / "index", text)
        assert store.read_generation(tmp_path / "index", read) == text
    assert sorted(p.name for p in (tmp_path / "index").iterdir()) == ["CURRENT", "generation-000003"]


def test_a_folder_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path, tmp_path / "none", tmp_path / "file"):
        with pytest.raises(QAError, match=r"no index in .*: make one with  qa index PATH… --index") as caught:
            store.read_generation(folder, read)
        assert str(folder) in str(caught.value) and not isinstance(caught.value, DamagedIndexError)


@pytest.mark.parametrize("content", [b"", b"generation-9", b"../other", b"generation-1/..", b"\xff\xfe", b"/etc"])
def test_a_damaged_pointer_is_refused(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, "one")
    (tmp_path / store.POINTER).write_bytes(content)
    with pytest.raises(DamagedIndexError):
        store.read_generation(tmp_path, read)


def test_a_reader_that_a_build_overtakes_reads_the_new_generation(tmp_path: Path) -> None:
    write(tmp_path, "old")
    seen = []

    def read_slowly(generation: Path) -> str:
        seen.append(generation.name)
        if len(seen) == 1:
            write(tmp_path, "new")
        return read(generation)

    assert store.read_generation(tmp_path, read_slowly) == "new"
    assert seen == ["generation-000001", "generation-000002"]


def test_damage_that_no_build_explains_is_reported_at_once(tmp_path: Path) -> None:
    write(tmp_path, "old")
    (tmp_path / "generation-000001" / "text.json").unlink()
    seen = []

    def count(generation: Path) -> str:
        seen.append(generation)
        return read(generation)

    with pytest.raises(DamagedIndexError, match=r"text\.json is missing"):
        store.read_generation(tmp_path, count)
    assert len(seen) == 1


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "old")

    def refuse(generation: Path) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(generation / "text.json"))

    with pytest.raises(DamagedIndexError, match=r"text\.json cannot be read: Permission denied"):
        store.read_generation(tmp_path, refuse)


def test_a_full_disk_is_an_error_a_person_can_read_and_leaves_the_old_generation(tmp_path: Path) -> None:
    write(tmp_path, "old")

    def fail(generation: Path) -> dict[str, Any]:
        (generation / "half").write_text("half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(QAError, match=r"cannot write the index .*: No space left on device"):
        store.write_generation(tmp_path, fail)
    assert store.read_generation(tmp_path, read) == "old"
    write(tmp_path, "new")
    assert store.read_generation(tmp_path, read) == "new"
    assert len(list(tmp_path.glob("generation-*"))) == 1  # what was left half written is gone


def test_a_generation_is_on_disk_before_the_pointer_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").resolve().name)
        fsync(descriptor)

    def move(path: Path, target: Path) -> Path:
        synced.append("moved")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(Path, "replace", move)
    write(tmp_path, "one")
    before = set(synced[: synced.index("moved")])
    assert before == {"text.json", store.MANIFEST, "generation-000001", f"{store.POINTER}.new"}
    assert synced[-1] == tmp_path.name


@pytest.mark.parametrize("change", [{"format": 2}, {"format": 0}, {"format": "x"}, {"files": 3}, {"format": None}])
def test_a_manifest_of_another_format_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    write(tmp_path, "one")
    path = tmp_path / "generation-000001" / store.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(DamagedIndexError):
        store.read_generation(tmp_path, read)


def test_an_array_that_would_run_code_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "objects.npy", np.array([{"a": 1}], object), allow_pickle=True)
    (tmp_path / "pickle.npy").write_bytes(pickle.dumps([1, 2, 3]))
    for name in ("objects.npy", "pickle.npy"):
        with pytest.raises(DamagedIndexError, match=f"{name} is no array"):
            store.load_array(tmp_path, name)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(QAError, match="cannot write the index"):
        store.lock(tmp_path / "file" / "index", lambda: None)


def test_the_lock_is_held_by_one(tmp_path: Path) -> None:
    waited = []

    class StopWaitingError(Exception):
        pass

    def stop() -> None:
        waited.append(1)
        raise StopWaitingError

    with store.lock(tmp_path, stop), pytest.raises(StopWaitingError):
        store.lock(tmp_path, stop)
    with store.lock(tmp_path, stop):
        pass
    assert len(waited) == 1
