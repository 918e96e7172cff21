"""Fixtures of video encoders."""

import torch
from transformers import (
    VideoMAEConfig,
    VideoMAEForPreTraining,
    VideoMAEForVideoClassification,
    VideoMAEModel,
)

from encoder_fixture import Fixture

TINY = dict(
    hidden_size=12,
    num_hidden_layers=2,
    num_attention_heads=3,
    intermediate_size=20,
    image_size=16,
    patch_size=8,
    num_frames=4,
    tubelet_size=2,
    decoder_hidden_size=8,
    decoder_num_hidden_layers=1,
    decoder_num_attention_heads=2,
    decoder_intermediate_size=8,
)


def frames(config, generator):
    """Two random videos of the configuration's size."""
    side = config.image_size
    height, width = side if isinstance(side, (list, tuple)) else (side, side)
    shape = (2, config.num_frames, config.num_channels, height, width)
    return {"pixel_values": torch.randn(shape, generator=generator)}


def videomae(name, cls=VideoMAEModel, rename=None, **overrides):
    config = VideoMAEConfig(**(TINY | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, frames, 0.35, rename=rename)


def make():
    base = videomae("videomae")
    base.must_matter(hidden_act="relu")
    final = videomae(
        "videomae-final-norm",
        use_mean_pooling=False,
        layer_norm_eps=0.05,
        hidden_act="relu",
        num_frames=3,
        tubelet_size=1,
        num_attention_heads=2,
    )
    final.must_matter(layer_norm_eps=1e-12)
    videomae("videomae-no-bias", qkv_bias=False, num_hidden_layers=1)
    # The last frame, and two columns of pixels, fill no tubelet.
    videomae("videomae-not-square", image_size=[16, 26], num_frames=5, num_hidden_layers=1)
    videomae("videomae-classification", VideoMAEForVideoClassification, patch_size=4, num_channels=1)
    videomae("videomae-pretraining", VideoMAEForPreTraining, use_mean_pooling=False)


def make_new_names():
    """Biases under the names that transformers 5 has in memory, and saves if it is told to."""

    def rename(tensors):
        news = {"q_bias": "query.bias", "v_bias": "value.bias"}
        for old, new in news.items():
            tensors = {name.replace(old, new): value for name, value in tensors.items()}
        return tensors

    videomae("videomae-new-names", rename=rename)
