"""Put a trained reader where the program reads it: one ONNX file, weights in 8 bits a channel.

    python -m eval.ship DIR [--from DIR --share S]

DIR is the --work folder of eval.train. With --from, the weights are the mean of that model's and DIR's, S of it DIR's:
a fine-tuned model and the one that it was tuned from do better together than either (Wortsman et al. 2022, WiSE-FT).
"""

import argparse
import hashlib
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModelForQuestionAnswering, PreTrainedModel

from index.export import optimise
from index.export_reader import trace
from qa.spans import WEIGHTS


def mean_of(before: PreTrainedModel, after: PreTrainedModel, share: float) -> PreTrainedModel:
    """The weights of `after`, of whose distance from those of `before` only a share is kept."""
    with torch.no_grad():
        for old, new in zip(before.parameters(), after.parameters(), strict=True):
            new.lerp_(old, 1 - share)
    return after


def open_trained(work: Path) -> PreTrainedModel:
    """The model that a training left in its folder."""
    model: PreTrainedModel = AutoModelForQuestionAnswering.from_pretrained(work / "model", attn_implementation="eager")
    model.train(False)
    return model


def ship(model: PreTrainedModel, target: Path) -> None:
    """Trace a model, quantise it and write it to `target`, optimised as far as it goes."""
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused, small = (Path(scratch, f"{name}.onnx") for name in ("plain", "fused", "small"))
        trace(model, ["input_ids", "attention_mask", "token_type_ids"], plain)
        optimise(plain, fused)
        # the fused operators' types are not inferred: say that what they give are floats
        floats = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        quantize_dynamic(fused, small, per_channel=True, weight_type=QuantType.QInt8, extra_options=floats)
        optimise(small, target)


def main() -> None:
    """Ship it, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--from", dest="before", type=Path, help="the --work folder that the training started from")
    parser.add_argument("--share", type=float, default=1.0, help="how much of what the training changed is kept (all)")
    args = parser.parse_args()
    model = open_trained(args.work)
    ship(mean_of(open_trained(args.before), model, args.share) if args.before else model, WEIGHTS)
    digest = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1e6:.1f} MB, SHA-256 {digest}")


if __name__ == "__main__":
    main()
