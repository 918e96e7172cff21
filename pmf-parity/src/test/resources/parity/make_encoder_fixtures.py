"""Writes encoders/<name>/: tiny random encoders, inputs for them, and what transformers makes of those.

    python make_encoder_fixtures.py        (torch 2.7.1, transformers 4.57.1, safetensors)
"""

import json
import shutil

from transformers import logging

import audio_encoders
import decoder_text_encoders
import distance_text_encoders
import image_encoders
import table_encoders
import text_encoders
import video_encoders
from encoder_fixture import OUT


def main():
    logging.disable_progress_bar()
    logging.set_verbosity_error()  # Poolers that were not saved are not missed.
    shutil.rmtree(OUT, ignore_errors=True)
    text_encoders.make()
    decoder_text_encoders.make()
    distance_text_encoders.make()
    image_encoders.make()
    audio_encoders.make()
    table_encoders.make()
    video_encoders.make()
    total = 0
    for folder in sorted(OUT.iterdir()):
        size = sum(f.stat().st_size for f in folder.iterdir())
        assert size < 100_000, (folder.name, size)
        total += size
        model_type = json.loads((folder / "config.json").read_text())["model_type"]
        print(f"{folder.name:36} {model_type:28} {size:7}")
    assert total < 8_000_000, total
    print(f"{total} bytes")


if __name__ == "__main__":
    main()
