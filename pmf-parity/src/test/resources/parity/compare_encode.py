"""Holds what ``pmf encode`` wrote against transformers.

    python compare_encode.py ENCODER hidden.safetensors [--inputs inputs.safetensors] [--tolerance 1e-4]
    python compare_encode.py --make KIND DIR [--seed 0]

The first form runs transformers in float32 on the inputs that the file holds (or ``--inputs``) and
prints, for each tensor, the largest absolute difference over real tokens, and for scale the largest
absolute value. It ends with 1 if one is above the tolerance or missing, with 2 on wrong usage.

The second form writes a random encoder of full size, some of fewer layers, and ``inputs.safetensors`` for it; its kinds are
those of ``KINDS`` below:

    python compare_encode.py --make bert-base DIR
    pmf encode --encoder DIR --inputs DIR/inputs.safetensors --out hidden.safetensors
    python compare_encode.py DIR hidden.safetensors --inputs DIR/inputs.safetensors
"""

import argparse
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import (
    ASTConfig,
    ASTModel,
    AutoModel,
    BeitConfig,
    BeitModel,
    BertConfig,
    BertModel,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPVisionConfig,
    CLIPVisionModel,
    DebertaV2Config,
    DebertaV2Model,
    DeiTConfig,
    DeiTModel,
    Dinov2Config,
    Dinov2Model,
    Dinov2WithRegistersConfig,
    Dinov2WithRegistersModel,
    DINOv3ViTConfig,
    DINOv3ViTModel,
    DistilBertConfig,
    DistilBertModel,
    ElectraConfig,
    ElectraModel,
    GPT2Config,
    GPT2Model,
    HubertConfig,
    HubertModel,
    LlamaConfig,
    LlamaModel,
    MistralConfig,
    MistralModel,
    ModernBertConfig,
    ModernBertModel,
    MPNetConfig,
    MPNetModel,
    Qwen2Config,
    Qwen2Model,
    Qwen3Config,
    Qwen3Model,
    RobertaConfig,
    RobertaModel,
    SiglipTextConfig,
    SiglipTextModel,
    SiglipVisionConfig,
    SiglipVisionModel,
    SwinConfig,
    SwinModel,
    Swinv2Config,
    Swinv2Model,
    T5Config,
    T5EncoderModel,
    VideoMAEConfig,
    VideoMAEModel,
    ViTConfig,
    ViTMAEConfig,
    ViTMAEModel,
    ViTModel,
    Wav2Vec2ConformerConfig,
    Wav2Vec2ConformerModel,
    Wav2Vec2Config,
    Wav2Vec2Model,
    WavLMConfig,
    WavLMModel,
    WhisperConfig,
    WhisperModel,
    logging,
)

from hf_reference import deterministic, encode, encode_alone, randomize

INPUTS = (
    "pixel_values",
    "input_ids",
    "token_type_ids",
    "attention_mask",
    "input_values",
    "input_features",
)


def text(lengths, types=0, padding=0):
    def inputs(config, generator):
        mask = (torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]).long()
        ids = torch.randint(padding + 1, config.vocab_size, mask.shape, generator=generator)
        result = {"input_ids": ids * mask + padding * (1 - mask), "attention_mask": mask}
        if types:
            token_types = torch.randint(0, types, mask.shape, generator=generator)
            result["token_type_ids"] = token_types * mask
        return result

    return inputs


def ended(lengths):
    """Texts that end with the token of the end, as CLIP's do."""
    plain = text(lengths)

    def inputs(config, generator):
        result = plain(config, generator)
        for row, length in enumerate(lengths):
            result["input_ids"][row, length - 1] = config.eos_token_id
        return result

    return inputs


def image(height, width):
    shape = (2, 3, height, width)
    return lambda config, generator: {"pixel_values": torch.randn(shape, generator=generator)}


def video(frames, side):
    shape = (1, frames, 3, side, side)
    return lambda config, generator: {"pixel_values": torch.randn(shape, generator=generator)}


def features(name, *shape):
    return lambda config, generator: {name: torch.randn((2, *shape), generator=generator)}


def sound(lengths):
    def inputs(config, generator):
        mask = (torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]).long()
        values = torch.randn(mask.shape, generator=generator) * mask
        return {"input_values": values, "attention_mask": mask}

    return inputs


NO_POOLER = {"add_pooling_layer": False}
LENGTHS = [64, 37, 12, 1]
ROBERTA = {"vocab_size": 50265, "max_position_embeddings": 514, "type_vocab_size": 1, "layer_norm_eps": 1e-5}
STABLE = {"do_stable_layer_norm": True, "feat_extract_norm": "layer", "conv_bias": True}
LARGE = {"hidden_size": 1024, "intermediate_size": 4096, "num_attention_heads": 16, "num_hidden_layers": 24}
# Fewer layers than the models have, of the same widths.
SEVERAL = LARGE | {"num_hidden_layers": 8}
KINDS = {
    "bert-base": (BertModel, BertConfig, {}, NO_POOLER, text(LENGTHS, types=2)),
    "roberta-base": (RobertaModel, RobertaConfig, ROBERTA, NO_POOLER, text(LENGTHS, padding=1)),
    "distilbert-base": (DistilBertModel, DistilBertConfig, {}, {}, text(LENGTHS)),
    "electra-small": (ElectraModel, ElectraConfig, {}, {}, text(LENGTHS, types=2)),
    "mpnet-base": (MPNetModel, MPNetConfig, {"vocab_size": 30527, "max_position_embeddings": 514},
                   NO_POOLER, text([512, 64, 12], padding=1)),
    "modernbert-base": (ModernBertModel, ModernBertConfig, {"reference_compile": False, "pad_token_id": 0},
                        {}, text([700, 64, 12])),
    "qwen3-0.6b": (Qwen3Model, Qwen3Config, {
        "hidden_size": 1024, "intermediate_size": 3072, "num_hidden_layers": 28, "num_attention_heads": 16,
        "num_key_value_heads": 8, "max_position_embeddings": 40960, "rope_theta": 1e6}, {}, text(LENGTHS)),
    "qwen2-0.5b": (Qwen2Model, Qwen2Config, {
        "hidden_size": 896, "intermediate_size": 4864, "num_hidden_layers": 24, "num_attention_heads": 14,
        "num_key_value_heads": 2, "max_position_embeddings": 32768, "rope_theta": 1e6}, {}, text(LENGTHS)),
    "llama-1b-layers": (LlamaModel, LlamaConfig, {
        "hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 4, "num_attention_heads": 32,
        "num_key_value_heads": 8, "max_position_embeddings": 131072, "rope_theta": 5e5, "rope_scaling": {
            "rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
            "original_max_position_embeddings": 8192}}, {}, text(LENGTHS)),
    "mistral-7b-layers": (MistralModel, MistralConfig, {
        "num_hidden_layers": 2, "sliding_window": 48, "rope_theta": 1e4}, {}, text(LENGTHS)),
    "gpt2": (GPT2Model, GPT2Config, {}, {}, text(LENGTHS)),
    "t5-base": (T5EncoderModel, T5Config, {
        "d_model": 768, "d_ff": 3072, "num_layers": 12, "num_heads": 12}, {}, text(LENGTHS)),
    "clip-text-base": (CLIPTextModel, CLIPTextConfig, {}, {}, ended(LENGTHS)),
    "siglip-text-base": (SiglipTextModel, SiglipTextConfig, {}, {}, text([64, 64])),
    "deberta-v3-base": (DebertaV2Model, DebertaV2Config, {
        "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072,
        "relative_attention": True, "position_buckets": 256, "norm_rel_ebd": "layer_norm", "share_att_key": True,
        "pos_att_type": ["p2c", "c2p"], "position_biased_input": False}, {}, text(LENGTHS)),
    "deberta-v2-xlarge-layers": (DebertaV2Model, DebertaV2Config, {
        "num_hidden_layers": 6, "attention_head_size": 64, "relative_attention": True, "position_buckets": 256,
        "norm_rel_ebd": "layer_norm", "share_att_key": True, "pos_att_type": ["p2c", "c2p"],
        "position_biased_input": False, "conv_kernel_size": 3, "conv_act": "gelu"}, {}, text(LENGTHS)),
    "vit-base": (ViTModel, ViTConfig, {}, NO_POOLER, image(224, 224)),
    "deit-base": (DeiTModel, DeiTConfig, {}, NO_POOLER, image(224, 224)),
    "dinov2-base": (Dinov2Model, Dinov2Config, {"image_size": 518}, {}, image(224, 224)),
    "dinov2-registers-base": (Dinov2WithRegistersModel, Dinov2WithRegistersConfig,
                              {"image_size": 518, "patch_size": 14}, {}, image(224, 252)),
    "dinov3-base": (DINOv3ViTModel, DINOv3ViTConfig, {
        "hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12, "num_register_tokens": 4},
        {}, image(224, 224)),
    "vit-mae-base": (ViTMAEModel, ViTMAEConfig, {}, {}, image(224, 224)),
    "clip-base": (CLIPVisionModel, CLIPVisionConfig, {}, {}, image(224, 224)),
    "siglip-base": (SiglipVisionModel, SiglipVisionConfig, {}, {}, image(224, 224)),
    "beit-base": (BeitModel, BeitConfig, {"use_relative_position_bias": True}, {}, image(224, 224)),
    "swin-tiny": (SwinModel, SwinConfig, {}, NO_POOLER, image(224, 224)),
    "swinv2-tiny": (Swinv2Model, Swinv2Config, {"image_size": 256, "window_size": 8}, NO_POOLER, image(256, 256)),
    "wav2vec2-base": (Wav2Vec2Model, Wav2Vec2Config, {}, {}, sound([80000, 50000])),
    "wav2vec2-large-layers": (Wav2Vec2Model, Wav2Vec2Config, STABLE, {}, sound([80000, 50000])),
    "hubert-base": (HubertModel, HubertConfig, {}, {}, sound([80000, 50000])),
    "wavlm-base": (WavLMModel, WavLMConfig, {}, {}, sound([80000, 50000])),
    "wavlm-large": (WavLMModel, WavLMConfig, STABLE | LARGE, {}, sound([80000, 50000])),
    "conformer-large-layers": (Wav2Vec2ConformerModel, Wav2Vec2ConformerConfig, STABLE | SEVERAL, {},
                               sound([80000, 50000])),
    "conformer-large-rotary-layers": (
        Wav2Vec2ConformerModel, Wav2Vec2ConformerConfig,
        STABLE | SEVERAL | {"position_embeddings_type": "rotary"}, {}, sound([80000, 50000])),
    "whisper-base": (WhisperModel, WhisperConfig, {
        "d_model": 512, "encoder_layers": 6, "encoder_attention_heads": 8, "encoder_ffn_dim": 2048,
        "decoder_layers": 1, "decoder_attention_heads": 8}, {}, features("input_features", 80, 3000)),
    "ast-base": (ASTModel, ASTConfig, {}, {}, features("input_values", 1024, 128)),
    "videomae-base": (VideoMAEModel, VideoMAEConfig, {}, {}, video(16, 224)),
}


def make(kind, folder, seed):
    cls, config_cls, settings, model_args, inputs = KINDS[kind]
    generator = deterministic(seed)
    model = cls(config_cls(**settings), **model_args)
    # The scale of trained weights of this width: attention is neither flat nor a single peak.
    randomize(model, generator, weight_std=0.04, vector_std=0.1).save_pretrained(folder)
    save_file(inputs(model.config, generator), Path(folder) / "inputs.safetensors")


def difference(found, expected, mask):
    """Largest absolute difference; states at padding, which may be left open (NaN), are nobody's concern."""
    distance = (found.float() - expected).abs()
    distance[expected.isnan()] = 0
    if mask is not None and distance.dim() == 3 and mask.shape == distance.shape[:2]:
        distance = distance[mask.bool()]
    # A NaN must not pass for a small number.
    return distance.nan_to_num(nan=float("inf")).max().item()


def model_class(encoder):
    """The class of a whole model, or of the half that it was saved as."""
    kind = json.loads((Path(encoder) / "config.json").read_text())["model_type"]
    halves = {"t5": T5EncoderModel, "clip_text_model": CLIPTextModel, "siglip_text_model": SiglipTextModel}
    return halves.get(kind, AutoModel)


def compare(encoder, hidden, inputs_file, tolerance):
    found = load_file(hidden)
    source = load_file(inputs_file) if inputs_file else found
    inputs = {k: source[k] for k in INPUTS if k in source}
    if not inputs:
        print(f"{inputs_file or hidden} holds no inputs ({', '.join(INPUTS)}): give --inputs", file=sys.stderr)
        return 2
    model = model_class(encoder).from_pretrained(encoder, attn_implementation="eager", dtype=torch.float32)
    # In a batch, padding reaches the real frames of a Conformer.
    run = encode_alone if model.config.model_type == "wav2vec2-conformer" else encode
    expected = run(model, inputs)
    failed = 0
    for key, value in expected.items():
        if key not in found:
            line, good = "missing", False
        elif found[key].shape != value.shape:
            line, good = f"shape {list(found[key].shape)}, expected {list(value.shape)}", False
        else:
            distance = difference(found[key], value, inputs.get("attention_mask"))
            good = distance <= tolerance
            line = f"{distance:.2e}  of {value.nan_to_num().abs().max().item():.2e}"
        failed += not good
        print(f"{key:20} {line}{'' if good else '  <-'}")
    extra = [k for k in found if k.startswith("hidden_states.") and k not in expected]
    for key in extra:
        print(f"{key:20} not expected  <-")
    failed += len(extra)
    print(f"{failed} of {len(expected)} above {tolerance:g}, missing or not expected" if failed else "equal")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--make", choices=KINDS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--inputs", type=Path)
    parser.add_argument("--tolerance", type=float, default=1e-4)
    parser.add_argument("directory", type=Path)
    parser.add_argument("hidden", type=Path, nargs="?")
    args = parser.parse_args()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    if args.make:
        if args.hidden is not None:
            parser.error("--make takes one directory")
        make(args.make, args.directory, args.seed)
        return 0
    if args.hidden is None:
        parser.error("name the file that pmf encode wrote")
    return compare(args.directory, args.hidden, args.inputs, args.tolerance)


if __name__ == "__main__":
    sys.exit(main())
