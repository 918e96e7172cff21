"""Makes processors-4 or processors-5: directories of image encoders, and the pixels that AutoImageProcessor makes.

Run in this folder with transformers 4.57.1 and again with 5.24.0 (both with torchvision 0.22.1; Pillow 13.0.0):

    python make_processor_fixtures.py

processors-N.json   cases: files of the directory, image, shape, step, where the expected values begin
processors-N.f32    expected pixel_values, every step-th of a case, float32, little endian

Both versions resize with Pillow if asked to, but for DINOv3, which has torchvision's processor alone. The
second run also prints by how much its default, which resizes with torchvision, differs.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
import transformers
from PIL import Image
from transformers import AutoImageProcessor

HERE = Path(__file__).parent
MAJOR = int(transformers.__version__.split(".")[0])
MOST = 2000  # Values of a case; of larger images every n-th is kept.

MODELS = ("vit", "deit", "dinov2", "clip", "siglip", "beit")
DINOV3 = "dinov3_vit"
ALONE, WHOLE, CONFIG = "preprocessor_config.json", "processor_config.json", "config.json"


def case(name, model_type, settings=None, whole=None, config=None, image="rgb.png", only=None, fails=()):
    """One directory.

    only    the version whose pixels are ours, where the two differ
    fails   versions that refuse it
    """
    files = {CONFIG: {"model_type": model_type} | (config or {})}
    if settings is not None:
        files[ALONE] = settings
    if whole is not None:
        files[WHOLE] = whole
    return dict(name=name, files=files, image=image, only=only, fails=fails)


def typed(kind, **settings):
    return {"image_processor_type": kind, **settings}


def cases():
    for model in MODELS:
        yield case(f"{model}, silent", model, {}, only=4 if model == "beit" else None)
        small = {"size": 20, "crop_size": 18} if model in ("deit", "beit", "dinov2", "clip") else {"size": 20}
        yield case(f"{model}, one number for the size", model, small, fails=(4,) if model == "siglip" else (),
                   only=4 if model == "beit" else None)
    yield case("CLIP as its first releases wrote it", "clip", {
        "crop_size": 32, "do_center_crop": True, "do_normalize": True, "do_resize": True,
        "image_mean": [0.48, 0.45, 0.4], "image_std": [0.26, 0.26, 0.27], "resample": 3, "size": 32})
    yield case("a processor of another family", "vit", typed("CLIPImageProcessor", size=21, crop_size=18))
    yield case("a feature extractor of another family", "clip", {"feature_extractor_type": "ViTFeatureExtractor", "size": 20})
    yield case("both types, of which the processor's counts", "clip",
               typed("CLIPImageProcessor", feature_extractor_type="ViTFeatureExtractor", size=21, crop_size=18))
    yield case("a type in config.json", "clip", {"size": 20}, config=typed("ViTImageProcessor"))
    yield case("BeitImageProcessorFast, silent", "beit", typed("BeitImageProcessorFast"), only=5)
    yield case("BEiT that does not crop", "beit", {"size": 20, "do_center_crop": False})
    yield case("ViT that crops", "vit", {"size": 24, "crop_size": 18, "do_center_crop": True}, only=5)
    yield case("ViT with the shortest edge", "vit", {"size": {"shortest_edge": 20}}, fails=(4,))
    yield case("SigLIP with the shortest edge", "siglip", {"size": {"shortest_edge": 20}}, fails=(4,))
    yield case("a size in a list", "vit", {"size": [20, 26]})
    yield case("CLIP with height and width", "clip", {"size": {"height": 20, "width": 26}, "crop_size": [18, 16]})
    yield case("a crop larger than the image", "clip", {"size": 16, "crop_size": {"height": 21, "width": 30}})
    yield case("nothing is done", "clip",
               {"do_resize": False, "do_center_crop": False, "do_rescale": False, "do_normalize": False}, image="tiny.png")
    yield case("a factor and one mean for all", "vit", {"size": 13, "rescale_factor": 0.01, "image_mean": 0.5, "image_std": 0.25})
    yield case("no normalization", "dinov2", {"size": 20, "crop_size": 18, "do_normalize": False})
    yield case("do_convert_rgb is false", "clip", {"size": 20, "crop_size": 18, "do_convert_rgb": False})
    yield case("channels come first", "vit", {"size": 20, "data_format": "channels_first"})
    yield case("keys of segmentation maps", "beit", {"size": 20, "crop_size": 18, "do_center_crop": True, "do_reduce_labels": True})
    for code in range(6):
        yield case(f"filter {code}", "vit", {"size": 20, "resample": code})
    nested = typed("CLIPImageProcessor", size={"shortest_edge": 21}, crop_size={"height": 18, "width": 18})
    yield case("a part of processor_config.json", "clip", None, whole={"image_processor": nested, "processor_class": "CLIPProcessor"})
    yield case("the part goes before the other file", "clip", typed("CLIPImageProcessor", size=30, crop_size=12),
               whole={"image_processor": nested}, only=5)
    yield case("the part is that of another family", "siglip", None, whole={"image_processor": typed("ViTImageProcessor", size=20)})
    yield case("processor_config.json without the part", "clip", typed("CLIPImageProcessor", size=21, crop_size=18),
               whole={"processor_class": "CLIPProcessor"})
    dinov3 = "DINOv3ViTImageProcessorFast"
    yield case("dinov3, silent", DINOV3, {})
    yield case("DINOv3 as its first release wrote it", DINOV3, typed(
        dinov3, crop_size=None, data_format="channels_first", default_to_square=True, device=None,
        disable_grouping=None, do_center_crop=None, do_convert_rgb=None, do_normalize=True, do_rescale=True,
        do_resize=True, image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225], input_data_format=None,
        resample=2, rescale_factor=0.00392156862745098, return_tensors=None, size={"height": 20, "width": 27}))
    yield case("DINOv3 that enlarges with cubics", DINOV3, typed(dinov3, size=61, resample=3))
    yield case("DINOv3 of another mean and factor", DINOV3, typed(dinov3, size=13, image_mean=0.4, image_std=0.2,
                                                                 rescale_factor=0.01))
    yield case("DINOv3 with the shortest edge", DINOV3, typed(dinov3, size={"shortest_edge": 19}))
    yield case("DINOv3 that does not resize", DINOV3, typed(dinov3, do_resize=False, do_normalize=False), image="tiny.png")


def pixels(folder, image, **backend):
    processor = AutoImageProcessor.from_pretrained(folder, **backend)
    made = np.asarray(processor(image, return_tensors="pt")["pixel_values"][0], dtype="<f4")
    unit = processor.rescale_factor if processor.do_rescale else 1.0
    std = float(np.min(np.atleast_1d(processor.image_std))) if processor.do_normalize else 1.0
    return made, unit / std


def by_pillow(c):
    """How AutoImageProcessor is asked for Pillow's processor, where there is one."""
    if c["files"][CONFIG]["model_type"] == DINOV3:
        return {}
    return {"backend": "pil"} if MAJOR == 5 else {"use_fast": False}


def main():
    transformers.logging.set_verbosity_error()
    written, values, differences = [], bytearray(), {}
    for c in cases():
        image = Image.open(HERE / "images" / c["image"]).convert("RGB")
        with tempfile.TemporaryDirectory() as folder:
            for name, content in c["files"].items():
                (Path(folder) / name).write_text(json.dumps(content))
            try:
                made, level = pixels(folder, image, **by_pillow(c))
            except (ValueError, KeyError, TypeError) as e:
                assert MAJOR in c["fails"], (c["name"], e)
                continue
            assert MAJOR not in c["fails"], c["name"]
            if MAJOR == 5 and by_pillow(c):
                try:
                    fast, _ = pixels(folder, image)
                    differences[c["name"]] = f"by {np.abs(fast - made).max() / level:.3f} levels"
                except NotImplementedError:
                    differences[c["name"]] = "by having no such filter"
        if c["only"] not in (None, MAJOR):
            continue
        step = -(-made.size // MOST)
        written.append(dict(name=c["name"], files=c["files"], image=c["image"], shape=made.shape, step=step,
                            offset=len(values) // 4, level=level))
        values += np.ascontiguousarray(made).reshape(-1)[::step].tobytes()
    lines = ",\n".join(json.dumps(c) for c in written)
    (HERE / f"processors-{MAJOR}.json").write_text(f"[\n{lines}\n]\n")
    (HERE / f"processors-{MAJOR}.f32").write_bytes(values)
    print(len(written), "cases,", len(values), "bytes")
    for name, difference in differences.items():
        print(f"{name:45} torchvision differs {difference}")


if __name__ == "__main__":
    main()
