"""Fixtures of image encoders."""

import torch
import transformers
from transformers import (
    BeitConfig,
    BeitForImageClassification,
    BeitForMaskedImageModeling,
    BeitModel,
    CLIPConfig,
    CLIPModel,
    CLIPVisionConfig,
    CLIPVisionModel,
    CLIPVisionModelWithProjection,
    DINOv3ViTConfig,
    DINOv3ViTModel,
    DeiTConfig,
    DeiTForImageClassificationWithTeacher,
    DeiTModel,
    Dinov2Config,
    Dinov2ForImageClassification,
    Dinov2Model,
    Dinov2WithRegistersConfig,
    Dinov2WithRegistersModel,
    SiglipConfig,
    SiglipModel,
    SiglipVisionConfig,
    SiglipVisionModel,
    SwinConfig,
    SwinForImageClassification,
    SwinForMaskedImageModeling,
    SwinModel,
    Swinv2Config,
    Swinv2ForImageClassification,
    Swinv2ForMaskedImageModeling,
    Swinv2Model,
    ViTConfig,
    ViTForImageClassification,
    ViTMAEConfig,
    ViTMAEForPreTraining,
    ViTMAEModel,
    ViTModel,
)

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


TINY = dict(
    hidden_size=12,
    num_hidden_layers=2,
    num_attention_heads=3,
    intermediate_size=20,
    image_size=16,
    patch_size=8,
    num_channels=3,
)


def fixture(name, cls, config_cls, size=None, count=2, std=0.35, model_args=None, **overrides):
    config = config_cls(**(TINY | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, pixels(count, size), std, model_args)


def make_deit():
    base = fixture("deit", DeiTModel, DeiTConfig, model_args=NO_POOLER)
    base.must_matter(hidden_act="relu")
    fixture("deit-other-settings", DeiTModel, DeiTConfig, hidden_act="relu", layer_norm_eps=0.05, model_args=NO_POOLER)
    fixture("deit-no-qkv-bias", DeiTModel, DeiTConfig, qkv_bias=False, patch_size=4, model_args=NO_POOLER)
    fixture("deit-with-teacher", DeiTForImageClassificationWithTeacher, DeiTConfig, image_size=24)


def make_dinov2():
    plain = dict(cls=Dinov2Model, config_cls=Dinov2Config, mlp_ratio=2)
    base = fixture("dinov2", **plain)
    base.must_matter(hidden_act="relu")
    fixture("dinov2-larger-images", size=[24, 45], patch_size=4, **plain)
    fixture("dinov2-smaller-images", size=[8, 12], patch_size=4, image_size=28, **plain)
    fixture("dinov2-swiglu", use_swiglu_ffn=True, qkv_bias=False, **plain)
    eps = fixture("dinov2-classification", Dinov2ForImageClassification, Dinov2Config, layer_norm_eps=0.05)
    eps.must_matter(layer_norm_eps=1e-6)
    registers = dict(cls=Dinov2WithRegistersModel, config_cls=Dinov2WithRegistersConfig, mlp_ratio=2)
    fixture("dinov2-registers-other-settings", hidden_act="relu", layer_norm_eps=0.05, qkv_bias=False, **registers)
    fixture("dinov2-other-settings", Dinov2Model, Dinov2Config, mlp_ratio=2, hidden_act="relu")
    fixture("dinov2-registers", num_register_tokens=3, **registers)
    fixture("dinov2-registers-larger-images", size=[28, 40], patch_size=4, **registers)
    fixture("dinov2-registers-smaller-images", size=[8, 20], patch_size=4, image_size=28, **registers)
    fixture("dinov2-registers-swiglu", use_swiglu_ffn=True, num_register_tokens=1, **registers)


def make_dinov3():
    plain = dict(cls=DINOv3ViTModel, config_cls=DINOv3ViTConfig, hidden_size=16, num_attention_heads=2)
    base = fixture("dinov3", num_register_tokens=2, **plain)
    base.must_matter(hidden_act="relu")
    base.must_matter(rope_theta=10.0)
    fixture("dinov3-no-registers", patch_size=4, image_size=24, rope_theta=30.0, **plain)
    eps = fixture("dinov3-gated", use_gated_mlp=True, hidden_act="silu", num_register_tokens=1, layer_norm_eps=0.05,
                  **plain)
    eps.must_matter(layer_norm_eps=1e-5)
    # What does not fill a patch is cut off, and coordinates are those of the patches that are left.
    fixture("dinov3-odd-size", image_size=27, patch_size=4, num_channels=1, num_register_tokens=3, **plain)
    fixture("dinov3-other-biases", query_bias=False, key_bias=True, value_bias=False, proj_bias=False, mlp_bias=False,
            num_register_tokens=1, **plain)
    fixture("dinov3-gated-no-bias", use_gated_mlp=True, mlp_bias=False, **plain)


def make_vit_mae():
    decoder = dict(decoder_hidden_size=8, decoder_num_hidden_layers=1, decoder_num_attention_heads=2,
                   decoder_intermediate_size=8)
    mae = dict(config_cls=ViTMAEConfig, cls=ViTMAEModel, **decoder)
    base = fixture("vit-mae", **mae)
    base.must_matter(hidden_act="relu")
    eps = fixture("vit-mae-other-settings", qkv_bias=False, hidden_act="relu", layer_norm_eps=0.05, patch_size=4,
                  **mae)
    eps.must_matter(layer_norm_eps=1e-12)
    fixture("vit-mae-pretraining", **(mae | dict(cls=ViTMAEForPreTraining)))


def make_clip():
    base = fixture("clip-vision", CLIPVisionModel, CLIPVisionConfig)
    base.must_matter(hidden_act="gelu")
    eps = fixture("clip-vision-with-projection", CLIPVisionModelWithProjection, CLIPVisionConfig,
                  projection_dim=8, layer_norm_eps=0.05, hidden_act="gelu", patch_size=4)
    eps.must_matter(layer_norm_eps=1e-5)
    text = dict(vocab_size=20, hidden_size=8, intermediate_size=8, num_hidden_layers=1,
                num_attention_heads=2, max_position_embeddings=8)
    whole(CLIPModel, CLIPConfig, "clip-whole", text, projection_dim=8)


def whole(cls, config_cls, name, text, vision=TINY, make_inputs=None, **overrides):
    """A model with a text half beside the image half; inputs that are given are made for the text half."""
    config = config_cls(text_config=text, vision_config=vision, **overrides)
    for part in (config, config.text_config, config.vision_config):
        part._attn_implementation = "eager"
    texts = make_inputs and (lambda both, generator: make_inputs(both.text_config, generator))
    return Fixture(name, cls, config, texts or pixels(2))


def make_siglip():
    base = fixture("siglip-vision", SiglipVisionModel, SiglipVisionConfig)
    base.must_matter(hidden_act="relu")
    eps = fixture("siglip-vision-patch-4", SiglipVisionModel, SiglipVisionConfig,
                  patch_size=4, hidden_act="gelu", layer_norm_eps=0.05)
    eps.must_matter(layer_norm_eps=1e-6)
    fixture("siglip-vision-no-head", SiglipVisionModel, SiglipVisionConfig, vision_use_head=False)
    text = dict(vocab_size=20, hidden_size=8, intermediate_size=8, num_hidden_layers=1,
                num_attention_heads=2, max_position_embeddings=8)
    whole(SiglipModel, SiglipConfig, "siglip-whole", text)


def make_beit():
    own = dict(use_relative_position_bias=True, patch_size=4)
    base = fixture("beit", BeitModel, BeitConfig, **own)
    base.must_matter(use_relative_position_bias=False)
    fixture("beit-shared-bias", BeitModel, BeitConfig, use_shared_relative_position_bias=True, image_size=24)
    fixture("beit-both-biases", BeitModel, BeitConfig, use_shared_relative_position_bias=True, **own)
    fixture("beit-positions-cls", BeitModel, BeitConfig, use_absolute_position_embeddings=True,
            use_mean_pooling=False, layer_scale_init_value=0.0, num_attention_heads=2)
    fixture("beit-classification", BeitForImageClassification, BeitConfig, hidden_act="relu",
            layer_norm_eps=0.05, **own)
    fixture("beit-masked-modeling", BeitForMaskedImageModeling, BeitConfig, use_mask_token=True,
            use_mean_pooling=False, vocab_size=11, use_relative_position_bias=True)


def swin(name, cls, count=1, **overrides):
    """Stages of 16, 8 and 4 patches a side, the last of them one window, if nothing else is said."""
    settings = dict(embed_dim=4, depths=[1, 2, 2], num_heads=[1, 2, 4], image_size=32, patch_size=2,
                    window_size=4, mlp_ratio=2.0)
    config_cls = SwinConfig if cls.__name__.startswith("Swin") and "v2" not in cls.__name__ else Swinv2Config
    config = config_cls(**(settings | overrides), attn_implementation="eager")
    model_args = NO_POOLER if cls in (SwinModel, Swinv2Model) else None
    return Fixture(name, cls, config, pixels(count), model_args=model_args)


# The last stage is 4 by 4 patches in four windows, of which every second block shifts them.
FOUR_WINDOWS = dict(image_size=16, depths=[2, 2], num_heads=[2, 4], window_size=2)
# Patches, the squares that are merged and the windows of both stages are filled up with zeros.
FILLED = dict(image_size=[37, 54], patch_size=4, depths=[2, 2], num_heads=[2, 4], window_size=3)


def make_swin():
    base = swin("swin", SwinModel, count=2)
    base.must_matter(hidden_act="relu")
    swin("swin-four-windows", SwinModel, qkv_bias=False, **FOUR_WINDOWS)
    swin("swin-filled", SwinModel, num_channels=1, **FILLED)
    swin("swin-classification", SwinForImageClassification, hidden_act="relu", image_size=[16, 32], window_size=2)
    eps = swin("swin-masked-modeling", SwinForMaskedImageModeling, layer_norm_eps=0.05, encoder_stride=4)
    eps.must_matter(layer_norm_eps=1e-5)
    if int(transformers.__version__.split(".")[0]) > 4:  # Before, these could not be added to patches.
        learned = swin("swin-learned-positions", SwinModel, use_absolute_embeddings=True, image_size=[32, 48])
        learned.must_matter(use_absolute_embeddings=False)


def make_swinv2():
    base = swin("swinv2", Swinv2Model, count=2, depths=[1, 1, 2], num_heads=[1, 1, 2], patch_size=4, window_size=2)
    base.must_matter(hidden_act="relu")
    base.must_matter(window_size=4)
    four = swin("swinv2-four-windows", Swinv2Model, qkv_bias=False, pretrained_window_sizes=[4, 3], **FOUR_WINDOWS)
    four.must_matter(pretrained_window_sizes=[0, 0])
    swin("swinv2-filled", Swinv2Model, **(FILLED | dict(num_heads=[1, 2], num_channels=1)))
    swin("swinv2-narrow-stages", Swinv2ForImageClassification, hidden_act="relu", window_size=5, depths=[1, 1, 1], num_heads=[1, 1, 2],
         image_size=[20, 38], pretrained_window_sizes=[3, 2, 0])
    eps = swin("swinv2-masked-modeling", Swinv2ForMaskedImageModeling, layer_norm_eps=0.05, encoder_stride=4,
               depths=[1, 1], num_heads=[1, 2], image_size=16)
    eps.must_matter(layer_norm_eps=1e-5)


def make():
    make_vit()
    make_deit()
    make_dinov2()
    make_dinov3()
    make_vit_mae()
    make_clip()
    make_siglip()
    make_beit()
    make_swin()
    make_swinv2()
