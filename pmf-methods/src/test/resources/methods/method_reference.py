"""The fusion methods of pmf-bench in their plainest form, over whole models and whole layers of transformers.

Whole layers run on concatenated tokens; rows that are not needed are dropped afterwards. Nothing is
frozen, cached or skipped here. The Java code computes the same functions as queries over memory.

A case is a dict: ``method``, ``settings``, ``encoders`` (folders by modality, in order), ``outputs`` and
``missing`` (modalities that all rows lack). ``w`` holds what the method trains beside the encoders, by
the names under which it is saved.
"""

import torch
import torch.nn.functional as F


def linear(w, name, x):
    return F.linear(x, w[f"{name}.weight"], w[f"{name}.bias"])


# ---- encoders


def present(case):
    return [m for m in case["encoders"] if m not in case["missing"]]


def last_states(encoder, inputs):
    """The model of transformers as it is: states after the last layer and any final norm."""
    return encoder(**inputs).last_hidden_state


def pooled(encoder, inputs):
    return last_states(encoder, inputs)[:, 0]


def embed(encoder, inputs):
    """Tokens that enter the first layer, and the mask [B, N] of the real ones."""
    if encoder.config.model_type == "vit":
        tokens = encoder.embeddings(inputs["pixel_values"])
        return tokens, torch.ones(tokens.shape[:2])
    tokens = encoder.embeddings(input_ids=inputs["input_ids"], token_type_ids=inputs["token_type_ids"])
    return tokens, inputs["attention_mask"].float()


def run_layer(encoder, index, tokens, mask):
    layer = encoder.encoder.layer[index]
    if encoder.config.model_type == "vit":
        assert bool(mask.all())
        return layer(tokens)
    blocked = (1 - mask).to(tokens.dtype)[:, None, None, :] * torch.finfo(tokens.dtype).min
    return layer(tokens, attention_mask=blocked)[0]


def run_beside(encoder, index, tokens, mask, companions):
    """A layer on tokens and companions; both of its outputs."""
    n = tokens.shape[1]
    wide = torch.cat([mask, torch.ones(companions.shape[:2])], dim=1)
    out = run_layer(encoder, index, torch.cat([tokens, companions], dim=1), wide)
    return out[:, :n], out[:, n:]


def pool(encoder, tokens):
    if encoder.config.model_type == "vit":
        tokens = encoder.layernorm(tokens)
    return tokens[:, 0]


def depth(encoder):
    return encoder.config.num_hidden_layers


def main_of(case):
    chosen = case["settings"].get("main", "auto")
    if chosen != "auto":
        return chosen
    return "text" if "text" in case["encoders"] else list(case["encoders"])[-1]


# ---- methods: logits and penalty


def joined(case, encoders, w, inputs, head):
    """A linear layer over all pooled vectors; zeros for those that are missing."""
    batch = len(inputs[present(case)[0]][next(iter(inputs[present(case)[0]]))])
    vectors = [
        pooled(e, inputs[m]) if m in present(case) else torch.zeros(batch, e.config.hidden_size)
        for m, e in encoders.items()
    ]
    return linear(w, head, torch.cat(vectors, dim=1)), 0


def late_concat(case, encoders, w, inputs):
    return joined(case, encoders, w, inputs, "head.joined")


def linear_probe(case, encoders, w, inputs):
    return joined(case, encoders, w, inputs, "head.probe")


def foreign_tokens(case, encoder, modality, w, inputs):
    states = last_states(encoder, inputs)
    vectors = [states[:, 0]]
    if encoder.config.model_type == "vit":
        n = states.shape[1]
        runs = min(case["settings"]["regions"], n)
        for r in range(runs):
            vectors.append(states[:, r * n // runs : (r + 1) * n // runs].mean(dim=1))
    x = linear(w, f"fusion.{modality}.projection", torch.stack(vectors, dim=1))
    places = w[f"fusion.{modality}.position_embeddings.weight"][: len(vectors)]
    return x + places[None] + w[f"fusion.{modality}.segment_embeddings.weight"][None]


def mmbt(case, encoders, w, inputs):
    main = main_of(case)
    encoder = encoders[main]
    tokens, mask = embed(encoder, inputs[main])
    others = [
        foreign_tokens(case, encoders[m], m, w, inputs[m]) for m in present(case) if m != main
    ]
    beside = torch.cat([tokens[:, :0], *others], dim=1)
    for index in range(depth(encoder)):
        tokens, beside = run_beside(encoder, index, tokens, mask, beside)
    return linear(w, f"head.{main}", pool(encoder, tokens)), 0


def bridged(w, name, x):
    return linear(w, name, x) if f"{name}.weight" in w else x


def mbt(case, encoders, w, inputs):
    layers = case["settings"]["fusion-layers"]
    names = present(case)
    tokens, masks = {}, {}
    for m in names:
        tokens[m], masks[m] = embed(encoders[m], inputs[m])
        for index in range(depth(encoders[m]) - layers):
            tokens[m] = run_layer(encoders[m], index, tokens[m], masks[m])
    batch = tokens[names[0]].shape[0]
    bottleneck = w["fusion.bottleneck"][None].expand(batch, -1, -1)
    for l in range(layers):
        told = []
        for m in names:
            index = depth(encoders[m]) - layers + l
            own = bridged(w, f"fusion.{m}.bottleneck_in", bottleneck)
            tokens[m], own = run_beside(encoders[m], index, tokens[m], masks[m], own)
            told.append(bridged(w, f"fusion.{m}.bottleneck_out", own))
        bottleneck = torch.stack(told).mean(dim=0)
    logits = [linear(w, f"head.{m}", pool(encoders[m], tokens[m])) for m in names]
    return torch.stack(logits).mean(dim=0), 0


def prompt_fuse(case, encoders, w, inputs):
    main = main_of(case)
    encoder = encoders[main]
    tokens, mask = embed(encoder, inputs[main])
    beside = [
        bridged(w, f"fusion.{m}.projection", pooled(encoders[m], inputs[m]))[:, None]
        for m in present(case)
        if m != main
    ]
    beside.append(w["fusion.prompts"][None].expand(tokens.shape[0], -1, -1))
    beside = torch.cat(beside, dim=1)
    for index in range(depth(encoder)):
        tokens, beside = run_beside(encoder, index, tokens, mask, beside)
    return linear(w, f"head.{main}", pool(encoder, tokens)), 0


def mope(case, encoders, w, inputs):
    s, main = case["settings"], main_of(case)
    encoder = encoders[main]
    tokens, mask = embed(encoder, inputs[main])
    batch = tokens.shape[0]
    others = [m for m in encoders if m != main]
    psi = torch.cat(
        [
            pooled(encoders[m], inputs[m])
            if m in present(case)
            else torch.zeros(batch, encoders[m].config.hidden_size)
            for m in others
        ],
        dim=1,
    )
    alone = not any(m in present(case) for m in others)
    mapped = linear(w, "fusion.mapping.1", F.gelu(linear(w, "fusion.mapping.0", psi)))[:, None]
    uneven = []
    for index in range(depth(encoder)):
        prompts = [w[f"fusion.{index}.static_prompt"][None].expand(batch, -1, -1)]
        if not alone:
            scores = F.linear(psi, w[f"fusion.{index}.router.weight"]) / s["temperature"]
            scores = scores.softmax(dim=1)
            prompts.append(torch.einsum("bk,kld->bld", scores, w[f"fusion.{index}.experts"]))
            prompts.append(mapped)
            importance = scores.sum(dim=0)
            variation = (importance.std() / importance.mean()) ** 2
            uneven.append(variation if variation > 0.05 else torch.zeros(()))
        tokens, _ = run_beside(encoder, index, tokens, mask, torch.cat(prompts, dim=1))
    penalty = 0 if alone else s["importance"] * torch.stack(uneven).mean()
    return linear(w, f"head.{main}", pool(encoder, tokens)), penalty


METHODS = {
    "linear-probe": linear_probe,
    "unimodal": late_concat,
    "late-concat": late_concat,
    "mmbt": mmbt,
    "mbt": mbt,
    "prompt-fuse": prompt_fuse,
    "mope": mope,
}
# Methods that train the encoders.
FULL = {"unimodal", "late-concat", "mmbt", "mbt"}


# ---- what a method trains beside the encoders


def shapes(case, encoders):
    """Shape of each trained tensor by name."""
    s, main, out = case["settings"], main_of(case), case["outputs"]
    width = {m: e.config.hidden_size for m, e in encoders.items()}
    others = {m: d for m, d in width.items() if m != main}
    method, made = case["method"], {}

    def layer(name, d, to):
        made[f"{name}.weight"], made[f"{name}.bias"] = (to, d), (to,)

    if method in ("unimodal", "late-concat", "linear-probe"):
        layer("head.probe" if method == "linear-probe" else "head.joined", sum(width.values()), out)
        return made
    if method == "mbt":
        first = next(iter(width.values()))
        made["fusion.bottleneck"] = (s["bottleneck-tokens"], first)
        for m, d in width.items():
            if d != first:
                layer(f"fusion.{m}.bottleneck_in", first, d)
                layer(f"fusion.{m}.bottleneck_out", d, first)
            layer(f"head.{m}", d, out)
        return made
    if method == "mmbt":
        for m, d in others.items():
            layer(f"fusion.{m}.projection", d, width[main])
            made[f"fusion.{m}.segment_embeddings.weight"] = (1, width[main])
            made[f"fusion.{m}.position_embeddings.weight"] = (1 + s["regions"], width[main])
    if method == "prompt-fuse":
        made["fusion.prompts"] = (s["prompt-length"], width[main])
        for m, d in others.items():
            if d != width[main]:
                layer(f"fusion.{m}.projection", d, width[main])
    if method == "mope":
        k, l, d, psi = s["experts"], s["prompt-length"], width[main], sum(others.values())
        for index in range(depth(encoders[main])):
            made[f"fusion.{index}.static_prompt"] = (l, d)
            made[f"fusion.{index}.experts"] = (k, l, d)
            made[f"fusion.{index}.router.weight"] = (k, psi)
        layer("fusion.mapping.0", psi, s["mapping-width"])
        layer("fusion.mapping.1", s["mapping-width"], d)
    layer(f"head.{main}", width[main], out)
    return made
