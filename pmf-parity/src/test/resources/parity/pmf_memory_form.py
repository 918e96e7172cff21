"""One PMF fusion layer as queries over memory, in PyTorch: a check of the definition.

A layer's keys and values are made once for the tokens and once for each prompt; only the rows that are
needed ask. ``make_pmf_fixtures.py`` asserts that this gives what the literal form gives, gradients
included, before it writes anything.
"""

import torch

from pmf_reference import expand, extend, map_prompt


def parts(layer):
    attention = layer.attention
    inner = getattr(attention, "attention", None) or attention.self
    return inner, inner.num_attention_heads


def before(layer, x):
    """The norm in front of attention, where the layer has one (ViT)."""
    return layer.layernorm_before(x) if hasattr(layer, "layernorm_before") else x


def split(x, heads):
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def memory(layer, tokens):
    inner, heads = parts(layer)
    x = before(layer, tokens)
    return split(inner.key(x), heads), split(inner.value(x), heads)


def join(*memories):
    return tuple(torch.cat(each, dim=2) for each in zip(*memories))


def attend(layer, queries, mem, mask):
    """The layer's output at the queries only."""
    inner, heads = parts(layer)
    q = split(inner.query(before(layer, queries)), heads)
    scores = q @ mem[0].transpose(-1, -2) / q.shape[-1] ** 0.5
    scores = scores.masked_fill(mask[:, None, None, :] == 0, float("-inf"))
    mixed = (scores.softmax(-1) @ mem[1]).transpose(1, 2).flatten(2)
    if hasattr(layer, "layernorm_before"):
        x = layer.attention.output.dense(mixed) + queries
        return layer.output(layer.intermediate(layer.layernorm_after(x)), x)
    x = layer.attention.output(mixed, queries)
    return layer.output(layer.intermediate(x), x)


def fusion_layer(case, encoders, adapter, index, tokens, masks):
    names, n, depth = case["modalities"], case["prompt_length"], case["fusion_layers"]
    layer = {m: encoders[m].encoder.layer[index - depth] for m in names}
    base = {m: memory(layer[m], tokens[m]) for m in names}
    batch = tokens[names[0]].shape[0]
    result = {}
    for y in names:
        fused = [memory(layer[y], expand(adapter[f"fusion.{index}.{y}.fusion_context_prompt"], batch))]
        for x in names:
            if x != y:
                pair = f"fusion.{index}.{x}_to_{y}"
                context = expand(adapter[f"{pair}.query_context_prompt"], batch)
                query = expand(adapter[f"{pair}.query_prompt"], batch)
                mem = join(base[x], memory(layer[x], context), memory(layer[x], query))
                out = attend(layer[x], query, mem, extend(masks[x], 2 * n))
                prompt = map_prompt(adapter, pair, out, case["mapping_activation"])
                fused.append(memory(layer[y], prompt))
        queries = tokens[y][:, :1] if index == depth - 1 else tokens[y]
        result[y] = attend(
            layer[y], queries, join(base[y], *fused), extend(masks[y], n * len(fused))
        )
    return result
