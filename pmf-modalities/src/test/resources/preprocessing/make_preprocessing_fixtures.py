"""Makes the files beside it: images and texts with what Hugging Face's preprocessing makes of them.

Run in this folder, with Pillow, NumPy and transformers installed (made with Pillow 13.0.0,
transformers 4.57.1, tokenizers 0.22.2):

    python make_preprocessing_fixtures.py

images/          small synthetic photos in many formats
images.json      the cases: file, preprocessor_config.json, shape, where the expected values begin
images.f32       the expected pixel_values of all cases, float32, little endian, one after another
texts/*/         tokenizers, each with config.json
texts.json       texts, and the expected ids for each tokenizer
"""

import io
import json
import shutil
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    AutoTokenizer,
    BeitImageProcessor,
    BertTokenizerFast,
    CLIPImageProcessor,
    DeiTImageProcessor,
    PreTrainedTokenizerFast,
    SiglipImageProcessor,
    ViTImageProcessor,
)
from transformers.image_utils import load_image

HERE = Path(__file__).parent
IMAGES = HERE / "images"
TEXTS = HERE / "texts"
PROCESSORS = {
    c.__name__: c
    for c in (ViTImageProcessor, CLIPImageProcessor, DeiTImageProcessor, SiglipImageProcessor, BeitImageProcessor)
}


# ---- images


def photo(width, height, seed=7):
    """Smooth gradients, texture and hard edges."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    u, v = x / width, y / height
    rgb = np.stack([60 + 150 * u, 200 - 140 * v, 90 + 100 * np.sin(3 * u + 2 * v)], axis=-1)
    rgb += 12 * np.sin(x / 2.3)[..., None] * np.cos(y / 3.1)[..., None]
    rgb += rng.normal(0, 3, rgb.shape)
    rgb[(u - 0.35) ** 2 + (v - 0.5) ** 2 < 0.05] = (235, 40, 30)
    rgb[(u > 0.6) & (u < 0.85) & (v > 0.2) & (v < 0.55)] = (20, 30, 220)
    return Image.fromarray(np.clip(rgb, 0, 255).round().astype(np.uint8))


def png16(path, samples):
    """Pillow writes no 16-bit colours, so the chunks are put together here."""
    height, width, _ = samples.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def swapped_profile():
    """sRGB with the red and green primaries exchanged: whoever applies it shows it."""
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return icc.replace(b"rXYZ", b"tmpX").replace(b"gXYZ", b"rXYZ").replace(b"tmpX", b"gXYZ")


def make_images():
    shutil.rmtree(IMAGES, ignore_errors=True)
    IMAGES.mkdir()
    p = photo(97, 71)
    p.save(IMAGES / "rgb.jpg", quality=90)
    p.save(IMAGES / "rgb_444.jpg", quality=85, subsampling=0)
    p.save(IMAGES / "rgb_422.jpg", quality=85, subsampling=1)
    p.save(IMAGES / "progressive.jpg", quality=80, progressive=True)
    p.save(IMAGES / "kept_rgb.jpg", quality=85, keep_rgb=True)
    p.save(IMAGES / "profile.jpg", quality=85, icc_profile=swapped_profile())
    p.convert("L").save(IMAGES / "grey.jpg", quality=85)
    p.convert("CMYK").save(IMAGES / "cmyk.jpg", quality=85)
    cmyk = (IMAGES / "cmyk.jpg").read_bytes()
    at = cmyk.index(b"Adobe") + 11  # the colour transform of the APP14 segment: 0 CMYK, 2 YCCK
    assert cmyk[at] == 0
    (IMAGES / "ycck.jpg").write_bytes(cmyk[:at] + b"\2" + cmyk[at + 1 :])
    small = photo(41, 29, seed=8)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        small.save(IMAGES / f"exif{orientation}.jpg", quality=85, exif=exif)
    exif = Image.Exif()
    exif[0x0112] = 6
    small.save(IMAGES / "exif6.png", exif=exif)
    small.save(IMAGES / "exif6.webp", lossless=True, exif=exif)
    small.save(IMAGES / "exif6.tif", exif=exif, compression="tiff_deflate")

    alpha = Image.fromarray(np.linspace(0, 255, 97 * 71).reshape(71, 97).astype(np.uint8))
    rgba = p.copy()
    rgba.putalpha(alpha)
    palette = p.quantize(60)
    p.save(IMAGES / "rgb.png")
    rgba.save(IMAGES / "rgba.png")
    p.convert("L").save(IMAGES / "grey.png")
    rgba.convert("LA").save(IMAGES / "grey_alpha.png")
    palette.save(IMAGES / "palette.png")
    palette.save(IMAGES / "palette_transparent.png", transparency=3)
    p.quantize(4).save(IMAGES / "palette_2bit.png", bits=2)
    p.convert("1").save(IMAGES / "black_and_white.png")
    wide = np.asarray(small).astype(np.uint16) * 257
    png16(IMAGES / "rgb_16bit.png", wide + np.arange(3, dtype=np.uint16) * 17)
    Image.fromarray(np.asarray(small.convert("L")).astype(np.uint16) * 3).save(IMAGES / "grey_16bit.png")

    palette.save(IMAGES / "palette.gif")
    palette.save(IMAGES / "two_frames.gif", save_all=True, append_images=[photo(97, 71, 9).quantize(60)])
    gif = bytearray((IMAGES / "palette.gif").read_bytes())
    gif[6:10] = struct.pack("<HH", 110, 80)  # a screen larger than its frame
    (IMAGES / "small_frame.gif").write_bytes(gif)
    p.save(IMAGES / "rgb.bmp")
    palette.save(IMAGES / "palette.bmp")
    p.save(IMAGES / "lossless.webp", lossless=True)
    rgba.save(IMAGES / "alpha.webp", lossless=True)
    p.save(IMAGES / "lossy.webp", quality=85)
    p.save(IMAGES / "rgb.tif")
    p.save(IMAGES / "lzw.tif", compression="tiff_lzw")
    p.convert("CMYK").save(IMAGES / "cmyk.tif", compression="tiff_deflate")
    p.save(IMAGES / "profile.tif", compression="tiff_deflate", icc_profile=swapped_profile())
    photo(301, 211, 10).save(IMAGES / "large.jpg", quality=80)
    photo(13, 10, 11).save(IMAGES / "tiny.png")


def vit(height, width, **more):
    return {"image_processor_type": "ViTImageProcessor", "size": {"height": height, "width": width}, **more}


def image_cases():
    for f in sorted(IMAGES.iterdir()):
        yield f.name, vit(20, 24)
    for code in range(6):
        yield "rgb.png", vit(23, 19, resample=code)
        yield "tiny.png", vit(25, 31, resample=code)
        yield "tiny.png", vit(10, 22, resample=code)
    yield "large.jpg", vit(16, 16, resample=3)
    yield "exif6.jpg", vit(24, 24, do_normalize=False)
    yield "exif6.jpg", vit(24, 24, do_rescale=False)
    yield "exif6.jpg", vit(24, 24, do_rescale=False, do_normalize=False)
    yield "tiny.png", vit(24, 24, do_resize=False)
    yield "tiny.png", vit(13, 13, rescale_factor=1 / 127.5, image_mean=[1, 1, 1], image_std=[1, 0.9, 0.8])
    yield "tiny.png", vit(13, 13, image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225])
    yield "tiny.png", {"size": 12}
    clip = {"image_processor_type": "CLIPImageProcessor"}
    yield "rgb.png", {**clip, "size": {"shortest_edge": 21}, "crop_size": {"height": 18, "width": 20}}
    yield "rgb.png", {**clip, "size": 16, "crop_size": 21}
    yield "rgb.png", {**clip, "size": 19, "do_center_crop": False}
    yield "rgb.png", {"image_processor_type": "DeiTImageProcessor", "size": {"height": 26, "width": 26}, "crop_size": 20}
    siglip = {"image_processor_type": "SiglipImageProcessor"}
    yield "rgb.png", {**siglip, "size": {"height": 20, "width": 20}, "crop_size": 10}
    beit = {"image_processor_type": "BeitImageProcessor"}
    yield "rgb.png", {**beit, "size": {"height": 26, "width": 22}, "crop_size": {"height": 20, "width": 18}}
    yield "rgb.png", {**beit, "size": 21, "do_center_crop": False}


def run_images():
    cases, values = [], bytearray()
    for name, config in image_cases():
        cls = PROCESSORS[config.get("image_processor_type", "ViTImageProcessor")]
        processor = cls.from_dict(dict(config))
        pixels = processor(load_image(str(IMAGES / name)), return_tensors="np")["pixel_values"][0]
        pixels = np.ascontiguousarray(pixels, dtype="<f4")
        unit = processor.rescale_factor if processor.do_rescale else 1.0
        std = min(np.atleast_1d(processor.image_std)) if processor.do_normalize else 1.0
        cases.append(
            {"image": name, "config": config, "shape": pixels.shape, "offset": len(values) // 4, "level": unit / float(std)}
        )
        values += pixels.tobytes()
    lines = ",\n".join(json.dumps(c) for c in cases)
    (HERE / "images.json").write_text(f"[\n{lines}\n]\n")
    (HERE / "images.f32").write_bytes(values)


# ---- texts

SAMPLES = {
    "plain": "What color is the small rectangle?",
    "case and accents": "Crème BRÛLÉE à la carte, naïve Ångström, İstanbul, Straße",
    "decomposed accents": "Cre\u0300me bru\u0302le\u0301e",
    "Chinese": "这张图片里有什么颜色的形状？",
    "Japanese": "赤い四角形はどこですか。カタカナ",
    "Korean": "이 그림에는 무엇이 있습니까?",
    "Arabic": "ما لون الشكل في الصورة؟ مُحَمَّد",
    "Hebrew": "מה הצבע של הצורה?",
    "Hindi": "चित्र में कौन सा रंग है?",
    "Thai": "สีอะไรในภาพ",
    "Russian and Greek": "Какого цвета фигура? Τι χρώμα έχει;",
    "emoji": "a \U0001f600 face, a family \U0001f468\u200d\U0001f469\u200d\U0001f467, flags \U0001f1e9\U0001f1ea \U0001f44d\U0001f3fd",
    "mixed": "red红Красный\u00a0احمر\u2003blue-青;n°5 (50%) e-mail: a.b@c.de #tag $5",
    "controls": "tab\there\u0000null\u0007bell\u200bzero\ufeffbom\r\nnew line\ufffdend",
    "special tokens in the text": "a [MASK] word [SEP] and [CLS] again [UNK] [PAD]",
    "only spaces": "   \t ",
    "nothing": "",
    "a very long word": "a" * 101 + " " + "b" * 100,
    "many words": " ".join(f"word{i % 7} is red" for i in range(60)),
    "astral letters": "\U0001d4d0\U0001d4d1 \U00020000\U0002a6d6 x",
}

WORDS = [
    *"what color is the small rectangle circle triangle red blue green a in image does not contain yes no".split(),
    *"word is crème brûlée creme brulee straße face family flags new line end tab here null".split(),
    *"Какого цвета фигура какого χρώμα χρωμα Τι τι ما لون الشكل في الصورة מה הצבע 颜 色 形 状 图 赤".split(),
]


def vocabulary(extra=()):
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    letters = sorted(
        {
            c
            for text in [*SAMPLES.values(), *WORDS]
            for form in (text, text.lower(), normalizers.NFD().normalize_str(text), normalizers.NFD().normalize_str(text.lower()))
            for c in form
            if not c.isspace() and c not in "\u0000\u0007\u200b\ufeff\ufffd\U0001f600"
        }
    )
    for token in [*letters, *("##" + c for c in letters), *WORDS, *("##" + w for w in WORDS[:30]), *extra]:
        if token not in tokens:
            tokens.append(token)
    return tokens


def directory(name, size, **config):
    folder = TEXTS / name
    folder.mkdir(parents=True)
    full = {"model_type": "bert", "vocab_size": size, "max_position_embeddings": 48, **config}
    (folder / "config.json").write_text(json.dumps(full, indent=2) + "\n")
    return folder


def bert(name, files, settings):
    """A BERT tokenizer of which only the named files stay."""
    tokens = vocabulary()
    folder = directory(name, len(tokens))
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt"), **settings).save_pretrained(folder)
    for f in folder.iterdir():
        if f.name not in ("config.json", *files):
            f.unlink()
    return folder


def make_texts():
    shutil.rmtree(TEXTS, ignore_errors=True)
    bert("wordpiece_json", ["tokenizer.json", "tokenizer_config.json"], {})
    bert("vocab_uncased", ["vocab.txt", "tokenizer_config.json"], {})
    bert("vocab_alone", ["vocab.txt"], {})
    bert("vocab_cased", ["vocab.txt", "tokenizer_config.json"], {"do_lower_case": False})
    bert(
        "vocab_accents",
        ["vocab.txt", "tokenizer_config.json"],
        {"strip_accents": False, "tokenize_chinese_chars": False, "model_max_length": 32},
    )
    # tokenizer.json says lower case, tokenizer_config.json says not: the latter counts
    folder = bert("disagreeing", ["tokenizer.json", "tokenizer_config.json"], {})
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    settings["do_lower_case"] = False
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2))

    # another kind of tokenizer, saved with truncation and padding of its own
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = ["<pad>", "<unk>", "<s>", "</s>", "<mask>"]
    trainer = trainers.UnigramTrainer(vocab_size=300, special_tokens=special, unk_token="<unk>")
    tokenizer.train_from_iterator([*SAMPLES.values(), *WORDS] * 4, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 2), ("</s>", 3)]
    )
    tokenizer.enable_truncation(7)
    tokenizer.enable_padding(length=20)
    folder = directory("unigram", tokenizer.get_vocab_size())
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>", cls_token="<s>", sep_token="</s>",
        mask_token="<mask>", model_input_names=["input_ids", "attention_mask"],
    )
    fast.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "special_tokens_map.json").unlink()


def run_texts():
    expected = {}
    for folder in sorted(TEXTS.iterdir()):
        tokenizer = AutoTokenizer.from_pretrained(folder)
        limit = min(tokenizer.model_max_length, json.loads((folder / "config.json").read_text())["max_position_embeddings"])
        expected[folder.name] = {
            title: tokenizer(text, truncation=True, max_length=limit)["input_ids"] for title, text in SAMPLES.items()
        }
    (HERE / "texts.json").write_text(json.dumps({"texts": SAMPLES, "ids": expected}) + "\n")


if __name__ == "__main__":
    make_images()
    run_images()
    make_texts()
    run_texts()
