"""What a Hugging Face encoder computes, layer by layer: shared by the scripts beside it.

The states are recorded at the layers themselves, not taken from ``output_hidden_states``: the last
entry of that output is before the final norm in some versions of transformers and after it in others
(4.57 replaces it by ``last_hidden_state``).
"""

import inspect

import torch

# Leading tokens whose mean is the pooled vector, by model_type: CLS, or CLS and distillation token.
FIRST_TOKENS = {"deit": 2, "audio-spectrogram-transformer": 2}
# Families whose own pooler is the pooled vector.
OWN_POOLER = ("clip_vision_model", "siglip_vision_model", "clip_text_model", "siglip_text_model", "beit")
# Families that are pooled at the last real token.
LAST_TOKEN = ("llama", "mistral", "qwen2", "qwen3", "gpt2")
# Families of samples, whose masks are of samples.
WAVES = ("wav2vec2", "hubert", "wavlm", "wav2vec2-conformer")
# Families that are pooled by the mean over real tokens.
MEAN = ("wav2vec2", "hubert", "wavlm", "wav2vec2-conformer", "whisper", "t5", "swin", "swinv2", "videomae")


def base_model(model, inputs):
    """The encoder below a task head, the half of a model of two that takes the inputs, or the model itself."""
    if model.config.model_type == "dinov3_vit":  # From transformers 5 on its layers are a model below it.
        return model
    base = getattr(model, model.base_model_prefix, model)
    if model.config.model_type.startswith(("clip", "siglip")):
        half = "text_model" if "input_ids" in inputs else "vision_model"
        return getattr(base, half, base)  # From transformers 5 on the half is one model.
    return base.encoder if model.config.model_type in ("whisper", "t5") else base


def pooled(model, inputs, output):
    """The pooled vector as the family has it."""
    last, kind = output.last_hidden_state, model.config.model_type
    if kind in OWN_POOLER and output.pooler_output is not None:
        return output.pooler_output
    if kind in LAST_TOKEN:
        real = inputs["attention_mask"]
        places = torch.arange(last.shape[1]) * real
        return last[torch.arange(last.shape[0]), places.argmax(dim=1)]
    mean = kind == "siglip_vision_model" or kind in MEAN or getattr(model.config, "classifier_pooling", "cls") == "mean"
    if not mean:
        return last[:, : FIRST_TOKENS.get(kind, 1)].mean(dim=1)
    mask = inputs.get("attention_mask")
    if mask is not None and kind in WAVES:
        mask = model._get_feature_vector_attention_mask(last.shape[1], mask)
    weight = torch.ones(last.shape[:2]) if mask is None or kind == "whisper" else mask.float()
    return (last * weight[:, :, None]).sum(dim=1) / weight.sum(dim=1, keepdim=True)


def layers_of(model):
    """The list of transformer layers; of Swin those of the last stage."""
    if model.config.model_type in ("swin", "swinv2"):
        return model.encoder.layers[-1].blocks
    depth = model.config.num_hidden_layers
    for name, module in model.named_modules():
        if isinstance(module, torch.nn.ModuleList) and len(module) == depth:
            if name.split(".")[-1] in ("layer", "layers", "block", "h"):
                return module
    raise ValueError(f"no list of {depth} layers in {type(model).__name__}")


def unmasked(model, batch):
    """Has a masked autoencoder keep all patches, and gives the noise that keeps their order.

    It keeps 1 - mask_ratio of the patches, those of the least noise, in the order of the noise.
    """
    model.config.mask_ratio = 0.0
    patches = model.embeddings.patch_embeddings.num_patches
    return {"noise": torch.arange(patches, dtype=torch.float32).expand(batch, -1)}


def _tensor(value):
    return value[0] if isinstance(value, tuple) else value


@torch.no_grad()
def encode(model, inputs):
    """hidden_states.0 … hidden_states.N, last_hidden_state and pooled."""
    head_norm = getattr(model, "fc_norm", None)  # Of VideoMAE's classification head.
    model = base_model(model, inputs).eval()
    states = []

    def before_first(_, args, kwargs):
        states.append(args[0] if args else kwargs["hidden_states"])

    layers = layers_of(model)
    hooks = [layers[0].register_forward_pre_hook(before_first, with_kwargs=True)]
    hooks += [
        layer.register_forward_hook(lambda _, __, out: states.append(_tensor(out)))
        for layer in layers
    ]
    beside = getattr(getattr(model, "encoder", None), "conv", None)
    if beside is not None:  # DeBERTa's first layer ends after the convolution beside it.
        hooks.append(beside.register_forward_hook(lambda _, __, out: states.__setitem__(-1, out)))
    accepted = inspect.signature(model.forward).parameters
    if model.config.model_type == "vit_mae":
        inputs = inputs | unmasked(model, len(inputs["pixel_values"]))
    named = {"return_dict": True} if "return_dict" in accepted or "kwargs" in accepted else {}
    try:
        output = model(**{k: v for k, v in inputs.items() if k in accepted}, **named)
    finally:
        for hook in hooks:
            hook.remove()
    result = {f"hidden_states.{i}": s.contiguous().clone() for i, s in enumerate(states)}
    result["last_hidden_state"] = output.last_hidden_state.contiguous().clone()
    vector = pooled(model, inputs, output)
    result["pooled"] = (vector if head_norm is None else head_norm(vector)).contiguous().clone()
    return result


def encode_alone(model, inputs):
    """As encode, of each sound without its padding; states at padding are left open (NaN)."""
    each = []
    for values, mask in zip(inputs["input_values"], inputs["attention_mask"]):
        each.append(encode(model, {"input_values": values[None, : mask.sum()]}))
    longest = max(e["last_hidden_state"].shape[1] for e in each)

    def filled(t):
        return torch.nn.functional.pad(t, (0, 0, 0, longest - t.shape[1]), value=torch.nan) if t.dim() == 3 else t

    return {key: torch.cat([filled(e[key]) for e in each]) for key in each[0]}


@torch.no_grad()
def randomize(model, generator, weight_std, vector_std=0.3):
    """Random weights, biases and norms, large enough that leaving any of them out would show."""
    for name, p in sorted(model.named_parameters()):
        noise = torch.randn(p.shape, generator=generator)
        is_norm_scale = ("norm" in name.lower() or ".ln_" in f".{name}") and name.endswith("weight")
        if is_norm_scale:
            p.copy_(1 + vector_std * noise)
        elif name.endswith("bias"):
            p.copy_(vector_std * noise)
        else:
            p.copy_(weight_std * noise)
    for name, b in sorted(model.named_buffers()):
        if name.endswith(("running_mean", "running_var")):  # Statistics of batch norms.
            b.copy_(vector_std * torch.randn(b.shape, generator=generator))
            if name.endswith("running_var"):
                b.abs_().add_(0.5)
    return model.eval()


def deterministic(seed):
    """One thread and a seeded generator, so that a second run writes the same bytes."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)  # For the initializers of transformers, which are overwritten later.
    return torch.Generator().manual_seed(seed)
