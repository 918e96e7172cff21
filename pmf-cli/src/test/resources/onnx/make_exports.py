"""Tiny random encoders, saved by save_pretrained and exported to ONNX by torch.onnx.export.

    python make_exports.py        # writes NAME/ beside this file

torch 2.x with its exporter of traces, transformers 4.57. Where all biases are 0 and all scales 1, as after
initialisation, the exporter keeps one of each and names the others by Identity nodes.
"""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace
from tokenizers.processors import TemplateProcessing
from transformers import (
    BertConfig,
    BertModel,
    PreTrainedModel,
    T5Config,
    T5EncoderModel,
    ViTConfig,
    ViTImageProcessor,
    ViTModel,
)

HERE = Path(__file__).resolve().parent
SIZES = {"hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 12}
IDS = {"vocab_size": 20, "max_position_embeddings": 12}


class LastStates(torch.nn.Module):
    """A model that gives its last states alone."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        for name, child in model.named_children():
            self.add_module(name, child)
        self.model = [model]

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        names = ["pixel_values"] if len(inputs) == 1 else ["input_ids", "attention_mask"]
        return self.model[0](**dict(zip(names, inputs))).last_hidden_state


def shaken(model: PreTrainedModel) -> PreTrainedModel:
    """The model with all weights moved, so that none equals another."""
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(0.1 * torch.randn_like(weight))
    return model


def write(name: str, model: PreTrainedModel, inputs: tuple[torch.Tensor, ...]) -> None:
    """Saves and exports a model."""
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    model = model.eval()
    model.save_pretrained(folder)
    if len(inputs) == 1:
        ViTImageProcessor(size={"height": 8, "width": 8}).save_pretrained(folder)
    else:
        words_beside(folder)
    names = ["pixel_values"] if len(inputs) == 1 else ["input_ids", "attention_mask"]
    axes = {n: {0: "batch"} for n in names}
    torch.onnx.export(
        LastStates(model), inputs, str(folder / "export.onnx"), input_names=names, dynamic_axes=axes, dynamo=False
    )


def words_beside(folder: Path) -> None:
    """A vocabulary of BERT's kind, or a tokenizer of T5's."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmno"]
    if folder.name.startswith("bert"):
        (folder / "vocab.txt").write_text("\n".join(words) + "\n")
    else:
        pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)] + [("\u2581" + c, -2.0) for c in "abcdefghijklmnopq"]
        tokenizer = Tokenizer(Unigram(pieces, unk_id=2))
        tokenizer.pre_tokenizer = Metaspace()
        tokenizer.post_processor = TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
        tokenizer.save(str(folder / "tokenizer.json"))


def main() -> None:
    """Writes all of them."""
    warnings.filterwarnings("ignore")
    torch.manual_seed(16)
    words = (torch.randint(0, 20, (2, 5)), torch.ones(2, 5, dtype=torch.long))
    picture = (torch.randn(1, 3, 8, 8),)
    bert = BertConfig(**SIZES, **IDS)
    vit = ViTConfig(**SIZES, image_size=8, patch_size=4)
    t5 = T5Config(vocab_size=20, d_model=8, d_kv=4, d_ff=12, num_layers=2, num_heads=2, feed_forward_proj="gated-gelu")
    write("bert", shaken(BertModel(bert, add_pooling_layer=False)), words)
    write("bert-untrained", BertModel(bert, add_pooling_layer=False), words)
    write("vit", shaken(ViTModel(vit, add_pooling_layer=False)), picture)
    write("t5", shaken(T5EncoderModel(t5)), words)


if __name__ == "__main__":
    main()
