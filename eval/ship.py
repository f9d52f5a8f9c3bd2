"""Put a trained reader where the program reads it: one ONNX file, weights in 8 bits a channel.

    python -m eval.ship DIR

DIR is the --work folder of eval.train.
"""

import argparse
import hashlib
import tempfile
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModelForQuestionAnswering

from index.export import optimise
from index.export_reader import trace
from qa.spans import WEIGHTS


def ship(folder: Path, target: Path) -> None:
    """Trace the model that a folder holds, quantise it and write it to `target`, optimised as far as it goes."""
    model = AutoModelForQuestionAnswering.from_pretrained(folder, attn_implementation="eager").eval()
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
    ship(parser.parse_args().work / "model", WEIGHTS)
    digest = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1e6:.1f} MB, SHA-256 {digest}")


if __name__ == "__main__":
    main()
