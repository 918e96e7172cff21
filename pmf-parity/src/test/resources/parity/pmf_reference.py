"""PMF (Li et al., CVPR 2023) in its literal form, over the layers of transformers.

Whole layers run on concatenated tokens and the rows that are not needed are dropped afterwards. Nothing
is rewritten and nothing is cached: this is what the Java code, which computes the same function as
queries over memory, is held against.
"""

import torch
import torch.nn.functional as F

ACTIVATIONS = {"relu": F.relu, "gelu": F.gelu}


def embed(encoder, inputs):
    """Tokens that enter the first layer [B, N, d], and the mask [B, N] of the real ones."""
    if encoder.config.model_type == "vit":
        tokens = encoder.embeddings(inputs["pixel_values"])
        return tokens, torch.ones(tokens.shape[:2])
    tokens = encoder.embeddings(
        input_ids=inputs["input_ids"], token_type_ids=inputs["token_type_ids"]
    )
    return tokens, inputs["attention_mask"].float()


def run_layer(layer, tokens, mask):
    """A layer of transformers as it is, on all tokens; masked tokens are attended by none."""
    if type(layer).__name__ == "ViTLayer":
        assert bool(mask.all())
        return layer(tokens)
    blocked = (1 - mask).to(tokens.dtype)[:, None, None, :] * torch.finfo(tokens.dtype).min
    return layer(tokens, attention_mask=blocked)[0]


def extend(mask, prompts):
    """The mask with prompts behind the tokens; prompts are never masked."""
    return torch.cat([mask, torch.ones(mask.shape[0], prompts)], dim=1)


def expand(prompt, batch):
    return prompt[None].expand(batch, -1, -1)


def map_prompt(adapter, pair, x, activation):
    hidden = F.linear(x, adapter[f"{pair}.mapping.0.weight"], adapter[f"{pair}.mapping.0.bias"])
    hidden = ACTIVATIONS[activation](hidden)
    return F.linear(hidden, adapter[f"{pair}.mapping.1.weight"], adapter[f"{pair}.mapping.1.bias"])


def fusion_layer(case, encoders, adapter, index, tokens, masks):
    names, n = case["modalities"], case["prompt_length"]
    layer = {
        m: encoders[m].encoder.layer[len(encoders[m].encoder.layer) - case["fusion_layers"] + index]
        for m in names
    }
    batch = tokens[names[0]].shape[0]
    fusion_prompts = {}
    for x in names:
        for y in names:
            if x == y:
                continue
            pair = f"fusion.{index}.{x}_to_{y}"
            context = expand(adapter[f"{pair}.query_context_prompt"], batch)
            query = expand(adapter[f"{pair}.query_prompt"], batch)
            sequence = torch.cat([tokens[x], context, query], dim=1)
            out = run_layer(layer[x], sequence, extend(masks[x], 2 * n))
            fusion_prompts[x, y] = map_prompt(
                adapter, pair, out[:, -n:], case["mapping_activation"]
            )
    result = {}
    for y in names:
        context = expand(adapter[f"fusion.{index}.{y}.fusion_context_prompt"], batch)
        incoming = [fusion_prompts[x, y] for x in names if x != y]
        sequence = torch.cat([tokens[y], context, *incoming], dim=1)
        out = run_layer(layer[y], sequence, extend(masks[y], n * (1 + len(incoming))))
        result[y] = out[:, : tokens[y].shape[1]]
    return result


def pool(encoder, tokens):
    if encoder.config.model_type == "vit":
        tokens = encoder.layernorm(tokens)
    return tokens[:, 0]


def apply_head(case, adapter, pooled):
    names = case["modalities"]
    if case["head"] == "joint":
        x = torch.cat([pooled[m] for m in names], dim=1)
        x = F.linear(x, adapter["head.joint.0.weight"], adapter["head.joint.0.bias"]).relu()
        return F.linear(x, adapter["head.joint.1.weight"], adapter["head.joint.1.bias"])
    each = [
        F.linear(pooled[m], adapter[f"head.{m}.weight"], adapter[f"head.{m}.bias"]) for m in names
    ]
    return torch.stack(each).mean(dim=0)


def forward(case, encoders, adapter, inputs, fuse=fusion_layer):
    """Logits [B, outputs]; ``inputs`` holds each modality's inputs by name."""
    tokens, masks = {}, {}
    for m in case["modalities"]:
        tokens[m], masks[m] = embed(encoders[m], inputs[m])
        layers = encoders[m].encoder.layer
        for layer in layers[: len(layers) - case["fusion_layers"]]:
            tokens[m] = run_layer(layer, tokens[m], masks[m])
    for index in range(case["fusion_layers"]):
        tokens = fuse(case, encoders, adapter, index, tokens, masks)
    pooled = {m: pool(encoders[m], tokens[m]) for m in case["modalities"]}
    return apply_head(case, adapter, pooled)


def loss_of(case, logits, labels):
    """Mean over the batch, and over the outputs too where each has a target of its own."""
    if case["task"] == "classification":
        return F.cross_entropy(logits, labels)
    if case["task"] == "multi-label":
        return F.binary_cross_entropy_with_logits(logits, labels)
    return F.mse_loss(logits, labels)


def adapter_shapes(case, encoders):
    """Shape of every trainable tensor by its key."""
    names, n = case["modalities"], case["prompt_length"]
    width = {m: encoders[m].config.hidden_size for m in names}
    shapes = {}
    for index in range(case["fusion_layers"]):
        for y in names:
            shapes[f"fusion.{index}.{y}.fusion_context_prompt"] = (n, width[y])
            for x in names:
                if x == y:
                    continue
                pair = f"fusion.{index}.{x}_to_{y}"
                hidden = case["mapping_width"] or max(width[x], width[y]) // 2
                shapes[f"{pair}.query_prompt"] = (n, width[x])
                shapes[f"{pair}.query_context_prompt"] = (n, width[x])
                shapes[f"{pair}.mapping.0.weight"] = (hidden, width[x])
                shapes[f"{pair}.mapping.0.bias"] = (hidden,)
                shapes[f"{pair}.mapping.1.weight"] = (width[y], hidden)
                shapes[f"{pair}.mapping.1.bias"] = (width[y],)
    outputs = case["outputs"]
    if case["head"] == "joint":
        hidden = case["joint_width"]
        shapes["head.joint.0.weight"] = (hidden, sum(width.values()))
        shapes["head.joint.0.bias"] = (hidden,)
        shapes["head.joint.1.weight"] = (outputs, hidden)
        shapes["head.joint.1.bias"] = (outputs,)
    else:
        for m in names:
            shapes[f"head.{m}.weight"] = (outputs, width[m])
            shapes[f"head.{m}.bias"] = (outputs,)
    return shapes
