"""Writes videos.zip, animations and what Pillow makes of their frames, and choices.tsv, which frames are chosen.

    python make_videos.py        (Pillow 13.0.0, numpy)

expected.tsv in the archive has a line for each file: its name, and for each frame its width, height and the
CRC-32 of its RGB, or the word "refused".
"""

import io
import random
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

HERE = Path(__file__).parent
RNG = random.Random(20)
FILES = {}


# ---- GIF


def lzw(indices, bits):
    """LZW codes that never grow: the table is cleared before they would."""
    clear, end = 1 << bits, (1 << bits) + 1
    out, acc, filled = bytearray(), 0, 0
    codes = [clear]
    for i, index in enumerate(indices):
        if i and i % (clear - 2) == 0:
            codes.append(clear)
        codes.append(index)
    for code in codes + [end]:
        acc |= code << filled
        filled += bits + 1
        while filled >= 8:
            out.append(acc & 255)
            acc >>= 8
            filled -= 8
    out.append(acc & 255)
    blocks = b"".join(bytes([len(out[i : i + 255])]) + out[i : i + 255] for i in range(0, len(out), 255))
    return bytes([bits]) + blocks + b"\0"


def palette(bits, grey=False):
    if grey:
        return bytes(v for i in range(1 << bits) for v in (i, i, i))
    return bytes(RNG.randrange(256) for _ in range(3 << bits))


def rows(height, interlaced):
    if not interlaced:
        return list(range(height))
    return [y for first, step in ((0, 8), (4, 8), (2, 4), (1, 2)) for y in range(first, height, step)]


def gif_frame(box, pixels, bits, own=None, transparent=None, disposal=None, interlaced=False):
    x, y, w, h = box
    out = b""
    if transparent is not None or disposal is not None:
        flags = (disposal or 0) << 2 | (transparent is not None)
        out += struct.pack("<BBBBHBB", 0x21, 0xF9, 4, flags, 4, transparent or 0, 0)
    flags = (0x80 | bits - 1 if own else 0) | (0x40 if interlaced else 0)
    out += struct.pack("<BHHHHB", 0x2C, x, y, w, h, flags) + (own or b"")
    data = [pixels[row * w + column] for row in rows(h, interlaced) for column in range(w)]
    return out + lzw(data, max(2, bits))


def gif(size, common, bits, background, frames, end=b";"):
    flags = 0x80 | bits - 1 if common else 0
    return b"GIF89a" + struct.pack("<HHBBB", *size, flags, background, 0) + (common or b"") + b"".join(frames) + end


def random_gif(grey, beyond, coloured_later=False):
    bits = RNG.choice((2, 3, 5, 8))
    w, h = RNG.randrange(6, 22), RNG.randrange(6, 18)
    common = None if RNG.random() < 0.15 and not grey else palette(bits, grey)
    frames = []
    for i in range(RNG.randrange(2, 7)):
        fw, fh = RNG.randrange(2, w + 1), RNG.randrange(2, h + 1)
        x, y = RNG.randrange(w - fw + 1), RNG.randrange(h - fh + 1)
        if beyond and i and RNG.random() < 0.3:
            fw, fh = fw + 3, fh + 2
        if RNG.random() < 0.4:
            x, y, fw, fh = 0, 0, w, h
        own = None
        if (common is None and not grey) or RNG.random() < 0.3:
            own = palette(bits, grey and not (coloured_later and i > 1))
        colours = 1 << bits
        transparent = RNG.randrange(colours) if RNG.random() < 0.6 else None
        disposal = RNG.choice((None, 0, 1, 1, 2, 2, 3, 3, 5))
        few = [RNG.randrange(colours) for _ in range(3)] + ([transparent] if transparent is not None else [])
        pixels = [RNG.choice(few) for _ in range(fw * fh)]
        frames.append(gif_frame((x, y, fw, fh), pixels, bits, own, transparent, disposal, RNG.random() < 0.3))
    return gif((w, h), common, bits, RNG.randrange(1 << bits), frames, RNG.choice((b";", b";", b"")))


def gifs():
    for i in range(60):
        FILES[f"random{i:02}.gif"] = random_gif(False, False)
    for i in range(12):
        FILES[f"grey{i:02}.gif"] = random_gif(True, False)
    for i in range(8):
        FILES[f"coloured-later{i}.gif"] = random_gif(True, False, True)
    for i in range(12):
        FILES[f"beyond{i:02}.gif"] = random_gif(False, True)
    pictures = [picture(26, 18, i) for i in range(9)]
    save("pillow.gif", pictures, "GIF", duration=40)
    save("pillow-optimized.gif", [p.quantize(7) for p in pictures], "GIF", optimize=True, disposal=2)
    save("pillow-grey.gif", [p.convert("L") for p in pictures], "GIF")
    save("one.gif", pictures[:1], "GIF")
    whole = FILES["pillow.gif"]
    FILES["junk-between.gif"] = whole[:-1] + b"\1\2\3;"
    FILES["cut.gif"] = whole[: len(whole) * 3 // 5]
    FILES["cut-late.gif"] = whole[:-30]


# ---- WebP


def picture(w, h, i, alpha=False):
    y, x = np.mgrid[:h, :w]
    waves = [127 + 120 * np.sin((x * (k + 1) + y * 2 + 9 * i) / 6 + k) for k in range(3)]
    pixels = np.stack(waves, -1).astype(np.uint8)
    if not alpha:
        return Image.fromarray(pixels)
    levels = np.random.default_rng(i).choice([0, 0, 1, 40, 128, 254, 255, 255], (h, w)).astype(np.uint8)
    return Image.fromarray(np.dstack([pixels, levels]), "RGBA")


def save(name, pictures, kind, **how):
    out = io.BytesIO()
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:], **how)
    FILES[name] = out.getvalue()


def chunk(name, body):
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def image_chunks(image, lossless):
    out = io.BytesIO()
    image.save(out, "WEBP", lossless=lossless, quality=70, exact=True)
    data, at, kept = out.getvalue(), 12, b""
    while at < len(data):
        length = struct.unpack("<I", data[at + 4 : at + 8])[0]
        if data[at : at + 4] in (b"VP8 ", b"VP8L", b"ALPH"):
            kept += data[at : at + 8 + length + length % 2]
        at += 8 + length + length % 2
    return kept


def u24(*values):
    return b"".join(struct.pack("<I", v)[:3] for v in values)


def webp(size, frames, extra=b"", flags=0x12):
    body = chunk(b"VP8X", bytes([flags, 0, 0, 0]) + u24(size[0] - 1, size[1] - 1))
    body += chunk(b"ANIM", bytes([10, 200, 30, 255, 0, 0])) + b"".join(frames) + extra
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def webp_frame(x, y, image, lossless, blended, cleared):
    flags = (0 if blended else 2) | (1 if cleared else 0)
    head = u24(x // 2, y // 2, image.width - 1, image.height - 1, 40) + bytes([flags])
    return chunk(b"ANMF", head + image_chunks(image, lossless))


def random_webp():
    w, h = RNG.randrange(8, 24), RNG.randrange(8, 20)
    frames = []
    for i in range(RNG.randrange(2, 6)):
        fw, fh = RNG.randrange(4, w + 1), RNG.randrange(4, h + 1)
        x, y = 2 * RNG.randrange((w - fw) // 2 + 1), 2 * RNG.randrange((h - fh) // 2 + 1)
        if RNG.random() < 0.4:
            x, y, fw, fh = 0, 0, w, h
        image = picture(fw, fh, RNG.randrange(1000), RNG.random() < 0.7)
        frames.append(webp_frame(x, y, image, RNG.random() < 0.6, RNG.random() < 0.6, RNG.random() < 0.4))
    return webp((w, h), frames)


def webps():
    for i in range(50):
        FILES[f"random{i:02}.webp"] = random_webp()
    pictures = [picture(26, 18, i) for i in range(9)]
    save("pillow.webp", pictures, "WEBP", duration=40, quality=60)
    save("pillow-alpha.webp", [picture(16, 12, i, True) for i in range(4)], "WEBP", lossless=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    save("pillow-exif6.webp", pictures[:3], "WEBP", exif=exif.tobytes(), lossless=True)
    save("still.webp", pictures[:1], "WEBP")
    whole = FILES["pillow.webp"]
    FILES["cut.webp"] = whole[: len(whole) * 3 // 5]


def expected(name, data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data))
            frames = []
            for i in range(image.n_frames):
                image.seek(i)
                frame = ImageOps.exif_transpose(image).convert("RGB")
                frames.append(f"{frame.width} {frame.height} {zlib.crc32(np.asarray(frame).tobytes())}")
            return "\t".join([name] + frames)
        except Exception as e:
            print(name, type(e).__name__, e)
            return f"{name}\trefused"


def choices():
    lines = []
    for count in (1, 2, 3, 4, 8, 16, 32):
        for frames in list(range(1, 40)) + [64, 100, 241, 300, 1000, 65536]:
            chosen = np.linspace(0, frames - 1, count).astype(np.int64)
            lines.append(f"{frames}\t{count}\t{' '.join(map(str, chosen))}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    gifs()
    webps()
    lines = [expected(name, data) for name, data in sorted(FILES.items())]
    with zipfile.ZipFile(HERE / "videos.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in [("expected.tsv", "\n".join(lines) + "\n")] + sorted(FILES.items()):
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    (HERE / "choices.tsv").write_text(choices())
    print(len(lines), "files")
