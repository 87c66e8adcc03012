"""Checkpoint -> `encoder.onnx` (int8, per channel), `tokenizer.json` and `labels.json`.

python -m claims.extraction.model.training.export BASE CHECKPOINT OUT
"""

import argparse
import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from claims.extraction.model.training.data import load_tokenizer
from claims.extraction.model.training.network import Network, OneSentence

INPUTS = ["ids", "cases", "starts"]
OUTPUTS = ["check", "embedding", "states", "heads", "relations", "upos", "xpos"]


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("base", "checkpoint", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    options.out.mkdir(exist_ok=True)
    tokenizer = load_tokenizer(options.base)
    saved = torch.load(options.checkpoint)
    network = Network(tokenizer.get_vocab_size(), 512, *(len(saved[n]) for n in ("relations", "upos", "xpos")))
    network.load_state_dict(saved["weights"])
    network.eval()
    ids = torch.tensor([101, 2023, 2003, 102])
    starts = torch.tensor([0, 1, 2])
    axes = {"ids": {0: "pieces"}, "cases": {0: "pieces"}, "starts": {0: "words"}}
    axes |= {name: {0: "words"} for name in OUTPUTS[2:]}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            OneSentence(network),
            (ids, torch.zeros_like(ids), starts),
            plain,
            dynamo=False,
            opset_version=17,
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes=axes,
        )
        quantize_dynamic(
            plain,
            options.out / "encoder.onnx",
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
    onnx.checker.check_model(options.out / "encoder.onnx")
    tokenizer.no_truncation()
    tokenizer.save(str(options.out / "tokenizer.json"))
    labels = {name: saved[name] for name in ("relations", "upos", "xpos")}
    (options.out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")
    print((options.out / "encoder.onnx").stat().st_size)


if __name__ == "__main__":
    main()
