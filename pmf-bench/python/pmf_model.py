"""PMF with the structure that its authors published: whole layers of transformers' ViT and BERT, run eagerly.

Li, Quan, Zhu, Yang: *Efficient Multimodal Fusion via Interactive Prompting*, CVPR 2023. Nothing is rewritten to
save work: a layer runs on all its tokens and prompts, twice in each fusion layer, and rows are dropped after.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertModel, ViTModel

BLOCKED = -10000.0
"""What a padded token's score is lowered by, as in the authors' file; its softmax is 0 in every precision."""


class Batch(NamedTuple):
    """Inputs of both encoders and the class of each sample."""

    pixels: Tensor
    token_ids: Tensor
    token_types: Tensor
    attention_mask: Tensor
    labels: Tensor


class Tokens(NamedTuple):
    """Tokens [B, N, d] that enter the first fusion layer, and the text's additive mask [B, 1, 1, N]."""

    image: Tensor
    text: Tensor
    text_mask: Tensor


class Direction(nn.Module):
    """What one modality (width ``source``) needs in order to speak to another one (width ``target``)."""

    def __init__(self, source: int, target: int, prompts: int) -> None:
        super().__init__()
        hidden = max(source, target) // 2
        self.query_prompt = new_prompt(prompts, source)
        self.query_context_prompt = new_prompt(prompts, source)
        self.mapping = nn.ModuleList([nn.Linear(source, hidden), nn.Linear(hidden, target)])

    def queried(self, tokens: Tensor) -> Tensor:
        """[tokens, QCP, QP]."""
        return torch.cat([tokens, spread(self.query_context_prompt, tokens), spread(self.query_prompt, tokens)], dim=1)

    def fusion_prompt(self, outputs: Tensor) -> Tensor:
        """The outputs at QP, mapped into the other modality."""
        return self.mapping[1](self.mapping[0](outputs[:, -self.query_prompt.shape[0] :]).relu())


class Context(nn.Module):
    """The prompt that gives incoming information its context in a modality."""

    def __init__(self, width: int, prompts: int) -> None:
        super().__init__()
        self.fusion_context_prompt = new_prompt(prompts, width)

    def fused(self, tokens: Tensor, fusion_prompt: Tensor) -> Tensor:
        """[tokens, FCP, FP]."""
        return torch.cat([tokens, spread(self.fusion_context_prompt, tokens), fusion_prompt], dim=1)


class Pmf(nn.Module):
    """Two frozen encoders, and what PMF trains.

    The names of the trainable tensors in ``state_dict()`` are the keys of ``adapter_model.safetensors``.
    """

    def __init__(self, image: ViTModel, text: BertModel, fusion_layers: int, prompts: int, classes: int) -> None:
        super().__init__()
        image_width, text_width = image.config.hidden_size, text.config.hidden_size
        self.encoders = nn.ModuleDict({"image": image, "text": text})
        # As the authors do: frozen by the flag alone. Autograd then records nothing below the first prompt, and
        # evaluation mode keeps dropout off, without which a cached trunk would be another function.
        self.encoders.requires_grad_(False).eval()
        self.fusion = nn.ModuleList(
            nn.ModuleDict(
                {
                    "image_to_text": Direction(image_width, text_width, prompts),
                    "text_to_image": Direction(text_width, image_width, prompts),
                    "image": Context(image_width, prompts),
                    "text": Context(text_width, prompts),
                }
            )
            for _ in range(fusion_layers)
        )
        self.head = nn.ModuleDict({"image": nn.Linear(image_width, classes), "text": nn.Linear(text_width, classes)})

    def trainable(self) -> dict[str, nn.Parameter]:
        """The tensors that are trained, by name."""
        return {name: p for name, p in self.named_parameters() if p.requires_grad}

    def trunk(self, batch: Batch) -> Tokens:
        """The layers below the fusion layers, which hold nothing to train."""
        vit, bert = self.encoders["image"], self.encoders["text"]
        image = vit.embeddings(batch.pixels)
        text = bert.embeddings(input_ids=batch.token_ids, token_type_ids=batch.token_types)
        text_mask = (1.0 - batch.attention_mask[:, None, None, :].float()) * BLOCKED
        for layer in vit.encoder.layer[: -len(self.fusion)]:
            image = layer(image)
        for layer in bert.encoder.layer[: -len(self.fusion)]:
            text = layer(text, attention_mask=text_mask)[0]
        return Tokens(image, text, text_mask)

    def fuse(self, tokens: Tokens) -> Tensor:
        """The fusion layers and the heads: logits [B, classes]."""
        vit, bert = self.encoders["image"], self.encoders["text"]
        image, text, text_mask = tokens
        top = len(self.fusion)
        for fusion, image_layer, text_layer in zip(self.fusion, vit.encoder.layer[-top:], bert.encoder.layer[-top:]):
            to_text, to_image = fusion["image_to_text"], fusion["text_to_image"]

            queried = to_image.queried(text)
            image_prompt = to_image.fusion_prompt(text_layer(queried, attention_mask=extend(text_mask, queried))[0])
            text_prompt = to_text.fusion_prompt(image_layer(to_text.queried(image)))

            fused = fusion["text"].fused(text, text_prompt)
            text = text_layer(fused, attention_mask=extend(text_mask, fused))[0][:, : text.shape[1]]
            image = image_layer(fusion["image"].fused(image, image_prompt))[:, : image.shape[1]]
        pooled = {"image": vit.layernorm(image)[:, 0], "text": text[:, 0]}
        return (self.head["image"](pooled["image"]) + self.head["text"](pooled["text"])) / 2

    def forward(self, batch: Batch) -> Tensor:
        """Logits [B, classes]."""
        return self.fuse(self.trunk(batch))


def new_prompt(prompts: int, width: int) -> nn.Parameter:
    """Prompt vectors [n, d] from N(0, 0.02)."""
    return nn.Parameter(0.02 * torch.randn(prompts, width))


def spread(prompt: Tensor, tokens: Tensor) -> Tensor:
    """The prompt for every sample of the batch."""
    return prompt.expand(tokens.shape[0], -1, -1)


def extend(mask: Tensor, sequence: Tensor) -> Tensor:
    """The additive mask for a sequence with prompts behind the tokens; prompts are never masked."""
    return nn.functional.pad(mask, (0, sequence.shape[1] - mask.shape[-1]))
