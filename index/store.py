"""An index folder: immutable generations and one pointer, swapped atomically.

A build writes a new generation beside the old, syncs it and renames the pointer. A reader that has opened a
generation keeps its files open, so that it may be deleted underneath. Nothing on disk can run: arrays are
`.npy` without pickle, everything else is JSON or plain bytes.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import DamagedIndexError, QAError

FORMAT = 1
POINTER = "CURRENT"
MANIFEST = "manifest.json"
_LOCK = "lock"
_RETRIES = 5


def has_index(folder: Path) -> bool:
    """Whether a build was ever completed in a folder."""
    return (folder / POINTER).exists()


def current_generation(folder: Path) -> Path:
    """The generation that the pointer names. Raises QAError without a pointer, DamagedIndexError for a bad one."""
    try:
        name = (folder / POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):  # none was made, or its first build was killed
        raise QAError(f"no index in {folder}: make one with  qa index PATH… --index {folder}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedIndexError(f"{POINTER} cannot be read") from error
    if not name.startswith("generation-") or "/" in name:
        raise DamagedIndexError(f"{POINTER} names no generation")
    return folder / name


def read_generation(folder: Path, load: Callable[[Path], Any]) -> Any:
    """Load the current generation; a build that replaces it meanwhile only makes this try again."""
    for attempt in range(_RETRIES):
        generation = current_generation(folder)
        try:
            return load(generation)
        except (DamagedIndexError, OSError) as error:
            # a build moves the pointer before it deletes, so the same pointer means real damage
            if attempt < _RETRIES - 1 and current_generation(folder) != generation:
                continue
            if isinstance(error, DamagedIndexError):
                raise
            reason = "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
            raise DamagedIndexError(f"{Path(error.filename or generation).name} {reason}") from error
    raise AssertionError("unreachable")


def read_manifest(generation: Path) -> dict[str, Any]:
    """A generation's manifest, its files found to be there and of the size that it says.

    Raises DamagedIndexError otherwise, or where another format was written.
    """
    try:
        manifest = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
        found = int(manifest["format"])
        sizes = dict(manifest["files"])
    except FileNotFoundError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedIndexError(f"{MANIFEST} is no manifest") from error
    if found != FORMAT:
        raise DamagedIndexError(f"it has format {found}, this version of qa reads format {FORMAT}")
    for name, size in sizes.items():
        path = generation / name
        if path.stat().st_size != size:
            raise DamagedIndexError(f"{name} has {path.stat().st_size} bytes instead of {size}")
    return dict(manifest)


def write_generation(folder: Path, fill: Callable[[Path], dict[str, Any]]) -> None:
    """Write a generation by `fill`, which returns its manifest, and make it the current one.

    The caller holds the lock. Killed before the last rename, this leaves the old generation in force.
    Raises QAError where the disk is full or may not be written.
    """
    try:
        _write(folder, fill)
    except OSError as error:
        raise QAError(f"cannot write the index {folder}: {error.strerror or error}") from error


def _write(folder: Path, fill: Callable[[Path], dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    numbers = [int(p.name.split("-")[1]) for p in folder.glob("generation-*") if p.name.split("-")[1].isdigit()]
    generation = folder / f"generation-{max(numbers, default=0) + 1:06d}"
    generation.mkdir()
    manifest = fill(generation)
    manifest |= {"format": FORMAT, "files": {p.name: p.stat().st_size for p in sorted(generation.iterdir())}}
    (generation / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="ascii")
    for path in (*generation.iterdir(), generation):
        _sync(path)
    pointer = folder / f"{POINTER}.new"
    pointer.write_text(generation.name + "\n", encoding="utf-8")
    _sync(pointer)
    pointer.replace(folder / POINTER)
    _sync(folder)
    for old in folder.glob("generation-*"):
        if old != generation:
            shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # Windows cannot sync a folder
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lock(folder: Path, on_wait: Callable[[], object]) -> Any:
    """The build lock of a folder, held: a context manager. `on_wait` is called once if another build holds it.

    Raises QAError where the folder cannot be written.
    """
    import filelock

    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = filelock.FileLock(folder / _LOCK)
        try:
            return held.acquire(timeout=0)
        except filelock.Timeout:
            on_wait()
            return held.acquire()
    except OSError as error:
        raise QAError(f"cannot write the index {folder}: {error.strerror or error}") from error


def load_array(generation: Path, name: str) -> npt.NDArray[Any]:
    """An array of a generation, mapped, not read. Raises DamagedIndexError where it is none."""
    try:
        array: npt.NDArray[Any] = np.load(generation / name, mmap_mode="r", allow_pickle=False)
    except FileNotFoundError:
        raise
    except (ValueError, EOFError, OSError) as error:
        raise DamagedIndexError(f"{name} is no array") from error
    return array.view(np.ndarray)  # slices of the subclass are slow


def load_json(generation: Path, name: str) -> Any:
    """A JSON file of a generation. Raises DamagedIndexError where it is none."""
    try:
        return json.loads((generation / name).read_text(encoding="utf-8"))
    except ValueError as error:
        raise DamagedIndexError(f"{name} is no JSON") from error
