"""Makes models with random weights, and one batch, from the settings. Nothing is downloaded."""

from __future__ import annotations

import torch
from transformers import BertConfig, BertModel, ViTConfig, ViTModel

from full_model import LateConcatenation
from pmf_model import Batch, Pmf
from settings import PATCH, Settings


def new_pmf(settings: Settings) -> Pmf:
    """PMF over two new encoders."""
    torch.manual_seed(settings.seed)
    return Pmf(*new_encoders(settings), settings.fusion_layers, settings.prompts, settings.classes)


def new_full(settings: Settings) -> LateConcatenation:
    """The full fine-tuning model over two new encoders."""
    torch.manual_seed(settings.seed)
    return LateConcatenation(*new_encoders(settings), settings.classes)


def new_encoders(settings: Settings) -> tuple[ViTModel, BertModel]:
    """A ViT and a BERT without their poolers, which PMF does not use."""
    common = {
        "hidden_size": settings.width,
        "num_hidden_layers": settings.depth,
        "num_attention_heads": settings.heads,
        "intermediate_size": settings.mlp,
        "attn_implementation": settings.attention,
    }
    image = ViTConfig(image_size=settings.image_size, patch_size=PATCH, **common)
    text = BertConfig(max_position_embeddings=max(512, settings.text_tokens), **common)
    return ViTModel(image, add_pooling_layer=False), BertModel(text, add_pooling_layer=False)


def new_batch(settings: Settings) -> Batch:
    """Random pixels, token ids and labels; padding follows the real tokens."""
    generator = torch.Generator().manual_seed(settings.seed + 1)
    batch, side, longest = settings.batch, settings.image_size, settings.text_tokens
    real = torch.tensor(settings.text_lengths or [longest] * batch)
    mask = (torch.arange(longest) < real[:, None]).long()
    ids = torch.randint(1, BertConfig().vocab_size, (batch, longest), generator=generator) * mask
    return Batch(
        pixels=torch.randn(batch, 3, side, side, generator=generator),
        token_ids=ids,
        token_types=torch.zeros_like(ids),
        attention_mask=mask,
        labels=torch.randint(0, settings.classes, (batch,), generator=generator),
    )


def count(settings: Settings) -> tuple[int, int]:
    """Trainable and all parameters of PMF, counted without memory for them."""
    with torch.device("meta"):
        model = new_pmf(settings)
    return sum(p.numel() for p in model.trainable().values()), sum(p.numel() for p in model.parameters())
