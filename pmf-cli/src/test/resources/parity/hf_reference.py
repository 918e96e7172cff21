"""What a Hugging Face encoder computes, layer by layer: shared by the scripts beside it.

The states are recorded at the layers themselves, not taken from ``output_hidden_states``: the last
entry of that output is before the final norm in some versions of transformers and after it in others
(4.57 replaces it by ``last_hidden_state``).
"""

import inspect

import torch

# Leading tokens whose mean is the pooled vector, by model_type.
FIRST_TOKENS = {"bert": 1, "vit": 1, "deit": 2, "audio-spectrogram-transformer": 2}


def base_model(model):
    """The encoder below a task head, or the model itself."""
    return getattr(model, model.base_model_prefix, model)


def layers_of(model):
    """The list of transformer layers."""
    depth = model.config.num_hidden_layers
    for name, module in model.named_modules():
        if isinstance(module, torch.nn.ModuleList) and len(module) == depth:
            if name.endswith(("layer", "layers")):
                return module
    raise ValueError(f"no list of {depth} layers in {type(model).__name__}")


def _tensor(value):
    return value[0] if isinstance(value, tuple) else value


@torch.no_grad()
def encode(model, inputs):
    """hidden_states.0 … hidden_states.N, last_hidden_state and, for known families, pooled."""
    model = base_model(model).eval()
    states = []

    def before_first(_, args, kwargs):
        states.append(args[0] if args else kwargs["hidden_states"])

    layers = layers_of(model)
    hooks = [layers[0].register_forward_pre_hook(before_first, with_kwargs=True)]
    hooks += [
        layer.register_forward_hook(lambda _, __, out: states.append(_tensor(out)))
        for layer in layers
    ]
    accepted = inspect.signature(model.forward).parameters
    try:
        last = model(**{k: v for k, v in inputs.items() if k in accepted}).last_hidden_state
    finally:
        for hook in hooks:
            hook.remove()
    result = {f"hidden_states.{i}": s.contiguous().clone() for i, s in enumerate(states)}
    result["last_hidden_state"] = last.contiguous().clone()
    count = FIRST_TOKENS.get(model.config.model_type)
    if count:
        result["pooled"] = last[:, :count].mean(dim=1)
    return result


@torch.no_grad()
def randomize(model, generator, weight_std, vector_std=0.3):
    """Random weights, biases and norms, large enough that leaving any of them out would show."""
    for name, p in sorted(model.named_parameters()):
        noise = torch.randn(p.shape, generator=generator)
        is_norm_scale = "norm" in name.lower() and name.endswith("weight")
        if is_norm_scale:
            p.copy_(1 + vector_std * noise)
        elif name.endswith("bias"):
            p.copy_(vector_std * noise)
        else:
            p.copy_(weight_std * noise)
    return model.eval()


def deterministic(seed):
    """One thread and a seeded generator, so that a second run writes the same bytes."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)  # For the initializers of transformers, which are overwritten later.
    return torch.Generator().manual_seed(seed)
