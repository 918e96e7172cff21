"""Fixtures of text encoders whose attention is causal."""

import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import (
    CLIPConfig,
    CLIPModel,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    GPT2Config,
    GPT2ForSequenceClassification,
    GPT2LMHeadModel,
    GPT2Model,
    LlamaConfig,
    LlamaForCausalLM,
    LlamaForSequenceClassification,
    LlamaModel,
    MistralConfig,
    MistralModel,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen2Model,
    Qwen3Config,
    Qwen3Model,
)

import encoder_fixture
from encoder_fixture import Fixture
from image_encoders import whole
from text_encoders import tokens

TINY = dict(
    vocab_size=50,
    hidden_size=16,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    intermediate_size=24,
    max_position_embeddings=64,
    pad_token_id=0,
    bos_token_id=1,
    eos_token_id=2,
)


def padded_before(lengths):
    """Random ids, with padding before them, as decoders often have it."""
    behind = tokens(lengths, types=False)

    def make(config, generator):
        inputs = behind(config, generator)
        return {k: torch.flip(v, dims=[1]).contiguous() for k, v in inputs.items()}

    return make


def decoder(name, lengths, cls, config_cls, before=False, open_padding=None, **overrides):
    config = config_cls(**(TINY | overrides), attn_implementation="eager")
    inputs = padded_before(lengths) if before else tokens(lengths, types=False)
    # Rows at padding that see no token at all, before the text or beyond a window.
    left_open = before if open_padding is None else open_padding
    return Fixture(name, cls, config, inputs, open_padding=left_open)


def llama(name, lengths, cls=LlamaModel, **overrides):
    return decoder(name, lengths, cls, LlamaConfig, **overrides)


def mistral(name, lengths, cls=MistralModel, **overrides):
    return decoder(name, lengths, cls, MistralConfig, **overrides)


def qwen2(name, lengths, cls=Qwen2Model, **overrides):
    return decoder(name, lengths, cls, Qwen2Config, **overrides)


def qwen3(name, lengths, cls=Qwen3Model, **overrides):
    return decoder(name, lengths, cls, Qwen3Config, **(dict(head_dim=6) | overrides))


def rope(theta, **scaling):
    """Rotary positions as the version of transformers writes them."""
    if transformers.__version__.startswith("4."):
        return dict(rope_theta=theta, rope_scaling=scaling or None)
    return dict(rope_parameters=dict(rope_theta=theta, rope_type="default") | scaling)


def make_llama():
    base = llama("llama", [13, 7, 1])
    base.must_matter(hidden_act="gelu")
    llama("llama-padded-before", [13, 7, 1], before=True)
    all_settings = llama(
        "llama-other-settings",
        [9, 4],
        num_key_value_heads=1,
        head_dim=8,
        attention_bias=True,
        mlp_bias=True,
        hidden_act="gelu_pytorch_tanh",
        rms_norm_eps=0.05,
        vocab_size=40,
        **rope(500.0),
    )
    all_settings.must_matter(rms_norm_eps=1e-6)
    all_settings.must_matter(**rope(10000.0))
    llama("llama-multi-head", [7, 5], num_key_value_heads=None, num_hidden_layers=3)
    linear = llama("llama-linear", [40, 9], **rope(10000.0, rope_type="linear", factor=4.0))
    linear.must_matter(**rope(10000.0))
    llama("llama-dynamic", [40, 9], **rope(10000.0, rope_type="dynamic", factor=4.0))
    three = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                 original_max_position_embeddings=32)
    scaled = llama("llama-llama3", [60, 9], head_dim=16, **rope(500.0, **three))
    scaled.must_matter(**rope(500.0))
    scaled.must_matter(**rope(500.0, **(three | dict(high_freq_factor=2.0))))
    yarn = dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=16)
    sharp = llama("llama-yarn", [60, 9], head_dim=16, **rope(500.0, **yarn))
    sharp.must_matter(**rope(500.0, **(yarn | dict(attention_factor=1.0))))
    sharp.must_matter(**rope(500.0, **(yarn | dict(beta_slow=0.1))))
    llama("llama-causal-lm", [7, 3], cls=LlamaForCausalLM)
    llama("llama-sequence-classification", [7, 3], cls=LlamaForSequenceClassification)


def make_mistral():
    base = mistral("mistral", [20, 7, 1], sliding_window=5, open_padding=True)
    base.must_matter(sliding_window=6)
    base.must_matter(sliding_window=None)
    mistral("mistral-no-window", [9, 4], sliding_window=None, head_dim=6, hidden_act="gelu", rms_norm_eps=0.05,
            **rope(500.0))


def make_qwen2():
    base = qwen2("qwen2", [13, 7, 1])
    base.must_matter(hidden_act="gelu")
    slides = dict(use_sliding_window=True, sliding_window=4, num_hidden_layers=3, max_window_layers=1)
    window = qwen2("qwen2-windows", [20, 7], open_padding=True, **slides)
    window.must_matter(layer_types=["full_attention"] * 3)
    window.must_matter(layer_types=["sliding_attention"] * 3)
    kinds = ["sliding_attention", "full_attention", "sliding_attention"]
    qwen2("qwen2-layer-types", [20, 7], open_padding=True, layer_types=kinds, **slides)
    qwen2("qwen2-causal-lm", [7, 3], cls=Qwen2ForCausalLM, vocab_size=40, rms_norm_eps=0.05, hidden_act="gelu",
          **rope(500.0))


def make_qwen3():
    base = qwen3("qwen3", [13, 7, 1])
    base.must_matter(hidden_act="gelu")
    qwen3(
        "qwen3-yarn",
        [60, 9],
        head_dim=16,
        attention_bias=True,
        hidden_act="gelu",
        rms_norm_eps=0.05,
        **rope(1000.0, rope_type="yarn", factor=2.0, original_max_position_embeddings=32,
               attention_factor=1.3, beta_fast=8.0, beta_slow=2.0, truncate=False),
    )
    slides = dict(use_sliding_window=True, sliding_window=4, max_window_layers=1)
    qwen3("qwen3-windows", [20, 7], before=True, **slides)


def gpt2(name, lengths, cls=GPT2Model, **overrides):
    settings = dict(vocab_size=50, n_embd=16, n_layer=2, n_head=4, n_positions=40, pad_token_id=0,
                    bos_token_id=1, eos_token_id=2)
    config = GPT2Config(**(settings | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, tokens(lengths, types=False))


def make_gpt2():
    base = gpt2("gpt2", [13, 7, 1])
    base.must_matter(activation_function="relu")
    base.must_matter(scale_attn_weights=False)
    other = gpt2(
        "gpt2-other-settings",
        [9, 4],
        n_inner=20,
        activation_function="silu",
        scale_attn_by_inverse_layer_idx=True,
        layer_norm_epsilon=0.05,
        n_layer=3,
        n_head=2,
        n_embd=8,
    )
    other.must_matter(layer_norm_epsilon=1e-5)
    other.must_matter(scale_attn_by_inverse_layer_idx=False)
    gpt2("gpt2-unscaled", [9, 4], scale_attn_weights=False, reorder_and_upcast_attn=True)
    gpt2("gpt2-lm-head", [7, 3], cls=GPT2LMHeadModel)
    gpt2("gpt2-sequence-classification", [7, 3], cls=GPT2ForSequenceClassification)


def ended(lengths, end):
    """Texts whose last token is that of the end, with which they are padded, too."""
    plain = tokens(lengths, types=False, padding=end, first=3)

    def make(config, generator):
        inputs = plain(config, generator)
        ids = inputs["input_ids"]
        ids[ids == end] = 3
        for row, length in enumerate(lengths):
            ids[row, length - 1 :] = end
        return {k: v.contiguous() for k, v in inputs.items()}

    return make


def clip_text(name, lengths, cls=CLIPTextModel, end=49, change=None, **overrides):
    settings = {k: v for k, v in TINY.items() if k != "num_key_value_heads"} | dict(
        max_position_embeddings=20, eos_token_id=end, projection_dim=8)
    config = CLIPTextConfig(**(settings | overrides), attn_implementation="eager")
    inputs = ended(lengths, 49)

    def make(config, generator):
        made = inputs(config, generator)
        return change(made) if change else made

    return Fixture(name, cls, config, make)


def end_within(inputs):
    """No mask, and an end in the middle."""
    inputs["input_ids"][0, 4] = 49
    return {"input_ids": inputs["input_ids"]}


def leave_open(name, ends):
    """States behind a text's end belong to no text: they may be anything."""
    file = encoder_fixture.OUT / name / "expected.safetensors"
    expected = load_file(file)
    for value in expected.values():
        for row, end in enumerate(ends):
            if value.dim() == 3:
                value[row, end + 1 :] = torch.nan
    save_file(expected, file)


def make_clip_text():
    base = clip_text("clip-text", [13, 7, 2])
    base.must_matter(hidden_act="gelu")
    clip_text("clip-text-old-end", [13, 7, 2], end=2, num_attention_heads=2)
    plain = clip_text("clip-text-other-settings", [13, 7, 2], hidden_act="gelu", layer_norm_eps=0.05, vocab_size=60)
    plain.must_matter(layer_norm_eps=1e-5)
    if clip_text("clip-text-end-within", [13, 9], change=end_within).wanted:
        leave_open("clip-text-end-within", [4, 8])
    clip_text("clip-text-with-projection", [9, 4], cls=CLIPTextModelWithProjection)
    settings = {k: v for k, v in TINY.items() if k != "num_key_value_heads"} | dict(
        max_position_embeddings=20, eos_token_id=49, bos_token_id=1, pad_token_id=0)
    halves = whole(CLIPModel, CLIPConfig, "clip-whole-texts", settings, make_inputs=ended([13, 7, 2], 49), projection_dim=8)
    halves.must_matter(text_config=settings | dict(hidden_act="gelu"))
    halves.must_matter(text_config=settings | dict(layer_norm_eps=0.05))


def make():
    make_llama()
    make_mistral()
    make_qwen2()
    make_qwen3()
    make_gpt2()
    make_clip_text()
