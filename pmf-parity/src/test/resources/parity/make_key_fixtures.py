"""Writes keys/transformers-N.json: the keys that transformers knows, and which of them change what an encoder computes.

    python make_key_fixtures.py        (with transformers 4.57.1, and again with 5.24.0)

known     by list of keys: what the configuration's class has, what its file says, what its code reads
defaults  by list: what stands for a key that is not there, where that is a plain value
tried     by list: a tiny random encoder is built again with one key changed, and given the same weights
          and inputs: "same" hidden states to the bit, "differs", or why it could not be built
"""

import dataclasses
import importlib
import inspect
import json
import re
import sys
from pathlib import Path

import numpy as np
import torch
import transformers
from PIL import Image
from transformers import CONFIG_MAPPING

from hf_reference import WAVES, deterministic, encode, randomize

HERE = Path(__file__).parent
MAJOR = int(transformers.__version__.split(".")[0])
LISTS = HERE.parents[4] / "pmf-modalities/src/main/resources/org/pmf4j/modalities/directory/keys"
Base = transformers.PreTrainedConfig if MAJOR == 5 else transformers.PretrainedConfig

TEXT = dict(vocab_size=50, hidden_size=16, num_hidden_layers=3, num_attention_heads=2, intermediate_size=24,
            max_position_embeddings=40)
IMAGE = dict(hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20, image_size=16,
             patch_size=8, num_channels=3)
DINO = {k: v for k, v in IMAGE.items() if k != "intermediate_size"}
STAGES = dict(embed_dim=4, depths=[2, 2], num_heads=[2, 4], image_size=16, patch_size=2, window_size=4)
WAVE = dict(vocab_size=12, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=20,
            conv_dim=[8, 8, 12], conv_kernel=[10, 3, 2], conv_stride=[5, 2, 2], num_conv_pos_embeddings=8,
            num_conv_pos_embedding_groups=4)
HALF = dict(text_config=dict(vocab_size=20, hidden_size=8, intermediate_size=8, num_hidden_layers=1,
            num_attention_heads=2, max_position_embeddings=8), vision_config=IMAGE)
DECODER = TEXT | dict(num_attention_heads=4, num_key_value_heads=4)
WINDOWS = dict(use_sliding_window=True, sliding_window=6, max_window_layers=1)
FAMILIES = {
    "bert": ("BertModel", TEXT),
    "electra": ("ElectraModel", TEXT | dict(embedding_size=10)),
    "distilbert": ("DistilBertModel", dict(vocab_size=50, dim=16, n_layers=3, n_heads=2, hidden_dim=24,
                                           max_position_embeddings=40)),
    "roberta": ("RobertaModel", TEXT),
    "xlm-roberta": ("XLMRobertaModel", TEXT),
    "mpnet": ("MPNetModel", TEXT),
    "modernbert": ("ModernBertModel", TEXT | dict(local_attention=8, pad_token_id=0, bos_token_id=1, eos_token_id=2,
                                                  cls_token_id=1, sep_token_id=2, num_hidden_layers=4)),
    "llama": ("LlamaModel", DECODER),
    "mistral": ("MistralModel", DECODER | dict(sliding_window=6)),
    "qwen2": ("Qwen2Model", DECODER | WINDOWS),
    "qwen3": ("Qwen3Model", DECODER | WINDOWS | dict(head_dim=8)),
    "gpt2": ("GPT2Model", dict(vocab_size=50, n_embd=16, n_layer=3, n_head=2, n_positions=40)),
    "t5": ("T5EncoderModel", dict(vocab_size=50, d_model=16, d_kv=8, d_ff=24, num_layers=3, num_heads=2,
                                  relative_attention_max_distance=20)),
    "clip_text_model": ("CLIPTextModel", TEXT | dict(eos_token_id=49, bos_token_id=1, pad_token_id=0)),
    "siglip_text_model": ("SiglipTextModel", TEXT | dict(eos_token_id=49, bos_token_id=1, pad_token_id=0)),
    "deberta-v2": ("DebertaV2Model", TEXT | dict(
        relative_attention=True, pos_att_type=["c2p", "p2c"], position_buckets=8, max_relative_positions=20,
        position_biased_input=True, share_att_key=True, norm_rel_ebd="layer_norm", conv_kernel_size=3)),
    "vit": ("ViTModel", IMAGE),
    "deit": ("DeiTModel", IMAGE),
    "dinov2": ("Dinov2Model", DINO),
    "dinov2_with_registers": ("Dinov2WithRegistersModel", DINO),
    "dinov3_vit": ("DINOv3ViTModel", IMAGE | dict(hidden_size=48, num_register_tokens=2)),
    "vit_mae": ("ViTMAEModel", IMAGE),
    "clip": ("CLIPModel", HALF),
    "clip_vision_model": ("CLIPVisionModel", IMAGE),
    "siglip": ("SiglipModel", HALF),
    "siglip_vision_model": ("SiglipVisionModel", IMAGE),
    "beit": ("BeitModel", IMAGE | dict(use_relative_position_bias=True)),
    "swin": ("SwinModel", STAGES | dict(use_absolute_embeddings=MAJOR == 5)),  # In 4 it cannot add them.
    "swinv2": ("Swinv2Model", STAGES),
    "videomae": ("VideoMAEModel", IMAGE | dict(num_frames=4, tubelet_size=2)),
    "audio-spectrogram-transformer": ("ASTModel", dict(
        hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20, patch_size=6,
        frequency_stride=4, time_stride=5, max_length=27, num_mel_bins=16)),
    "wav2vec2": ("Wav2Vec2Model", WAVE),
    "hubert": ("HubertModel", WAVE),
    "wavlm": ("WavLMModel", WAVE | dict(num_buckets=16, max_bucket_distance=20)),
    "wav2vec2-conformer": ("Wav2Vec2ConformerModel", WAVE | dict(
        position_embeddings_type="rotary", conv_depthwise_kernel_size=5)),
    "whisper": ("WhisperModel", dict(
        vocab_size=20, num_mel_bins=8, d_model=12, encoder_layers=2, encoder_attention_heads=3, encoder_ffn_dim=20,
        decoder_layers=1, decoder_attention_heads=2, decoder_ffn_dim=8, max_source_positions=15,
        max_target_positions=8, pad_token_id=0, bos_token_id=1, eos_token_id=2, decoder_start_token_id=3,
        suppress_tokens=None, begin_suppress_tokens=None)),
}
# Values to try where a changed number, a turned flag or another word is none.
OTHERS = {
    "_attn_implementation": "sdpa", "attn_implementation": "sdpa", "architectures": ["X"], "dtype": "float16",
    "torch_dtype": "float16", "id2label": {"0": "a", "1": "b", "2": "c"}, "label2id": {"a": 0, "b": 1, "c": 2},
    "num_labels": 3, "problem_type": "regression", "auto_map": {"AutoModel": "x.Y"}, "pruned_heads": {"0": [0]},
    "task_specific_params": {"a": {}}, "layer_types": ["full_attention"] * 4, "quantization_config": None,
    "rope_parameters": {"full_attention": {"rope_type": "default", "rope_theta": 500.0},
                        "sliding_attention": {"rope_type": "default", "rope_theta": 500.0}},
    "rope_scaling": {"rope_type": "linear", "factor": 2.0}, "local_rope_theta": 500.0, "global_rope_theta": 500.0,
    "rope_theta": 500.0, "position_embedding_type": "relative_key", "out_features": ["stage1"], "out_indices": [1],
    "stage_names": ["a"], "segmentation_indices": [1], "feat_extract_norm": "layer", "conv_dim": [8, 8, 16], "conv_kernel": [10, 3, 3],
    "conv_stride": [5, 2, 1], "text_config": HALF["text_config"] | {"hidden_size": 16},
    "vision_config": IMAGE | {"hidden_act": "relu"}, "classifier_pooling": "mean", "norm_eps": 0.05,
    "layer_norm_eps": 0.05, "ctc_loss_reduction": "mean", "summary_type": "last", "tokenizer_class": "X",
    "num_frames": 6, "num_hidden_layers": 1, "n_layers": 1, "encoder_layers": 1, "per_layer_config": None, "mlp_ratio": 2,
    "use_swiglu_ffn": True, "use_gated_mlp": True, "hidden_size": 24, "dim": 24, "d_model": 24, "num_conv_pos_embedding_groups": 2,
    "relative_attention_num_buckets": 16, "local_attention": 4, "sliding_window": 2, "summary_activation": "tanh",
    "layer_scale_init_value": 0.0, "image_size": 24, "max_length": 32, "head_dim": 2, "num_mel_bins": 20,
    "global_attn_every_n_layers": 2, "pad_token_id": 3, "encoder_stride": 4, "layerdrop": 1.0,
    "encoder_layerdrop": 1.0, "hidden_dropout": 0.9, "dropout": 0.9, "hidden_dropout_prob": 0.9,
    "frequency_stride": 5, "time_stride": 4, "tie_last_hidden_states": False, "num_key_value_heads": 2,
    "pos_att_type": ["c2p"], "dense_act_fn": "gelu", "feed_forward_proj": "gated-gelu",
    "add_adapter": True, "adapter_attn_dim": 4, "max_source_positions": 12, "position_embeddings_type": "relative", "rotary_embedding_base": 50,
    "conv_depthwise_kernel_size": 7, "num_buckets": 8, "max_bucket_distance": 100,
    "experts_implementation": "eager", "_experts_implementation": "eager", "suppress_tokens": [1],
    "_experts_implementation_internal": "eager", "_attn_implementation_internal": "sdpa",
    "begin_suppress_tokens": [1], "num_feat_extract_layers": 2,
    "vision_config_dict": IMAGE | {"hidden_act": "relu"}, "text_config_dict": HALF["text_config"] | {"hidden_size": 16},
}
FLAT = {"rope_type": "linear", "factor": 2.0, "rope_theta": 500.0}
# The same of one family, where another kind of value is read.
OTHERS_OF = {(family, "rope_parameters"): FLAT for family in ("llama", "mistral", "qwen2", "qwen3")}
OTHERS_OF[("swinv2", "pretrained_window_sizes")] = [3, 3]


def config_class(family):
    return CONFIG_MAPPING[family] if family in CONFIG_MAPPING else getattr(transformers, FAMILIES[family][0]).config_class


def known_to(cls):
    keys = set(cls().to_dict()) | set(cls.attribute_map)
    if MAJOR == 5:
        keys |= {f.name for f in dataclasses.fields(cls)}
    else:
        keys |= {p for p in inspect.signature(cls.__init__).parameters if p not in ("self", "kwargs")}
    return keys


def passed_in(cls):
    """Keys that a class takes from its file without having them."""
    source = "".join(inspect.getsource(c) for c in cls.__mro__ if c.__module__.startswith("transformers.") and "config" in c.__module__)
    return set(re.findall(r'kwargs\.(?:pop|get)\("([a-z_0-9]+)"', source))


def read_by(cls):
    """Keys that the family's code reads."""
    module = cls.__module__.replace("configuration_", "modeling_")
    source = Path(importlib.import_module(module).__file__).read_text(encoding="utf-8")
    found = set(re.findall(r"\bconfig\.([a-z_][a-z_0-9]+)\b(?!\()", source))
    return found | set(re.findall(r'getattr\((?:self\.)?config, "([a-z_0-9]+)"', source))


ABOUT_PYTHON = {"from_pretrained", "cache_dir", "force_download", "local_files_only", "token", "revision", "proxies",
                "trust_remote_code", "subfolder", "user_agent", "_from_pipeline", "_from_auto", "gguf_file",
                "_configuration_file", "use_auth_token", "resume_download", "return_unused_kwargs", "push_to_hub",
                "repo_id", "commit_message", "foo", "_pre_quantization_dtype", "get_text_config", "custom_pipeline",
                "use_return_dict"}



def known():
    common = (known_to(Base) | passed_in(Base)) - ABOUT_PYTHON
    lists = {"config": common}
    for family in FAMILIES:
        cls = config_class(family)
        keys = known_to(cls) | passed_in(cls) | read_by(cls)
        if family in ("clip", "siglip"):
            keys = known_to(cls) | passed_in(cls)  # Its code is that of the halves, too.
        if family.endswith(("_vision_model", "_text_model")):
            whole = config_class(family.split("_")[0])
            half = whole().text_config if "vision" in family else whole().vision_config
            others = known_to(type(half)) - known_to(cls)
            keys = known_to(cls) | (read_by(cls) - others - known_to(whole) - {"encoder_attention_heads"})
        lists[f"config.{family}"] = keys - common - ABOUT_PYTHON
    return {name: sorted(keys) for name, keys in lists.items()} | processors()


PROCESSORS = ("ViT", "DeiT", "CLIP", "Bit", "Siglip", "Beit", "DINOv3ViT", "VideoMAE")


def processor_class(stem):
    """The one that resizes with Pillow, or the only one that there is."""
    if stem == "DINOv3ViT":
        return getattr(transformers, f"{stem}ImageProcessor{'' if MAJOR == 5 else 'Fast'}")
    return getattr(transformers, f"{stem}ImageProcessor{'Pil' if MAJOR == 5 else ''}")


def processors():
    lists = {}
    for stem in PROCESSORS:
        cls = processor_class(stem)
        keys = set(cls().to_dict())
        if MAJOR == 5:
            keys |= set(cls.valid_kwargs.__annotations__)
        else:
            from transformers.image_processing_utils_fast import DefaultFastImageProcessorKwargs as Fast

            keys |= set(inspect.signature(cls.__init__).parameters) | set(Fast.__annotations__)
        lists[f"preprocessor_config.{stem}"] = keys | ABOUT_PROCESSORS | {"feature_extractor_type"}
    for stem in ("AST", "Wav2Vec2", "Whisper"):
        cls = getattr(transformers, f"{stem}FeatureExtractor")
        lists[f"preprocessor_config.{stem}"] = set(vars(cls())) | set(inspect.signature(cls.__init__).parameters) | ABOUT_PROCESSORS
        lists[f"preprocessor_config.{stem}"] |= {"feature_extractor_type"}
    return {name: sorted(k for k in keys if k not in ("self", "kwargs") and k not in PRIVATE) for name, keys in lists.items()}


PRIVATE = {"_in_target_context_manager", "_auto_class"}
# What the classes that hold or pick a processor read and write.
ABOUT_PROCESSORS = {"processor_class", "auto_map", "model_input_names"}
# Keys that change what a call returns, so that there is nothing to compare.
NOT_TRIED = {"output_attentions"}


def all_inputs_of(model, generator):
    """What a model is given: one batch, or one for each half."""
    config = model.config
    if not hasattr(config, "vision_config"):
        return [inputs_of(model, config, generator)]
    texts = torch.randint(4, 20, (2, 8), generator=generator)
    return [inputs_of(model, config, generator), {"input_ids": texts, "attention_mask": torch.ones_like(texts)}]


def encode_all(model, batches):
    """The states of each half."""
    return {f"{i}.{k}": v for i, batch in enumerate(batches) for k, v in encode(model, batch).items()}


def inputs_of(model, config, generator):
    if "input_ids" in inspect.signature(model.forward).parameters and not hasattr(config, "vision_config"):
        ids = torch.randint(4, 50, (2, 30), generator=generator)
        if config.model_type == "clip_text_model":
            ids[:, 20] = config.eos_token_id
        return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    half = getattr(config, "vision_config", config)
    kind = config.model_type
    if kind == "whisper":
        return {"input_features": torch.randn((2, config.num_mel_bins, 2 * config.max_source_positions), generator=generator)}
    if kind in WAVES:
        return {"input_values": torch.randn((2, 400), generator=generator)}
    if kind.startswith("audio"):
        return {"input_values": torch.randn((2, config.max_length, config.num_mel_bins), generator=generator)}
    frames = (config.num_frames,) if kind == "videomae" else ()
    return {"pixel_values": torch.randn((2, *frames, 3, half.image_size, half.image_size), generator=generator)}


def other(key, value):
    if key in OTHERS:
        return OTHERS[key]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, float):
        return value + 0.25
    if isinstance(value, str):
        return "relu" if "act" in key else value + "x"
    if isinstance(value, (list, tuple)):
        return [2 * v if isinstance(v, (int, float)) else v for v in value]
    return True if key.startswith(("use_", "output_", "return_", "is_", "add_", "do_")) else 1


def eager(config):
    for part in (config, getattr(config, "vision_config", None), getattr(config, "text_config", None)):
        if part is not None and not isinstance(part, dict):
            part._attn_implementation = "eager"
    return config


def build(family, settings):
    cls = getattr(transformers, FAMILIES[family][0])
    return cls(eager(config_class(family)(**json.loads(json.dumps(settings)))))


def tried(family, keys):
    generator = deterministic(7)
    settings = FAMILIES[family][1]
    model = randomize(build(family, settings), generator, 0.35)
    inputs = all_inputs_of(model, generator)
    expected = encode_all(model, inputs)
    verdicts = {}
    for key in keys:
        value = OTHERS_OF.get((family, key)) or other(key, getattr(model.config, key, None))
        if value is None or key == "model_type" or key in NOT_TRIED:
            continue
        try:
            changed = randomize(build(family, settings | {key: value}), deterministic(8), 0.35)
            shapes = {n: p.shape for n, p in changed.state_dict().items()}
            # A table that follows from the settings is no weight, though it is saved.
            fitting = {n: p for n, p in model.state_dict().items()
                       if shapes.get(n) == p.shape and not n.endswith("inv_freq")}
            changed.load_state_dict(fitting, strict=False)
            found = encode_all(changed, inputs)
            same = found.keys() == expected.keys() and all(
                found[k].shape == v.shape and torch.equal(found[k], v) for k, v in expected.items()
            )
            verdicts[key] = "same" if same else "differs"
        except Exception as e:  # Whatever it is, the key is not passed over.
            verdicts[key] = f"refused by {type(e).__name__}"
    return verdicts


def lists():
    entries = {}
    for file in sorted(LISTS.glob("*.tsv")):
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        entries[file.stem] = [r[0] for r in rows if r[0]]
    return entries


def tried_processor(stem, keys):
    cls = processor_class(stem)
    image = Image.fromarray((np.arange(30 * 40 * 3) * 7 % 251).astype(np.uint8).reshape(30, 40, 3))
    settings = dict(size=20, crop_size=18) if stem != "Siglip" else dict(size={"height": 20, "width": 20}, crop_size=18)
    others = {"size": {"height": 21, "width": 22}, "crop_size": 17, "image_mean": [0.1, 0.2, 0.3], "image_std": 0.3,
              "resample": 0, "data_format": "channels_last", "input_data_format": "channels_first", "pad_size": 40,
              "image_seq_length": 3, "auto_map": {"A": "b"}, "model_input_names": None, "device": None,
              "return_tensors": None, "default_to_square": None, "do_pad": None}
    pictures = [image] if stem == "VideoMAE" else image
    expected = np.asarray(cls(**settings)(pictures)["pixel_values"][0])
    verdicts = {}
    for key in keys:
        value = others.get(key, other(key, getattr(cls(**settings), key, None)))
        if value is None:
            continue
        try:
            found = np.asarray(cls(**(settings | {key: value}))(pictures)["pixel_values"][0])
            verdicts[key] = "same" if np.array_equal(found, expected) else "differs"
        except Exception as e:
            verdicts[key] = f"refused by {type(e).__name__}"
    return verdicts


def defaults():
    plain = (bool, int, float, str, list, type(None))
    made = {}
    for family in FAMILIES:
        values = config_class(family)().to_dict()
        made[f"config.{family}"] = {k: v for k, v in sorted(values.items()) if isinstance(v, plain)}
    return made


def main():
    transformers.logging.set_verbosity_error()
    all_lists = lists()
    results = {}
    for family in FAMILIES:
        name = f"config.{family}"
        results[name] = tried(family, sorted({*all_lists["config"], *all_lists[name]}))
        print(name, {k: v for k, v in results[name].items() if v != "same"}, file=sys.stderr)
    for stem in PROCESSORS:
        name = f"preprocessor_config.{stem}"
        results[name] = tried_processor(stem, all_lists[name])
        print(name, {k: v for k, v in results[name].items() if v != "same"}, file=sys.stderr)
    content = dict(transformers=transformers.__version__, known=known(), defaults=defaults(), tried=results)
    file = HERE / "keys" / f"transformers-{MAJOR}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
