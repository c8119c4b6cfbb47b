"""Makes the int8 form of the embedding's weights that questions and passages are run through, with our adapter in it.

Knows torch, ONNX and how long both take to import (four seconds, 400 MB), which is why this runs once a home and its
result is kept. Does not know what is embedded.
"""

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock

OPSET = 17
RECIPE = f"int8 per channel, opset {OPSET}"
ADAPTER_FILE = Path(__file__).with_name("adapter.safetensors")
LEFT, RIGHT = ".left", ".right"
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_OUTPUT = "token_vectors"


def quantised_weights(folder: Path, cache: Path, name: str) -> Path:
    """The int8 ONNX file of the sentence-transformers model in `folder`, made in `cache` if it is not there yet."""
    target = cache / f"{name}.onnx"
    if target.exists():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / f"{name}.lock"):
        if not target.exists():
            exported, quantised = (cache / f"{uuid4().hex}.onnx" for _ in range(2))
            try:
                with _without_chatter():
                    _export(folder, exported)
                    _quantise(exported, quantised)
                quantised.replace(target)
            finally:
                exported.unlink(missing_ok=True)
                quantised.unlink(missing_ok=True)
    return target


@contextmanager
def _without_chatter() -> Iterator[None]:
    """The exporter and the quantiser warn of what they always do; the parity test says whether it is right."""
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


def _export(folder: Path, target: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    adapt(model[0].auto_model)
    model.eval().requires_grad_(False)

    class TokenVectors(torch.nn.Module):  # type: ignore[misc]  # torch is not read by mypy, see pyproject.toml
        def __init__(self, encoder: torch.nn.Module) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
            vectors: torch.Tensor = self.encoder(ids, attention_mask=mask, token_type_ids=types).last_hidden_state
            return vectors

    example = model.tokenizer(["two texts", "of different lengths"], padding=True, return_tensors="pt")
    with torch.no_grad():
        torch.onnx.export(
            TokenVectors(model[0].auto_model),
            tuple(example[name] for name in _INPUTS),
            str(target),
            input_names=list(_INPUTS),
            output_names=[_OUTPUT],
            dynamic_axes={name: {0: "text", 1: "token"} for name in (*_INPUTS, _OUTPUT)},
            opset_version=OPSET,
            dynamo=False,
        )


def adapt(encoder: Any) -> None:
    """Add the adapter to the weights of the encoder: to a matrix a product of two thin ones, to a vector a vector.

    `ingest.training` makes it.
    """
    from safetensors.torch import load_file

    adapter = load_file(ADAPTER_FILE)
    weights = encoder.state_dict()
    for name in dict.fromkeys(key.removesuffix(LEFT).removesuffix(RIGHT) for key in adapter):
        if name in adapter:
            weights[name] += adapter[name].float()
        else:
            weights[name] += adapter[name + LEFT].float() @ adapter[name + RIGHT].float()
    encoder.load_state_dict(weights)


def _quantise(exported: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(exported, target, weight_type=QuantType.QInt8, per_channel=True)
