"""Exported models in the cache: where they are, and sessions and tokenizers over them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.errors import QAError
from index.export import DEFAULT_MODEL, Write, export, write_encoder
from index.export_reader import write_reader

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_EXPORT_VERSION = 2  # raised when an export of the same weights changes


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """An exported model in the cache."""

    folder: Path
    name: str  # as the user named it
    fingerprint: str  # of its weights and of the export; vectors of another one do not compare
    dim: int  # of its vectors
    max_tokens: int  # with the special ones


def cache_folder() -> Path:
    """The user's cache folder of this program."""
    from platformdirs import user_cache_path

    return user_cache_path("qa", appauthor=False)


def model_files(name: str) -> ModelFiles:
    """The exported files of an encoder, exporting it first where the cache has none.

    `name` is "all-MiniLM-L6-v2" (packaged), a folder of sentence-transformers files, or a hub name.
    Raises QAError where the model cannot be loaded, is not the published one or has no room in the cache.
    """
    return _exported(name, f"{_slug(name)}-{_EXPORT_VERSION}", write_encoder)


def reader_files(name: str) -> ModelFiles:
    """The exported files of a question-answering model, by folder or hub name; raises QAError as `model_files`."""
    return _exported(name, f"{_slug(name)}-reader-{_EXPORT_VERSION}", write_reader)


def _exported(name: str, slug: str, write: Write) -> ModelFiles:
    folder = cache_folder() / "models" / slug
    description = folder / "model.json"
    if not description.exists():
        try:
            export(name, folder, write)
        except OSError as error:
            where = f"{folder.parent}: {error.strerror or error}"
            raise QAError(f"cannot write the model's files to {where} (XDG_CACHE_HOME names another folder)") from error
    try:
        fields = json.loads(description.read_text(encoding="utf-8"))
        files = ModelFiles(folder, **fields)
    except (ValueError, TypeError, OSError) as error:
        raise QAError(f"the exported model in {folder} is damaged: delete that folder and try again") from error
    return files


def _slug(name: str) -> str:
    """A folder name for a model: of a local one, its path and age count too, so that an edited one is new."""
    path = Path(name)
    if name == DEFAULT_MODEL or not path.exists():
        return name.replace("/", "--")
    newest = max((f.stat().st_mtime_ns for f in path.rglob("*") if f.is_file()), default=0)
    return f"{path.name}-{hashlib.sha256(f'{path.resolve()}:{newest}'.encode()).hexdigest()[:12]}"


def open_session(path: Path, threads: int = 0) -> "InferenceSession":
    """A session on an exported, optimised file; `threads` for one run, 0 for as many as there are cores.

    Raises QAError where the file is damaged.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # done at export
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options)
    except Exception as error:  # onnxruntime's exceptions share no public base class
        raise QAError(f"the exported model {path} is damaged: delete its folder and try again") from error


def open_tokenizer(path: Path, max_tokens: int) -> "Tokenizer":
    """A fast tokenizer that cuts at `max_tokens` and does not pad."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the Rust side raises plain Exception
        raise QAError(f"the tokenizer {path} is damaged: delete its folder and try again") from error
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()
    return tokenizer


def pad(rows: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Token ids and attention mask, int64 [n, longest], zeros behind each row."""
    longest = max(len(row) for row in rows)
    ids = np.zeros((len(rows), longest), np.int64)
    mask = np.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
        mask[i, : len(row)] = 1
    return ids, mask


def describe(files: ModelFiles) -> dict[str, str | int]:
    """What an index records of the model that made its vectors."""
    fields = asdict(files)
    del fields["folder"]
    return fields
