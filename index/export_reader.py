"""A question-answering model to an ONNX file: token ids to start and end logits."""

from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import QAError
from index.export import Step, fast_tokenizer, fingerprint, first_line, optimise

if TYPE_CHECKING:
    import transformers


def write_reader(name: str, work: Path, step: Step) -> dict[str, str | int]:
    """Write any Hugging Face question-answering model, as `index.export.export` asks."""
    step("loading PyTorch")
    import transformers

    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    step("loading the model")
    try:
        model = transformers.AutoModelForQuestionAnswering.from_pretrained(name).eval()
        tokenizer = transformers.AutoTokenizer.from_pretrained(name)
    except Exception as error:  # its loaders raise whatever their libraries do
        raise QAError(f"cannot load the reader {name}: {first_line(error)}") from error
    fast = fast_tokenizer(name, tokenizer)
    step("tracing it")
    try:
        trace(model, list(tokenizer.model_input_names), work / "plain.onnx")
        step("optimising it")
        optimise(work / "plain.onnx", work / "model.onnx")
    except Exception as error:  # as above
        raise QAError(f"cannot export the reader {name}: {first_line(error)}") from error
    (work / "plain.onnx").unlink()
    fast.save(str(work / "tokenizer.json"))
    longest = int(getattr(model.config, "max_position_embeddings", 0) or 512)
    return {
        "name": name,
        "fingerprint": fingerprint(model),
        "dim": int(model.config.hidden_size),
        "max_tokens": min(longest, tokenizer.model_max_length),
    }


def trace(model: "transformers.PreTrainedModel", inputs: list[str], target: Path) -> None:
    """Write the graph from the named inputs, int64 [batch, tokens], to start and end logits of the same shape."""
    import torch

    class Logits(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model  # a part of it, so that its weights are parameters and not constants

        def forward(self, *given: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            out = self.model(**dict(zip(inputs, given, strict=True)))
            return out.start_logits, out.end_logits

    axes = {0: "batch", 1: "tokens"}
    ids = torch.ones((2, 8), dtype=torch.int64)
    torch.onnx.export(
        Logits().eval(),
        tuple(torch.zeros_like(ids) if name == "token_type_ids" else ids for name in inputs),
        str(target),
        input_names=inputs,
        output_names=["starts", "ends"],
        dynamic_axes={name: axes for name in [*inputs, "starts", "ends"]},
        opset_version=18,
        dynamo=False,
    )
