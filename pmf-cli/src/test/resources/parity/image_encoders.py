"""Fixtures of image encoders."""

import torch
from transformers import ViTConfig, ViTForImageClassification, ViTModel

from encoder_fixture import Fixture

NO_POOLER = {"add_pooling_layer": False}


def pixels(count, size=None):
    """Random images, of the configuration's size or another [height, width]."""

    def make(config, generator):
        config = getattr(config, "vision_config", config)
        side = size or config.image_size
        height, width = side if isinstance(side, (list, tuple)) else (side, side)
        shape = (count, config.num_channels, height, width)
        return {"pixel_values": torch.randn(shape, generator=generator)}

    return make


def vit(name, count=2, cls=ViTModel, std=0.35, model_args=None, dtype=None, **overrides):
    settings = dict(
        hidden_size=12,
        num_hidden_layers=2,
        num_attention_heads=3,
        intermediate_size=20,
        image_size=16,
        patch_size=8,
        num_channels=3,
    )
    config = ViTConfig(**(settings | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, pixels(count), std, model_args, dtype=dtype)


def make_vit():
    no_pooler = NO_POOLER
    base = vit("vit-patch-8")
    base.must_matter(hidden_act="gelu_new")
    vit("vit-patch-4", hidden_size=16, num_attention_heads=4, patch_size=4, num_hidden_layers=3)
    vit(
        "vit-patch-16-grey-1-head",
        count=1,
        num_attention_heads=1,
        image_size=48,
        patch_size=16,
        num_channels=1,
        hidden_act="relu",
        model_args=no_pooler,
    )
    vit("vit-no-qkv-bias", qkv_bias=False, model_args=no_pooler, image_size=24)
    vit("vit-not-square", image_size=[16, 24], layer_norm_eps=1e-6, model_args=no_pooler)
    eps = vit("vit-large-epsilon", layer_norm_eps=0.05, model_args=no_pooler)
    eps.must_matter(layer_norm_eps=1e-12)
    vit("vit-image-classification", cls=ViTForImageClassification)
    vit("vit-bfloat16", model_args=no_pooler, dtype=torch.bfloat16)


def make():
    make_vit()
