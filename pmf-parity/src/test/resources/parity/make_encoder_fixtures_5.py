"""Writes encoders-5/<name>/: encoders as transformers 5 saves them, and what transformers makes of those.

    python make_encoder_fixtures_5.py        (torch 2.7.1, transformers 5.24.0, safetensors)

Most are made new, by the scripts that make encoders/. Those called *-saved-again are of encoders/,
loaded and saved by transformers 5: what is expected of them is what transformers 4 made of them.
"""

import json
import shutil
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import CLIPForImageClassification, Wav2Vec2ForCTC, logging

import encoder_fixture

BY_4 = encoder_fixture.OUT
OUT = BY_4.with_name("encoders-5")
encoder_fixture.OUT = OUT
encoder_fixture.ONLY = {
    *("bert-gelu", "bert-sequence-classification", "bert-sharded", "bert-bfloat16"),
    *("roberta", "roberta-masked-lm", "xlm-roberta", "xlm-roberta-sequence-classification"),
    *("distilbert", "distilbert-sequence-classification"),
    *("electra-narrow-embedding", "electra-pretraining", "mpnet", "mpnet-masked-lm"),
    *("modernbert-in-5", "modernbert-layer-types", "modernbert-masked-lm-in-5"),
    *("vit-patch-8", "vit-image-classification", "deit", "deit-with-teacher"),
    *("dinov2", "dinov2-classification", "dinov2-swiglu", "dinov2-registers", "dinov2-registers-swiglu"),
    *("dinov3", "dinov3-gated", "dinov3-not-square", "vit-mae", "vit-mae-pretraining"),
    *("clip-vision", "clip-vision-with-projection", "clip-whole", "clip-classification"),
    *("siglip-vision", "siglip-vision-no-head", "siglip-whole", "clip-whole-texts", "siglip-whole-texts"),
    *("beit", "beit-classification", "beit-positions-cls"),
    *("swin", "swin-classification", "swin-learned-positions", "swinv2", "swinv2-masked-modeling"),
    *("ast", "ast-classification", "wav2vec2", "wav2vec2-stable", "wav2vec2-ctc"),
    *("wavlm", "wavlm-stable", "conformer", "conformer-rotary", "conformer-ctc"),
    *("hubert", "hubert-stable-ctc", "whisper", "whisper-generation"),
    *("llama", "llama-linear", "llama-llama3", "llama-yarn", "llama-causal-lm", "mistral"),
    *("qwen2", "qwen2-windows", "qwen3", "qwen3-yarn", "gpt2", "gpt2-lm-head"),
    *("t5", "t5-gated", "t5-generation", "clip-text", "clip-text-with-projection"),
    *("videomae", "videomae-new-names", "videomae-no-bias", "videomae-classification"),
    *("siglip-text", "deberta-v3", "deberta-v2-convolution", "deberta-v2-masked-lm"),
}
SAVED_AGAIN = (
    *("modernbert", "modernbert-mean-pooling", "modernbert-one-base"),
    *("clip-vision", "clip-whole", "siglip-vision", "siglip-whole", "clip-whole-texts", "siglip-whole-texts"),
    *("bert-masked-lm-old-names", "wav2vec2-old-weight-norm", "whisper", "videomae-final-norm"),
)


def bases(of_global, of_local):
    return {
        "full_attention": {"rope_type": "default", "rope_theta": of_global},
        "sliding_attention": {"rope_type": "default", "rope_theta": of_local},
    }


def make_modernbert(text):
    base = text.modernbert("modernbert-in-5", [40, 17, 1], rope_parameters=bases(80000.0, 500.0))
    base.must_matter(rope_parameters=bases(80000.0, 10000.0))
    base.must_matter(rope_parameters=bases(160000.0, 500.0))
    base.must_matter(local_attention=64)
    kinds = ["sliding_attention", "full_attention", "full_attention", "full_attention"]
    types = text.modernbert("modernbert-layer-types", [40, 9], layer_types=kinds)
    types.must_matter(layer_types=kinds[::-1])
    types.must_matter(layer_types=["full_attention"] * 4)
    from transformers import ModernBertForMaskedLM

    text.modernbert("modernbert-masked-lm-in-5", [20, 3], cls=ModernBertForMaskedLM, num_hidden_layers=2)


def save_again(name):
    """An encoder of transformers 4, loaded and saved by 5."""
    source, folder = BY_4 / name, OUT / f"{name}-saved-again"
    architecture = json.loads((source / "config.json").read_text())["architectures"][0]
    model = getattr(transformers, architecture).from_pretrained(
        source, attn_implementation="eager", dtype=torch.float32
    )
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    expected = load_file(source / "expected.safetensors")
    found = encoder_fixture.encode(model, load_file(source / "inputs.safetensors"))
    for key, value in expected.items():
        difference = (found[key] - value).abs().nan_to_num(nan=0.0).max().item()
        assert difference < encoder_fixture.TOLERANCE / 2, (name, key, difference)
    for file in ("inputs.safetensors", "expected.safetensors"):
        shutil.copyfile(source / file, folder / file)


def main():
    assert transformers.__version__.startswith("5."), transformers.__version__
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    shutil.rmtree(OUT, ignore_errors=True)
    import audio_encoders
    import decoder_text_encoders
    import distance_text_encoders
    import image_encoders
    import text_encoders
    import video_encoders

    text_encoders.make_bert()
    text_encoders.make_roberta()
    text_encoders.make_distilbert()
    text_encoders.make_electra()
    text_encoders.make_mpnet()
    make_modernbert(text_encoders)
    decoder_text_encoders.make()
    distance_text_encoders.make()
    image_encoders.make()
    sizes = dict(hidden_size=16, num_attention_heads=2, image_size=[16, 24], patch_size=[8, 4], num_register_tokens=1)
    image_encoders.fixture("dinov3-not-square", image_encoders.DINOv3ViTModel, image_encoders.DINOv3ViTConfig, **sizes)
    settings = dict(vision_config=image_encoders.TINY, projection_dim=8)
    config = transformers.CLIPConfig(text_config=dict(vocab_size=20, hidden_size=8, intermediate_size=8,
                                     num_hidden_layers=1, num_attention_heads=2), **settings)
    for part in (config, config.text_config, config.vision_config):
        part._attn_implementation = "eager"
    encoder_fixture.Fixture("clip-classification", CLIPForImageClassification, config, image_encoders.pixels(2))
    audio_encoders.make()
    video_encoders.make()
    video_encoders.make_new_names()
    audio_encoders.wave("wav2vec2-ctc", [200, 150], cls=Wav2Vec2ForCTC)
    for name in SAVED_AGAIN:
        save_again(name)
    missing = encoder_fixture.ONLY - {f.name for f in OUT.iterdir()}
    assert not missing, missing
    total = sum(f.stat().st_size for f in OUT.glob("*/*"))
    print(f"{len(list(OUT.iterdir()))} encoders, {total} bytes")
    assert total < 4_000_000, total


if __name__ == "__main__":
    main()
