"""Makes processors-4 or processors-5: directories of VideoMAE encoders, and the pixels that their processor makes.

Run in this folder, behind make_videos.py, with transformers 4.57.1 and again with 5.24.0 (numpy, Pillow 13.0.0):

    python make_processors.py

processors-N.json   cases: files of the directory, video, shape, step, where the expected values begin
processors-N.f32    expected pixel_values, every step-th of a case, float32, little endian

A video is a file of videos.zip, or a list of pictures of ../preprocessing/images, which a folder has as frames.
"""

import io
import json
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import transformers
from PIL import Image, ImageOps
from transformers import AutoImageProcessor

HERE = Path(__file__).parent
MAJOR = int(transformers.__version__.split(".")[0])
MOST = 2000  # Values of a case; of larger videos every n-th is kept.
PICTURES = ["rgb.png", "palette.gif", "rgb_444.jpg", "lossless.webp", "exif6.png", "grey.png", "rgb.tif"]
SMALL = {"size": {"shortest_edge": 20}, "crop_size": {"height": 18, "width": 18}}


def cases():
    yield "silent", "pillow.gif", 2, {}
    yield "frames of an animated GIF", "pillow.gif", 4, SMALL
    yield "frames of an animated WebP, some of them again", "pillow.webp", 12, SMALL
    yield "a WebP that is turned", "pillow-exif6.webp", 2, SMALL
    yield "frames of one that is composed", "random08.gif", 5, SMALL
    yield "pictures of a folder", PICTURES[:1] + PICTURES[3:4] + PICTURES[6:], 2, SMALL
    yield "pictures of a folder, of several sizes and formats", [p for p in PICTURES if "jpg" not in p], 8, SMALL
    yield "a single frame", "one.gif", 3, SMALL
    yield "numbers for sizes", "pillow.gif", 3, {"size": 20, "crop_size": 16}
    yield "a feature extractor", "pillow.gif", 3, {"feature_extractor_type": "VideoMAEFeatureExtractor", **SMALL}
    yield "a processor by its name", "pillow.gif", 3, {"image_processor_type": "VideoMAEImageProcessor", **SMALL}
    yield "ImageNet's mean and another filter", "pillow.gif", 3, {
        **SMALL, "resample": 3, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
    yield "height and width, and no crop", "pillow.gif", 3, {"size": {"height": 12, "width": 17}, "do_center_crop": False}
    yield "nothing but a crop", "pillow.gif", 3, {
        "do_resize": False, "crop_size": {"height": 10, "width": 30}, "do_rescale": False, "do_normalize": False}


def frames(video):
    if isinstance(video, list):
        for name in video:
            image = Image.open(HERE.parent / "preprocessing" / "images" / name)
            yield ImageOps.exif_transpose(image).convert("RGB")
        return
    with zipfile.ZipFile(HERE / "videos.zip") as archive:
        image = Image.open(io.BytesIO(archive.read(video)))
    for i in range(image.n_frames):
        image.seek(i)
        yield ImageOps.exif_transpose(image).convert("RGB")


def main():
    transformers.logging.set_verbosity_error()
    written, values = [], bytearray()
    for name, video, count, settings in cases():
        files = {"config.json": {"model_type": "videomae", "num_frames": count}, "preprocessor_config.json": settings}
        with tempfile.TemporaryDirectory() as folder:
            for file, content in files.items():
                (Path(folder) / file).write_text(json.dumps(content))
            processor = AutoImageProcessor.from_pretrained(folder, **({"backend": "pil"} if MAJOR == 5 else {}))
        every = list(frames(video))
        chosen = np.linspace(0, len(every) - 1, count).astype(np.int64)
        made = processor([every[i] for i in chosen], return_tensors="np")["pixel_values"]
        made = np.asarray(made[0], dtype="<f4")
        unit = processor.rescale_factor if processor.do_rescale else 1.0
        level = unit / (float(np.min(np.atleast_1d(processor.image_std))) if processor.do_normalize else 1.0)
        step = -(-made.size // MOST)
        written.append(dict(name=name, files=files, video=video, shape=made.shape, step=step,
                            offset=len(values) // 4, level=level))
        values += np.ascontiguousarray(made).reshape(-1)[::step].tobytes()
    lines = ",\n".join(json.dumps(c) for c in written)
    (HERE / f"processors-{MAJOR}.json").write_text(f"[\n{lines}\n]\n")
    (HERE / f"processors-{MAJOR}.f32").write_bytes(values)
    print(len(written), "cases,", len(values), "bytes")


if __name__ == "__main__":
    main()
