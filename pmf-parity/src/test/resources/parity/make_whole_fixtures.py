"""Writes whole-N/<name>/: a tiny random CLIP and a SigLIP, each with its tokenizer and image processor.

    python make_whole_fixtures.py        (with transformers 4.57.1, and again with 5.24.0; Pillow)

What is expected of both halves, from the texts and pictures of table.csv on: `text.` and `image.`
before what the processor makes, before the hidden states and before the pooled vector. SigLIP's
tokenizer is of the kind that SigLIP 2 has: Gemma's, with an end and no beginning.
"""

import csv
import json
import shutil
from pathlib import Path

import torch
import transformers
from PIL import Image
from safetensors.torch import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from hf_reference import deterministic, encode, randomize

HERE = Path(__file__).parent
MAJOR = int(transformers.__version__.split(".")[0])
OUT = HERE / f"whole-{MAJOR}"
PICTURES = HERE / "pmf/curve/images"
TEXTS = ["a red circle", "Two BLUE squares, and it's 3 o'clock!", "grüne  Dreiecke 雪e", "square"]
END = "<|endoftext|>"


def trained(tokenizer, trainer):
    """Of words that occur in different numbers, so that nothing is left to the order of a hash table."""
    words = sorted({word for text in TEXTS[:2] for word in text.split()})
    tokenizer.train_from_iterator([" ".join([word] * (3 + i)) for i, word in enumerate(words)], trainer)


def clip_tokenizer():
    start = "<|startoftext|>"
    tokenizer = Tokenizer(models.BPE(unk_token=END, end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    words = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(words), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trained(tokenizer, trainers.BpeTrainer(
        vocab_size=560, special_tokens=[start, END], end_of_word_suffix="</w>", initial_alphabet=alphabet,
        show_progress=False))
    tokenizer.post_processor = processors.RobertaProcessing((END, 1), (start, 0), trim_offsets=False, add_prefix_space=False)
    return transformers.CLIPTokenizerFast(tokenizer_object=tokenizer)


def gemma_tokenizer():
    special = ["<pad>", "<eos>", "<bos>", "<unk>"]
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    trained(tokenizer, trainers.BpeTrainer(
        vocab_size=330, special_tokens=special + [f"<0x{byte:02X}>" for byte in range(256)], show_progress=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")  # Gemma's, which cuts nothing.
    # All but the special ones are plain tokens, as in Gemma's file.
    content = json.loads(tokenizer.to_str())
    content["added_tokens"] = [t for t in content["added_tokens"] if t["content"] in special]
    tokenizer = Tokenizer.from_str(json.dumps(content))
    tokenizer.post_processor = processors.TemplateProcessing(single="$A <eos>", special_tokens=[("<eos>", 1)])
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="<eos>", bos_token="<bos>", unk_token="<unk>",
        padding_side="right", model_max_length=64, model_input_names=["input_ids"])


def as_gemma(folder):
    """The class, as the files of SigLIP 2 name it."""
    file = folder / "tokenizer_config.json"
    settings = json.loads(file.read_text()) | dict(
        tokenizer_class="GemmaTokenizer", add_bos_token=False, add_eos_token=True)
    file.write_text(json.dumps(settings, indent=2) + "\n")


def halves(vocabulary, **text):
    image = dict(hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20, image_size=16,
                 patch_size=8)
    return dict(vision_config=image, text_config=dict(
        vocab_size=vocabulary, hidden_size=8, num_hidden_layers=3, num_attention_heads=2, intermediate_size=24,
        max_position_embeddings=24, **text))


def write(name, model_class, config, tokenizer, images, padding):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    for part in (config, config.text_config, config.vision_config):
        part._attn_implementation = "eager"
    model = randomize(model_class(config), deterministic(31), 0.35)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    images.save_pretrained(folder)
    if name == "siglip":
        as_gemma(folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    texts = dict(tokenizer(TEXTS, padding=padding, truncation=True, max_length=24, return_tensors="pt"))
    pictures = [Image.open(PICTURES / f"{i:02}.png").convert("RGB") for i in range(len(TEXTS))]
    pixels = dict(images(pictures, return_tensors="pt"))
    expected = {}
    for half, inputs in (("text", texts), ("image", pixels)):
        made = inputs | encode(model, inputs)
        if "attention_mask" in inputs:  # What stands at padding is nobody's concern.
            for value in made.values():
                if value.dim() == 3:
                    value[~inputs["attention_mask"].bool()] = torch.nan
        expected |= {f"{half}.{key}": value.contiguous() for key, value in made.items()}
    save_file(expected, folder / "expected.safetensors")
    with open(folder / "table.csv", "w", newline="", encoding="utf-8") as file:
        rows = [(text, f"../../pmf/curve/images/{i:02}.png", "ab"[i % 2]) for i, text in enumerate(TEXTS)]
        csv.writer(file).writerows([("text", "image", "label"), *rows])


def main():
    transformers.logging.set_verbosity_error()
    backend = "Pil" if MAJOR == 5 else ""
    clip, siglip = (getattr(transformers, f"{kind}ImageProcessor{backend}") for kind in ("CLIP", "Siglip"))
    size = dict(size={"height": 16, "width": 16})
    text = clip_tokenizer()
    ends = dict(bos_token_id=text.bos_token_id, eos_token_id=text.eos_token_id, pad_token_id=text.pad_token_id)
    write("clip", transformers.CLIPModel, transformers.CLIPConfig(**halves(len(text), **ends), projection_dim=8), text,
          clip(size={"shortest_edge": 18}, crop_size=16), True)
    text = gemma_tokenizer()
    write("siglip", transformers.SiglipModel, transformers.SiglipConfig(**halves(len(text), projection_size=8)), text,
          siglip(**size), "max_length")


if __name__ == "__main__":
    main()
