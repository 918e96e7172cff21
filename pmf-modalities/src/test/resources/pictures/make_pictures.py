"""Makes pictures.zip beside it: small pictures of every kind that people have, and what Pillow makes of them.

Run in this folder, with Pillow, NumPy and imagecodecs installed (made with Pillow 13.0.0, NumPy 2.4,
imagecodecs 2026.3.6, which writes the kinds of JPEG that Pillow does not):

    python make_pictures.py

Each line of expected.tsv in the archive is: file, then either "refused" and why Pillow refuses it, or width,
height, CRC-32 of all RGB bytes, and where the kind loses something, the 8 × 8 means of red, green and blue in
hundredths. The pixels are those of ImageOps.exif_transpose(Image.open(file)).convert("RGB"), which is what transformers hands to an
image processor.
"""

import io
import struct
import sys
import warnings
import zipfile
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

HERE = Path(__file__).parent
W, H = 23, 19
FILES = {}
LOSSY = (".jpg", ".webp", ".mpo", "jpeg-", "ycbcr8")


def add(name, data):
    assert name not in FILES, name
    FILES[name] = bytes(data)


def photo(width=W, height=H, seed=7):
    """Gradients, texture, hard edges and noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    u, v = x / width, y / height
    rgb = np.stack([60 + 150 * u, 200 - 140 * v, 90 + 100 * np.sin(3 * u + 2 * v)], axis=-1)
    rgb += 12 * np.sin(x / 2.3)[..., None] * np.cos(y / 3.1)[..., None]
    rgb += rng.normal(0, 1, rgb.shape)
    rgb[(u - 0.35) ** 2 + (v - 0.5) ** 2 < 0.05] = (235, 40, 30)
    rgb[(u > 0.6) & (u < 0.85) & (v > 0.2) & (v < 0.55)] = (20, 30, 220)
    return np.clip(rgb, 0, 255).round().astype(np.uint8)


RGB = photo()
IMAGE = Image.fromarray(RGB)
GREY = np.asarray(IMAGE.convert("L"))
ALPHA = np.random.default_rng(3).integers(0, 256, (H, W), dtype=np.uint8)
RNG = np.random.default_rng(11)


def save(name, image, fmt, **options):
    out = io.BytesIO()
    image.save(out, fmt, **options)
    add(name, out.getvalue())
    return out.getvalue()


def packed(samples, bits):
    """Rows of samples of 1, 2, 4 or 8 bits, the first in the highest bits; of 16, big endian."""
    rows = samples.reshape(samples.shape[0], -1)
    if bits == 16:
        return [row.astype(">u2").tobytes() for row in rows]
    if bits == 8:
        return [row.astype(np.uint8).tobytes() for row in rows]
    out = []
    for row in rows:
        text = "".join(format(int(s), f"0{bits}b") for s in row)
        text += "0" * (-len(text) % 8)
        out.append(int(text, 2).to_bytes(len(text) // 8, "big"))
    return out


# ---- PNG


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def filtered(samples, bits, kinds):
    """Scanlines under PNG's five filters in turn."""
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    bpp = max(1, channels * bits // 8)
    before, out = None, b""
    for y, row in enumerate(packed(samples, bits)):
        raw = np.frombuffer(row, np.uint8).astype(int)
        up = np.zeros_like(raw) if before is None else before
        left = np.concatenate([np.zeros(bpp, int), raw[:-bpp]]) if len(raw) > bpp else np.zeros_like(raw)
        corner = np.concatenate([np.zeros(bpp, int), up[:-bpp]]) if len(raw) > bpp else np.zeros_like(raw)
        kind = kinds[y % len(kinds)]
        p = left + up - corner
        a, b, c = abs(p - left), abs(p - up), abs(p - corner)
        paeth = np.where((a <= b) & (a <= c), left, np.where(b <= c, up, corner))
        guess = [0 * raw, left, up, (left + up) // 2, paeth][kind]
        out += bytes([kind]) + ((raw - guess) % 256).astype(np.uint8).tobytes()
        before = raw
    return out


def png(samples, bits, colour, before=(), between=(), after=(), interlaced=False, kinds=(0, 1, 2, 3, 4), idat=None,
        level=6, tail=b""):
    height, width = samples.shape[:2]
    if interlaced:
        data = b"".join(
            filtered(samples[y::dy, x::dx], bits, kinds)
            for x, y, dx, dy in ADAM7
            if samples[y::dy, x::dx].size
        )
    else:
        data = filtered(samples, bits, kinds)
    data = zlib.compress(data, level)
    out = b"\x89PNG\r\n\x1a\n"
    out += chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, int(interlaced)))
    out += b"".join(chunk(k, d) for k, d in before)
    size = idat or len(data)
    parts = [data[i : i + size] for i in range(0, len(data), size)]
    out += b"".join(chunk(b"IDAT", p) for p in parts)
    out += b"".join(chunk(k, d) for k, d in after) + chunk(b"IEND", b"") + tail
    return out


def exif(orientation, order=">"):
    mark = b"MM\0\x2a" if order == ">" else b"II\x2a\0"
    return mark + struct.pack(order + "IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)


def xmp(orientation):
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description tiff:Orientation="{orientation}"/>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def profile():
    """sRGB with the red and green primaries exchanged: whoever applies it shows it."""
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return icc.replace(b"rXYZ", b"tmpX").replace(b"gXYZ", b"rXYZ").replace(b"tmpX", b"gXYZ")


def pngs():
    for bits in (1, 2, 4, 8, 16):
        top = (1 << bits) - 1
        grey = GREY.astype(np.uint32) * top // 255
        if bits == 16:
            grey = RNG.integers(0, 700, (H, W)).astype(np.uint32)
        add(f"grey{bits}.png", png(grey, bits, 0))
        add(f"grey{bits}-interlaced.png", png(grey, bits, 0, interlaced=True))
        add(f"grey{bits}-trns.png", png(grey, bits, 0, before=[(b"tRNS", struct.pack(">H", int(grey[0, 0])))]))
        if bits <= 8:
            count = min(1 << bits, 200)
            colours = RNG.integers(0, 256, (count, 3), dtype=np.uint8).tobytes()
            index = RNG.integers(0, count, (H, W))
            plte = (b"PLTE", colours)
            add(f"palette{bits}.png", png(index, bits, 3, before=[plte]))
            add(f"palette{bits}-interlaced.png", png(index, bits, 3, before=[plte], interlaced=True))
            add(f"palette{bits}-trns.png", png(index, bits, 3, before=[plte, (b"tRNS", bytes(range(count))[::-1])]))
            if count > 2:
                short = (b"PLTE", colours[: 3 * (count // 2)])
                add(f"palette{bits}-short.png", png(index, bits, 3, before=[short]))
    for bits in (8, 16):
        wide = (lambda a: a) if bits == 8 else (lambda a: a.astype(np.uint32) * 257 ^ 0x5A)
        la, rgba = np.dstack([GREY, ALPHA]), np.dstack([RGB, ALPHA])
        for name, samples, colour in (("la", la, 4), ("rgb", RGB, 2), ("rgba", rgba, 6)):
            add(f"{name}{bits}.png", png(wide(samples), bits, colour))
            add(f"{name}{bits}-interlaced.png", png(wide(samples), bits, colour, interlaced=True))
        add(f"rgb{bits}-trns.png", png(wide(RGB), bits, 2, before=[(b"tRNS", struct.pack(">HHH", 1, 2, 3))]))
    add("rgb-gamma.png", png(RGB, 8, 2, before=[(b"gAMA", struct.pack(">I", 100000)), (b"cHRM", struct.pack(
        ">8I", 31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000))]))
    add("rgb-profile.png", png(RGB, 8, 2, before=[(b"iCCP", b"p\0\0" + zlib.compress(profile()))]))
    add("rgb-bad-profile.png", png(RGB, 8, 2, before=[(b"iCCP", b"p\0\0" + zlib.compress(b"no profile" * 30))]))
    add("grey-profile.png", png(GREY, 8, 0, before=[(b"iCCP", b"p\0\0" + zlib.compress(profile()))]))
    add("rgb-text.png", png(RGB, 8, 2, before=[(b"tEXt", b"Comment\0hello"), (b"zTXt", b"a\0\0" + zlib.compress(b"b" * 999)),
        (b"iTXt", b"k\0\0\0\0\0caf\xc3\xa9"), (b"pHYs", struct.pack(">IIB", 2835, 2835, 1)), (b"bKGD", b"\0\1\0\2\0\3"),
        (b"sBIT", b"\5\6\5"), (b"tIME", struct.pack(">HBBBBB", 2020, 1, 1, 1, 1, 1)), (b"prVt", b"private")]))
    add("rgb-suggested-palette.png", png(RGB, 8, 2, before=[(b"PLTE", bytes(range(30)))]))
    add("rgb-many-idat.png", png(RGB, 8, 2, idat=7))
    add("rgb-stored.png", png(RGB, 8, 2, level=0))
    add("rgb-tail.png", png(RGB, 8, 2, tail=b"appended \0 by somebody" * 9))
    add("rgb-exif-after.png", png(RGB, 8, 2, after=[(b"eXIf", exif(6))]))
    for value in range(1, 9):
        add(f"exif{value}.png", png(RGB, 8, 2, before=[(b"eXIf", exif(value, "<>"[value % 2]))]))
    add("xmp6.png", png(RGB, 8, 2, before=[(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(6))]))
    raw = b"\nexif\n      32\n" + (b"Exif\0\0" + exif(8)).hex().encode() + b"\n"
    add("raw-profile-exif.png", png(RGB, 8, 2, before=[(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(raw))]))
    add("wide.png", png(np.tile(RGB, (1, 30, 1))[:1], 8, 2))
    add("tall.png", png(np.tile(RGB, (30, 1, 1))[:, :1], 8, 2))
    add("one.png", png(RGB[:1, :1], 8, 2, interlaced=True))
    frames = [IMAGE, Image.fromarray(255 - RGB)]
    save("animated.png", frames[0], "PNG", save_all=True, append_images=frames[1:], duration=50)
    save("animated-default.png", Image.fromarray(photo(seed=1)), "PNG", save_all=True, default_image=True,
         append_images=frames, duration=50)
    good = png(RGB, 8, 2)
    at = good.index(b"IDAT")
    add("bad-header-checksum.png", good[:29] + bytes([good[29] ^ 1]) + good[30:])
    add("bad-text-checksum.png", png(RGB, 8, 2, before=[(b"tEXt", b"a\0b")]).replace(chunk(b"tEXt", b"a\0b"),
        struct.pack(">I", 3) + b"tEXta\0b\0\0\0\0"))
    add("bad-data-checksum.png", good[:-16] + bytes([good[-16] ^ 255]) + good[-15:])
    add("no-end.png", good[:-12])
    add("cut.png", good[: at + (len(good) - at) // 2])
    add("bad-depth.png", good[:24] + b"\3" + good[25:29] + struct.pack(">I", zlib.crc32(good[12:24] + b"\3" + good[25:29])) + good[33:])
    add("junk-before.png", b"junk" + good)
    add("no-data.png", good[: at - 4] + chunk(b"IEND", b""))


# ---- GIF


def lzw(pixels, bits, clear_each=None):
    """GIF's LZW with growing codes."""
    clear, end = 1 << bits, (1 << bits) + 1
    out, acc, held = bytearray(), 0, 0
    table, size, nxt = {}, bits + 1, end + 1

    def emit(code):
        nonlocal acc, held
        acc |= code << held
        held += size
        while held >= 8:
            out.append(acc & 255)
            acc >>= 8
            held -= 8

    emit(clear)
    prefix = None
    for n, p in enumerate(pixels):
        p = int(p)
        if prefix is None:
            prefix = p
            continue
        if (prefix, p) in table:
            prefix = table[prefix, p]
            continue
        emit(prefix)
        if nxt < 4096:
            table[prefix, p] = nxt
            if nxt == 1 << size and size < 12:
                size += 1
            nxt += 1
        elif clear_each:
            emit(clear)
            table, size, nxt = {}, bits + 1, end + 1
        prefix = p
    emit(prefix)
    emit(end)
    if held:
        out.append(acc & 255)
    data = bytes(out)
    return bytes([bits]) + b"".join(bytes([len(data[i : i + 255])]) + data[i : i + 255] for i in range(0, len(data), 255)) + b"\0"


def gif(frames, screen=(W, H), palette=None, background=0, version=b"89a", tail=b";"):
    """frames: (index array, left, top, local palette or None, interlaced, transparent or None, disposal)."""
    out = b"GIF" + version + struct.pack("<HH", *screen)
    if palette is None:
        out += bytes([0, background, 0])
    else:
        bits = max(1, (len(palette) // 3 - 1).bit_length())
        out += bytes([0x80 | (bits - 1), background, 0]) + palette.ljust(3 << bits, b"\0")
    for index, left, top, local, interlaced, transparent, disposal in frames:
        if transparent is not None or disposal:
            flags = disposal << 2 | (transparent is not None)
            out += b"!\xf9\x04" + bytes([flags]) + b"\x0a\0" + bytes([transparent or 0, 0])
        h, w = index.shape
        flags = 0x40 if interlaced else 0
        if local is not None:
            lbits = max(1, (len(local) // 3 - 1).bit_length())
            flags |= 0x80 | (lbits - 1)
        out += b"," + struct.pack("<HHHH", left, top, w, h) + bytes([flags])
        if local is not None:
            out += local.ljust(3 << lbits, b"\0")
        if interlaced:
            index = np.concatenate([index[0::8], index[4::8], index[2::4], index[1::2]])
        depth = max(2, int(index.max()).bit_length())
        out += lzw(index.reshape(-1), depth, clear_each=True)
    return out + tail


def gifs():
    colours = RNG.integers(0, 256, 64 * 3, dtype=np.uint8).tobytes()
    other = RNG.integers(0, 256, 16 * 3, dtype=np.uint8).tobytes()
    index = (GREY // 4).astype(int)
    small = (GREY[:11, :13] // 16).astype(int)
    add("plain.gif", gif([(index, 0, 0, None, False, None, 0)], palette=colours))
    add("87a.gif", gif([(index, 0, 0, None, False, None, 0)], palette=colours, version=b"87a"))
    add("interlaced.gif", gif([(index, 0, 0, None, True, None, 0)], palette=colours))
    add("local-palette.gif", gif([(small, 0, 0, other, False, None, 0)], screen=(13, 11), palette=colours))
    add("local-only.gif", gif([(small, 0, 0, other, False, None, 0)], screen=(13, 11)))
    add("no-palette.gif", gif([(small, 0, 0, None, False, None, 0)], screen=(13, 11)))
    add("offset.gif", gif([(small, 5, 7, None, False, None, 0)], palette=colours, background=9))
    add("offset-transparent.gif", gif([(small, 5, 7, None, False, 3, 0)], palette=colours, background=9))
    add("offset-interlaced-local.gif", gif([(small, 5, 7, other, True, 3, 2)], palette=colours, background=9))
    add("beyond-screen.gif", gif([(index, 5, 7, None, False, None, 0)], screen=(20, 20), palette=colours))
    add("transparent.gif", gif([(index, 0, 0, None, False, int(index[0, 0]), 0)], palette=colours))
    for disposal in (1, 2, 3):
        frames = [(index, 0, 0, None, False, 1, disposal), (small, 3, 3, other, False, 2, disposal)]
        add(f"animated-disposal{disposal}.gif", gif(frames, palette=colours))
    add("few-colours.gif", gif([(index, 0, 0, None, False, None, 0)], palette=colours[:30]))
    add("grey-ramp.gif", gif([(index, 0, 0, None, False, None, 0)], palette=bytes(b for i in range(64) for b in (i, i, i))))
    add("black-white.gif", gif([(GREY // 128, 0, 0, None, False, None, 0)], palette=b"\0\0\0\xff\xff\xff"))
    add("comments.gif", gif([(index, 0, 0, None, False, None, 0)], palette=colours).replace(
        b",\0\0", b"!\xfe\x05hello\0!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0!\x01\x0c123456789012\x02ab\0,\0\0", 1))
    whole = gif([(index, 0, 0, None, False, None, 0)], palette=colours)
    add("no-trailer.gif", whole[:-1])
    add("tail.gif", whole + b"junk behind the end")
    add("cut.gif", whole[: len(whole) * 2 // 3])
    add("no-frame.gif", whole[:13 + 192] + b";")
    save("photo.gif", IMAGE.resize((80, 60)), "GIF")
    noise = RNG.integers(0, 256, (72, 72))
    add("full-table.gif", gif([(noise, 0, 0, None, False, None, 0)], screen=(72, 72), palette=RNG.integers(0, 256, 768, dtype=np.uint8).tobytes()))


# ---- BMP


def bmp(rows, width, height, bits, palette=b"", header=40, compression=0, masks=b"", colours=0, size=None, gap=b"",
        tail=b"", top_down=False):
    h = -height if top_down else height
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", header, width, h, 1, bits, compression, len(rows), 2835, 2835, colours, 0)
        if header > 40:
            info += masks.ljust(header - 40, b"\0")
            masks = b""
    offset = 14 + len(info) + len(masks) + len(palette) + len(gap)
    out = b"BM" + struct.pack("<IHHI", offset + len(rows), 0, 0, offset) + info + masks + palette + gap + rows
    return out + tail


def bmp_rows(rows, top_down=False):
    rows = [r + b"\0" * (-len(r) % 4) for r in rows]
    return b"".join(rows if top_down else rows[::-1])


def bmps():
    for bits in (1, 4, 8):
        count = 1 << bits if bits < 8 else 200
        index = RNG.integers(0, count, (H, W))
        colours = RNG.integers(0, 256, (count, 3), dtype=np.uint8)
        quads = b"".join(bytes(c) + b"\0" for c in colours)
        rows = packed(index, bits)
        add(f"palette{bits}.bmp", bmp(bmp_rows(rows), W, H, bits, quads, colours=0 if bits < 8 else count))
        add(f"palette{bits}-top-down.bmp", bmp(bmp_rows(rows, True), W, H, bits, quads, colours=count, top_down=True))
        add(f"palette{bits}-os2.bmp", bmp(bmp_rows(rows), W, H, bits, b"".join(bytes(c) for c in colours).ljust(3 << bits, b"\0"), header=12))
        add(f"palette{bits}-v5.bmp", bmp(bmp_rows(rows), W, H, bits, quads, header=124, colours=count))
    ramp = b"".join(bytes([i, i, i, 0]) for i in range(256))
    add("grey8.bmp", bmp(bmp_rows(packed(GREY, 8)), W, H, 8, ramp))
    add("white-black1.bmp", bmp(bmp_rows(packed(GREY // 128, 1)), W, H, 1, b"\xff\xff\xff\0\0\0\0\0"))
    add("black-white1.bmp", bmp(bmp_rows(packed(GREY // 128, 1)), W, H, 1, b"\0\0\0\0\xff\xff\xff\0"))
    add("few-colours8.bmp", bmp(bmp_rows(packed(GREY // 4, 8)), W, H, 8, ramp[: 4 * 20], colours=20))
    bgr = RGB[..., ::-1]
    add("rgb24.bmp", bmp(bmp_rows(packed(bgr, 8)), W, H, 24))
    add("rgb24-top-down.bmp", bmp(bmp_rows(packed(bgr, 8), True), W, H, 24, top_down=True))
    add("rgb24-os2.bmp", bmp(bmp_rows(packed(bgr, 8)), W, H, 24, header=12))
    add("rgb24-os2v2.bmp", bmp(bmp_rows(packed(bgr, 8)), W, H, 24, header=64))
    add("rgb24-v4.bmp", bmp(bmp_rows(packed(bgr, 8)), W, H, 24, header=108))
    add("rgb24-gap-tail.bmp", bmp(bmp_rows(packed(bgr, 8)), W, H, 24, gap=b"\1" * 20, tail=b"after"))
    bgra = np.dstack([bgr, ALPHA])
    add("rgb32.bmp", bmp(bmp_rows(packed(bgra, 8)), W, H, 32))
    opaque = np.dstack([bgr, 0 * ALPHA])
    add("rgb32-zero-alpha.bmp", bmp(bmp_rows(packed(opaque, 8)), W, H, 32))
    for name, masks in {
        "bgrx": (0xFF0000, 0xFF00, 0xFF, 0), "xbgr": (0xFF000000, 0xFF0000, 0xFF00, 0),
        "abgr": (0xFF000000, 0xFF0000, 0xFF00, 0xFF), "rgba": (0xFF, 0xFF00, 0xFF0000, 0xFF000000),
        "bgra": (0xFF0000, 0xFF00, 0xFF, 0xFF000000), "bgar": (0xFF000000, 0xFF00, 0xFF, 0xFF0000), "zero": (0, 0, 0, 0),
        "odd": (0x3FF00000, 0xFFC00, 0x3FF, 0)}.items():
        add(f"masks32-{name}.bmp", bmp(bmp_rows(packed(bgra, 8)), W, H, 32, header=108, compression=3, masks=struct.pack("<4I", *masks)))
    add("masks32-v3.bmp", bmp(bmp_rows(packed(bgra, 8)), W, H, 32, compression=3, masks=struct.pack("<3I", 0xFF0000, 0xFF00, 0xFF)))
    five = (RGB[..., 0] >> 3).astype(np.uint16) << 10 | (RGB[..., 1] >> 3).astype(np.uint16) << 5 | RGB[..., 2] >> 3
    six = (RGB[..., 0] >> 3).astype(np.uint16) << 11 | (RGB[..., 1] >> 2).astype(np.uint16) << 5 | RGB[..., 2] >> 3
    le = lambda a: [row.astype("<u2").tobytes() for row in a]
    add("rgb16.bmp", bmp(bmp_rows(le(five)), W, H, 16))
    add("masks16-555.bmp", bmp(bmp_rows(le(five)), W, H, 16, compression=3, masks=struct.pack("<3I", 0x7C00, 0x3E0, 0x1F)))
    add("masks16-565.bmp", bmp(bmp_rows(le(six)), W, H, 16, compression=3, masks=struct.pack("<3I", 0xF800, 0x7E0, 0x1F)))
    index = np.repeat(RNG.integers(0, 16, (H, W // 4 + 1)), 4, axis=1)[:, :W]
    colours = RNG.integers(0, 256, (16, 3), dtype=np.uint8)
    quads = b"".join(bytes(c) + b"\0" for c in colours)

    def rle8(top):
        out = b""
        for row in index[::-1]:
            x = 0
            while x < W:
                n = 1
                while x + n < W and row[x + n] == row[x] and n < 255:
                    n += 1
                if n < 3 and x + 5 <= W:
                    out += bytes([0, 5]) + bytes(int(v) for v in row[x : x + 5]) + b"\0"
                    x += 5
                else:
                    out += bytes([n, int(row[x])])
                    x += n
            out += b"\0\0"
        return out + b"\0\1"

    def rle4():
        out = b""
        for row in index[::-1]:
            x = 0
            while x < W:
                n = min(W - x, 6)
                pair = [int(v) for v in row[x : x + n]]
                if len(set(pair[0::2])) == 1 and len(set(pair[1::2])) <= 1:
                    out += bytes([n, pair[0] << 4 | (pair[1] if n > 1 else 0)])
                elif n >= 3:
                    body = bytes((pair + [0, 0])[i] << 4 | (pair + [0, 0])[i + 1] for i in range(0, n, 2))
                    out += bytes([0, n]) + body + b"\0" * (len(body) % 2)
                else:
                    for v in pair:
                        out += bytes([1, v << 4])
                x += n
            out += b"\0\0"
        return out + b"\0\1"

    add("rle8.bmp", bmp(rle8(False), W, H, 8, quads, compression=1, colours=16))
    add("rle4.bmp", bmp(rle4(), W, H, 4, quads, compression=2, colours=16))
    delta = bytes([5, 1, 0, 2, 3, 2, 4, 2, 0, 0, 9, 3, 0, 1])
    add("rle8-delta.bmp", bmp(delta, W, H, 8, quads, compression=1, colours=16))
    add("rle8-short.bmp", bmp(rle8(False)[:60], W, H, 8, quads, compression=1, colours=16))
    whole = bmp(bmp_rows(packed(bgr, 8)), W, H, 24)
    add("cut.bmp", whole[: len(whole) // 2])
    add("jpeg-inside.bmp", bmp(b"\xff\xd8\xff", W, H, 24, compression=4))
    add("bad-depth.bmp", bmp(bmp_rows(packed(bgr, 8)), W, H, 13))


# ---- TIFF


def tiff_lzw(data):
    codes, table, nxt, size = [(256, 9)], {bytes([i]): i for i in range(256)}, 258, 9
    w = b""
    for b in data:
        wb = w + bytes([b])
        if wb in table:
            w = wb
            continue
        codes.append((table[w], size))
        table[wb] = nxt
        nxt += 1
        if nxt == (1 << size) and size < 12:
            size += 1
        if nxt == 4094:
            codes.append((256, size))
            table, nxt, size = {bytes([i]): i for i in range(256)}, 258, 9
        w = bytes([b])
    if w:
        codes.append((table[w], size))
    codes.append((257, size if nxt + 1 < (1 << size) or size == 12 else size + 1))
    text = "".join(format(c, f"0{s}b") for c, s in codes)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def packbits(data):
    out, i = bytearray(), 0
    while i < len(data):
        n = 1
        while i + n < len(data) and n < 128 and data[i + n] == data[i]:
            n += 1
        if n > 1:
            out += bytes([257 - n, data[i]])
            i += n
        else:
            j = i + 1
            while j < len(data) and j - i < 128 and (j + 1 >= len(data) or data[j] != data[j + 1]):
                j += 1
            out += bytes([j - i - 1]) + data[i:j]
            i = j
    return bytes(out)


COMPRESS = {1: bytes, 5: tiff_lzw, 8: zlib.compress, 32946: zlib.compress, 32773: packbits}


def tiff(samples, bits, photometric, order="<", compression=1, rows=None, tile=None, planar=1, predictor=1, extra=None,
         palette=None, big=False, fill=1, fmt=None, more=(), orientation=None, pages=1, before=b"", tail=b""):
    height, width = samples.shape[:2]
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    cube = samples.reshape(height, width, channels)

    def block(part):
        if predictor == 2:
            diff = part.astype(np.int64).copy()
            diff[:, 1:] -= part[:, :-1].astype(np.int64)
            part = diff % (1 << bits)
        if bits > 8 and fmt != 3:
            data = b"".join(r.astype(f"{order}u{bits // 8}").tobytes() for r in part.reshape(part.shape[0], -1))
        elif fmt == 3:
            data = b"".join(r.astype(f"{order}f4").tobytes() for r in part.reshape(part.shape[0], -1))
        else:
            data = b"".join(packed(part, bits))
        if fill == 2:
            data = bytes(int(format(b, "08b")[::-1], 2) for b in data)
        return COMPRESS[compression](data)

    planes = [cube] if planar == 1 else [cube[..., c : c + 1] for c in range(channels)]
    blocks = []
    for plane in planes:
        if tile:
            for y in range(0, height, tile):
                for x in range(0, width, tile):
                    part = np.zeros((tile, tile, plane.shape[2]), plane.dtype)
                    cut = plane[y : y + tile, x : x + tile]
                    part[: cut.shape[0], : cut.shape[1]] = cut
                    blocks.append(block(part))
        else:
            for y in range(0, height, rows or height):
                blocks.append(block(plane[y : y + (rows or height)]))
    body, offsets = b"", []
    start = (16 if big else 8) + len(before)
    for b in blocks:
        offsets.append(start + len(body))
        body += b + b"\0" * (len(b) % 2)
    tags = [(256, 4, [width]), (257, 4, [height]), (258, 3, [bits] * channels), (259, 3, [compression]),
            (262, 3, [photometric]), (277, 3, [channels]), (284, 3, [planar])]
    if tile:
        tags += [(322, 3, [tile]), (323, 3, [tile]), (324, 4, offsets), (325, 4, [len(b) for b in blocks])]
    else:
        tags += [(273, 4, offsets), (278, 4, [rows or height]), (279, 4, [len(b) for b in blocks])]
    if predictor != 1:
        tags.append((317, 3, [predictor]))
    if extra is not None:
        tags.append((338, 3, extra))
    if palette is not None:
        tags.append((320, 3, palette))
    if fill != 1:
        tags.append((266, 3, [fill]))
    if fmt:
        tags.append((339, 3, [fmt] * channels))
    if orientation:
        tags.append((274, 3, [orientation]))
    tags = sorted(tags + list(more))
    ifd_at = start + len(body)
    wide = 8 if big else 4
    entry = 20 if big else 12
    count = struct.pack(order + ("Q" if big else "H"), len(tags))
    values_at = ifd_at + len(count) + entry * len(tags) + wide
    ifd, values = count, b""
    for tag, kind, value in tags:
        data = struct.pack(order + str(len(value)) + {1: "B", 3: "H", 4: "I", 7: "B"}[kind], *value)
        if len(data) > wide:
            where = struct.pack(order + ("Q" if big else "I"), values_at + len(values))
            values += data + b"\0" * (len(data) % 2)
        else:
            where = data.ljust(wide, b"\0")
        ifd += struct.pack(order + ("HHQ" if big else "HHI"), tag, kind, len(value)) + where
    ifd += struct.pack(order + ("Q" if big else "I"), 0)
    mark = b"II" if order == "<" else b"MM"
    if big:
        head = mark + struct.pack(order + "HHHQ", 43, 8, 0, ifd_at)
    else:
        head = mark + struct.pack(order + "HI", 42, ifd_at)
    return head + before + body + ifd + values + tail


def tiffs():
    rgba, la = np.dstack([RGB, ALPHA]), np.dstack([GREY, ALPHA])
    for order, word in (("<", "le"), (">", "be")):
        add(f"rgb8-{word}.tif", tiff(RGB, 8, 2, order))
        add(f"rgb16-{word}.tif", tiff(RGB.astype(int) * 257 ^ 0x5A, 16, 2, order))
        add(f"rgba16-{word}.tif", tiff(rgba.astype(int) * 257 ^ 0x5A, 16, 2, order, extra=[2]))
        add(f"grey16-{word}.tif", tiff(RNG.integers(0, 700, (H, W)), 16, 1, order))
        add(f"grey16-predictor-{word}.tif", tiff(RNG.integers(0, 700, (H, W)), 16, 1, order, compression=5, predictor=2))
        add(f"rgb-deflate-predictor-{word}.tif", tiff(RGB, 8, 2, order, compression=8, predictor=2, rows=5))
        add(f"big-{word}.tif", tiff(RGB, 8, 2, order, big=True, rows=7))
        add(f"float-{word}.tif", tiff(GREY / 1.7 - 20, 32, 1, order, fmt=3))
        add(f"int32-{word}.tif", tiff(RNG.integers(0, 700, (H, W)), 32, 1, order))
        add(f"rgb16-predictor-{word}.tif", tiff(RGB.astype(int) * 257 ^ 0x5A, 16, 2, order, compression=8, predictor=2))
    add("int16-signed.tif", tiff(RNG.integers(-300, 700, (H, W)) % 65536, 16, 1, fmt=2))
    add("grey16-white.tif", tiff(RNG.integers(0, 700, (H, W)), 16, 0))
    for bits in (1, 2, 4, 8):
        grey = GREY.astype(int) * ((1 << bits) - 1) // 255
        add(f"grey{bits}.tif", tiff(grey, bits, 1))
        add(f"grey{bits}-white.tif", tiff(grey, bits, 0))
        add(f"grey{bits}-fill2.tif", tiff(grey, bits, 1, fill=2))
        colours = [int(v) * 257 for v in RNG.integers(0, 256, 3 << bits)]
        index = RNG.integers(0, 1 << bits, (H, W))
        add(f"palette{bits}.tif", tiff(index, bits, 3, palette=colours))
    add("la8.tif", tiff(la, 8, 1, extra=[2]))
    add("la8-premultiplied.tif", tiff(la, 8, 1, extra=[1]))
    add("la8-unspecified.tif", tiff(la, 8, 1, extra=[0]))
    add("rgba8.tif", tiff(rgba, 8, 2, extra=[2]))
    add("rgba8-untold.tif", tiff(rgba, 8, 2))
    add("rgbx8.tif", tiff(rgba, 8, 2, extra=[0]))
    pre = (rgba.astype(int) * np.dstack([ALPHA, ALPHA, ALPHA, ALPHA * 0 + 255]) // 255).astype(np.uint8)
    add("rgba8-premultiplied.tif", tiff(pre, 8, 2, extra=[1]))
    add("rgba16-premultiplied.tif", tiff(pre.astype(int) * 257, 16, 2, extra=[1]))
    add("rgbax8.tif", tiff(np.dstack([rgba, ALPHA[::-1]]), 8, 2, extra=[2, 0]))
    cmyk = np.asarray(IMAGE.convert("CMYK")).copy()
    cmyk[..., 3] = ALPHA // 3
    add("cmyk8.tif", tiff(cmyk, 8, 5))
    add("cmyk16.tif", tiff(cmyk.astype(int) * 257, 16, 5, ">"))
    add("cmyk8-planar.tif", tiff(cmyk, 8, 5, planar=2, compression=8))
    ycc = np.asarray(IMAGE.convert("YCbCr"))
    add("ycbcr8.tif", tiff(ycc, 8, 6, more=[(530, 3, [1, 1])]))
    save("lab.tif", Image.fromarray(np.dstack([GREY, ALPHA, GREY[::-1]]), "LAB"), "TIFF")
    for compression, word in ((5, "lzw"), (8, "deflate"), (32946, "deflate-old"), (32773, "packbits")):
        add(f"strips-{word}.tif", tiff(RGB, 8, 2, compression=compression, rows=6))
        add(f"tiles-{word}.tif", tiff(RGB, 8, 2, compression=compression, tile=16))
    add("tiles-raw.tif", tiff(RGB, 8, 2, tile=16))
    add("tiles-grey1.tif", tiff(GREY // 128, 1, 1, tile=16))
    add("tiles-predictor.tif", tiff(RGB, 8, 2, tile=16, compression=5, predictor=2))
    add("planar.tif", tiff(RGB, 8, 2, planar=2))
    add("planar-lzw-strips.tif", tiff(RGB, 8, 2, planar=2, compression=5, rows=4, predictor=2))
    add("planar-tiles.tif", tiff(RGB, 8, 2, planar=2, compression=8, tile=16))
    add("planar16.tif", tiff(RGB.astype(int) * 257, 16, 2, ">", planar=2))
    black = IMAGE.convert("1")
    for compression in ("group3", "group4", "tiff_ccitt", "packbits", "tiff_lzw"):
        save(f"bw-{compression}.tif", black, "TIFF", compression=compression)
    save("bw-group4-large.tif", Image.fromarray(photo(130, 90)).convert("1"), "TIFF", compression="group4")
    for quality, mode in ((90, "RGB"), (75, "L"), (80, "YCbCr"), (80, "CMYK")):
        save(f"jpeg-{mode.lower()}.tif", IMAGE.convert(mode), "TIFF", compression="jpeg", quality=quality)
    save("jpeg-large.tif", Image.fromarray(photo(130, 90)), "TIFF", compression="jpeg")
    for value in (3, 6, 8):
        add(f"orientation{value}.tif", tiff(RGB, 8, 2, orientation=value))
    save("pages.tif", IMAGE, "TIFF", save_all=True, append_images=[Image.fromarray(255 - RGB)])
    save("profile.tif", IMAGE, "TIFF", icc_profile=profile())
    save("zstd.tif", IMAGE, "TIFF", compression="zstd")
    save("lzma.tif", IMAGE, "TIFF", compression="lzma")
    add("tail.tif", tiff(RGB, 8, 2, tail=b"junk" * 9))
    add("xmp6.tif", tiff(RGB, 8, 2, more=[(700, 1, list(xmp(6)))]))
    whole = tiff(RGB, 8, 2, compression=5)
    add("cut-directory.tif", whole[:-40])
    add("cut-data.tif", whole[:200])
    loop = bytearray(tiff(RGB, 8, 2))
    ifd = struct.unpack("<I", loop[4:8])[0]
    tags = struct.unpack("<H", loop[ifd : ifd + 2])[0]
    loop[ifd + 2 + 12 * tags : ifd + 6 + 12 * tags] = struct.pack("<I", ifd)
    add("looping.tif", bytes(loop))
    add("unknown-colours.tif", tiff(GREY.astype(int) * 16, 16, 9))


# ---- JPEG


def segments(data):
    """The marker segments of a JPEG up to its first scan."""
    at, out = 2, []
    while True:
        marker = data[at + 1]
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker == 0xDA:
            return out, data[at:]
        out.append(data[at : at + 2 + length])
        at += 2 + length


def with_segment(data, marker, body):
    return data[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + data[2:]


def without(data, *markers):
    parts, scan = segments(data)
    return data[:2] + b"".join(p for p in parts if p[1] not in markers) + scan


def jpegs():
    import imagecodecs

    plain = save("plain.jpg", IMAGE, "JPEG", quality=90)
    for sampling in ("4:4:4", "4:2:2", "4:2:0"):
        word = sampling.replace(":", "")
        save(f"rgb-{word}.jpg", IMAGE, "JPEG", quality=80, subsampling=sampling)
        save(f"progressive-{word}.jpg", IMAGE, "JPEG", quality=80, subsampling=sampling, progressive=True)
    for sampling in ("440", "411"):
        add(f"rgb-{sampling}.jpg", imagecodecs.jpeg8_encode(RGB, level=85, subsampling=sampling))
    save("kept-rgb.jpg", IMAGE, "JPEG", quality=85, keep_rgb=True)
    save("kept-rgb-progressive.jpg", IMAGE, "JPEG", quality=85, keep_rgb=True, progressive=True)
    save("grey.jpg", Image.fromarray(GREY), "JPEG", quality=85)
    save("grey-progressive.jpg", Image.fromarray(GREY), "JPEG", quality=85, progressive=True)
    save("grey-profile.jpg", Image.fromarray(GREY), "JPEG", icc_profile=profile())
    save("optimized.jpg", IMAGE, "JPEG", optimize=True)
    save("poor.jpg", IMAGE, "JPEG", quality=5)
    save("best.jpg", IMAGE, "JPEG", quality=100)
    save("restarts.jpg", IMAGE, "JPEG", restart_marker_blocks=2)
    save("restarts-progressive.jpg", IMAGE, "JPEG", restart_marker_rows=1, progressive=True)
    save("large.jpg", Image.fromarray(photo(133, 87)), "JPEG", quality=75)
    save("large-progressive.jpg", Image.fromarray(photo(133, 87)), "JPEG", quality=75, progressive=True)
    cmyk = IMAGE.convert("CMYK")
    adobe = save("cmyk.jpg", cmyk, "JPEG", quality=90)
    save("cmyk-progressive.jpg", cmyk, "JPEG", quality=90, progressive=True)
    add("cmyk-no-adobe.jpg", without(adobe, 0xEE))
    ycck = bytearray(adobe)
    at = ycck.index(b"Adobe")
    ycck[at + 11] = 2
    add("ycck.jpg", bytes(ycck))
    save("profile.jpg", IMAGE, "JPEG", icc_profile=profile())
    add("bad-profile.jpg", with_segment(plain, 0xE2, b"ICC_PROFILE\0\1\1" + b"no profile at all" * 20))
    add("no-jfif.jpg", without(plain, 0xE0))
    add("adobe-ycc.jpg", with_segment(without(plain, 0xE0), 0xEE, b"Adobe\0\x64\0\0\0\0\1"))
    add("adobe-rgb.jpg", with_segment(without(plain, 0xE0), 0xEE, b"Adobe\0\x64\0\0\0\0\0"))
    add("jfif-and-adobe-rgb.jpg", with_segment(plain, 0xEE, b"Adobe\0\x64\0\0\0\0\0"))
    for value in range(2, 9):
        add(f"exif{value}.jpg", with_segment(plain, 0xE1, b"Exif\0\0" + exif(value, "<>"[value % 2])))
    add("exif-damaged.jpg", with_segment(plain, 0xE1, b"Exif\0\0" + exif(6)[:12]))
    add("xmp6.jpg", with_segment(plain, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(6)))
    add("comment.jpg", with_segment(plain, 0xFE, b"a comment"))
    add("fill-bytes.jpg", plain[:2] + b"\xff\xff\xff" + plain[2:])
    add("many-app.jpg", with_segment(with_segment(plain, 0xED, b"Photoshop 3.0\0" + b"8BIM" * 50), 0xEF, bytes(3000)))
    add("junk-before.jpg", b"junk" + plain)
    add("tail.jpg", plain + b"appended by somebody" * 9)
    add("two-pictures.jpg", plain + adobe)
    add("no-end.jpg", plain[:-2])
    add("cut.jpg", plain[: len(plain) * 2 // 3])
    add("cut-progressive.jpg", FILES["progressive-420.jpg"][: len(FILES["progressive-420.jpg"]) * 2 // 3])
    add("cut-header.jpg", plain[:150])
    frames = [IMAGE, Image.fromarray(255 - RGB)]
    save("several.mpo", frames[0], "MPO", save_all=True, append_images=frames[1:])
    add("lossless.jpg", imagecodecs.jpeg8_encode(RGB, lossless=True))
    add("lossless-grey.jpg", imagecodecs.jpeg8_encode(GREY, lossless=True, predictor=4))
    add("lossless12.jpg", imagecodecs.jpeg8_encode(GREY.astype(np.uint16) * 16, lossless=True, bitspersample=12))
    try:
        add("rgb12.jpg", imagecodecs.jpeg8_encode(RGB.astype(np.uint16) * 16, bitspersample=12))
    except Exception as e:
        print("12-bit:", e)
    flat = np.full((H, W, 3), (200, 30, 90), np.uint8)
    save("flat.jpg", Image.fromarray(flat), "JPEG")
    save("one.jpg", IMAGE.crop((0, 0, 1, 1)), "JPEG")
    save("thin.jpg", IMAGE.crop((0, 0, 1, H)), "JPEG")


# ---- WebP


def webps():
    rgba = Image.fromarray(np.dstack([RGB, ALPHA]))
    for quality in (5, 50, 80, 100):
        save(f"lossy{quality}.webp", IMAGE, "WEBP", quality=quality)
    save("lossy-large.webp", Image.fromarray(photo(133, 87)), "WEBP", quality=60)
    save("lossy-one.webp", IMAGE.crop((0, 0, 1, 1)), "WEBP")
    save("lossy-alpha.webp", rgba, "WEBP", quality=80)
    save("lossy-sharp.webp", IMAGE, "WEBP", use_sharp_yuv=True)
    save("lossless.webp", IMAGE, "WEBP", lossless=True)
    save("lossless-alpha.webp", rgba, "WEBP", lossless=True, exact=True)
    save("lossless-palette.webp", IMAGE.quantize(12).convert("RGB"), "WEBP", lossless=True)
    save("lossless-bw.webp", IMAGE.convert("1").convert("RGB"), "WEBP", lossless=True)
    save("lossless-large.webp", Image.fromarray(photo(70, 50)), "WEBP", lossless=True)
    save("profile.webp", IMAGE, "WEBP", icc_profile=profile())
    save("exif6.webp", IMAGE, "WEBP", exif=exif(6))
    save("exif3-alpha.webp", rgba, "WEBP", exif=b"Exif\0\0" + exif(3))
    save("xmp8.webp", IMAGE, "WEBP", xmp=xmp(8))
    frames = [IMAGE, Image.fromarray(255 - RGB), IMAGE.rotate(90)]
    whole = save("animated.webp", frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=40)
    save("animated-lossless.webp", frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    clear = Image.new("RGBA", (W, H), (0, 0, 0, 0))
    clear.paste(IMAGE.crop((0, 0, 13, 11)), (8, 6))
    save("animated-alpha.webp", clear, "WEBP", save_all=True, append_images=[rgba], lossless=True)
    save("animated-background.webp", clear, "WEBP", save_all=True, append_images=[rgba], background=(200, 10, 10, 255))
    save("animated-exif6.webp", frames[0], "WEBP", save_all=True, append_images=frames[1:], exif=exif(6))
    offset = bytearray(FILES["animated-lossless.webp"])
    at = offset.index(b"ANMF") + 8
    first = struct.unpack("<I", offset[at - 4 : at])[0]
    canvas = offset.index(b"VP8X") + 12
    offset[canvas : canvas + 6] = struct.pack("<I", W + 9)[:3] + struct.pack("<I", H + 7)[:3]
    offset[at : at + 6] = struct.pack("<I", 2)[:3] + struct.pack("<I", 3)[:3]
    add("animated-offset.webp", bytes(offset))
    plain = FILES["lossy80.webp"]
    add("tail.webp", plain + b"appended" * 5)
    add("cut.webp", plain[: len(plain) // 2])
    add("animated-cut.webp", whole[: len(whole) // 5])
    add("animated-cut-late.webp", whole[: len(whole) * 9 // 10])
    lie = bytearray(FILES["exif6.webp"])
    lie[lie.index(b"VP8X") + 12] += 5
    add("canvas-lie.webp", bytes(lie))


# ---- what is not read


def strangers():
    save("picture.avif", IMAGE, "AVIF")
    save("picture.jp2", IMAGE, "JPEG2000")
    save("picture.ico", IMAGE, "ICO", sizes=[(16, 16)])
    save("picture.ppm", IMAGE, "PPM")
    save("picture.tga", IMAGE, "TGA")
    save("picture.pdf", IMAGE, "PDF")
    save("picture.eps", IMAGE, "EPS")
    save("picture.dds", IMAGE.convert("RGBA"), "DDS")
    save("picture.qoi", IMAGE, "QOI")
    add("picture.svg", b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')
    add("page.html", b"<!DOCTYPE html><html><body>404</body></html>")
    add("heic.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40))
    add("picture.psd", b"8BPS\0\1" + bytes(60))
    add("pointer.png", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 3\n")


def expected(name, data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data))
            image = ImageOps.exif_transpose(image).convert("RGB")
        except Exception as e:
            return f"{name}\trefused\t{type(e).__name__}: {e}".split("\n")[0].replace("0x", "")
    pixels = np.asarray(image)
    line = f"{name}\t{image.width}\t{image.height}\t{zlib.crc32(pixels.tobytes())}"
    if not any(word in name for word in LOSSY):
        return line
    rows = np.array_split(np.arange(pixels.shape[0]), min(8, pixels.shape[0]))
    columns = np.array_split(np.arange(pixels.shape[1]), min(8, pixels.shape[1]))
    means = [
        str(round(100 * pixels[r[0] : r[-1] + 1, c[0] : c[-1] + 1, k].mean()))
        for r in rows for c in columns for k in range(3)
    ]
    return f"{line}\t{' '.join(means)}"


if __name__ == "__main__":
    for make in (pngs, gifs, bmps, tiffs, jpegs, webps, strangers):
        make()
    lines = [expected(name, data) for name, data in sorted(FILES.items())]
    with zipfile.ZipFile(HERE / "pictures.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in [("expected.tsv", "\n".join(lines) + "\n")] + sorted(FILES.items()):
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    refused = [line for line in lines if "\trefused\t" in line]
    print(len(lines), "files,", len(refused), "of them refused by Pillow", file=sys.stderr)
    print("\n".join(refused), file=sys.stderr)
