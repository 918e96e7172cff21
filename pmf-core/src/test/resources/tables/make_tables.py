"""Writes tables as pandas and the datasets library write them, beside this script.

    python make_tables.py

Made with pandas 3.1 and datasets 5.2; the product needs neither.
"""

import base64
import io
import json
import os

import pandas
from datasets import Dataset, Features, Image, Sequence, Value
from PIL import Image as Pillow

os.chdir(os.path.dirname(os.path.abspath(__file__)))


def png(shade):
    out = io.BytesIO()
    Pillow.new("RGB", (4, 4), (shade, 0, 255 - shade)).save(out, "PNG")
    return out.getvalue()


os.makedirs("img", exist_ok=True)
for i in range(2):
    with open(f"img/{i}.png", "wb") as f:
        f.write(png(100 * i))

frame = pandas.DataFrame(
    {"image": ["img/0.png", "img/1.png"], "text": ["good mug", "bad, \"shirt\""], "label": ["a", "b"]}
)
frame.to_csv("pandas-index.csv")
frame.to_csv("pandas-utf16.csv", index=False, encoding="utf-16")
frame.to_csv("pandas-semicolons.csv", index=False, sep=";")
frame.to_csv("pandas-tabs.csv", index=False, sep="\t")
frame.to_json("pandas-records.json", orient="records", indent=2)
frame.to_json("pandas-columns.json")

# A path that is there is kept alone, bytes are kept else; tags as a list.
features = Features(
    {"image": Image(), "text": Value("string"), "label": Sequence(Value("string"))}
)
rows = {
    "image": [{"bytes": None, "path": "img/0.png"}, {"bytes": png(100), "path": "gone.png"}, None],
    "text": ["good mug", "bad shirt", "no picture"],
    "label": [["a"], [], ["b|c", "a"]],
}
data = Dataset.from_dict(rows, features=features)
data.to_csv("datasets.csv")
data.select([0, 2]).cast_column("image", Image(decode=False)).to_json("datasets-paths.jsonl")
# The library cannot write bytes as JSON; people write base64.
with open("datasets-bytes.jsonl", "w") as f:
    for row in data.cast_column("image", Image(decode=False)):
        image = row["image"]
        if image and image["bytes"]:
            image["bytes"] = base64.b64encode(image["bytes"]).decode()
        f.write(json.dumps(row) + "\n")
