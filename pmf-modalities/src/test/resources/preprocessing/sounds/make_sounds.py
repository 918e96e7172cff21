"""Makes the sound files beside it, as many writers leave them, and what libsndfile makes of each.

Run in this folder, with soundfile, PyAV and NumPy installed (made with soundfile 0.14.0 over
libsndfile 1.2.2, which reads MP3 by mpg123, PyAV 18.1.0 over FFmpeg, NumPy 2.4):

    python make_sounds.py

files/        the files
sounds.json   for each: rate, channels and frames that libsndfile reads; "crc", a CRC-32 of its
              samples (float32, little endian, interleaved), or for lossy codecs "square", their mean
              square, and "excerpt", samples at even distances; or "refused", what our refusal
              says, and "libsndfile", what libsndfile does with the file
"""

import io
import json
import shutil
import struct
import zlib
from pathlib import Path

import av
import numpy as np
import soundfile as sf

HERE = Path(__file__).parent
FILES = HERE / "files"
EXCERPT = 96
cases = []


# ---- the sounds, and their writers


def sound(rate, seconds, channels=1):
    """Gliding tones with noise, as different in the channels as two microphones'."""
    rng = np.random.default_rng(7)
    t = np.arange(round(rate * seconds)) / rate
    columns = []
    for c in range(channels):
        phase = 2 * np.pi * (210 + 45 * c) * (t + 1.2 * t**2)
        s = 0.5 * np.sin(phase) + 0.2 * np.sin(2.99 * phase) + 0.02 * rng.standard_normal(t.size)
        columns.append(s * np.minimum(1, np.minimum(t, t[-1] - t) * 60))
    return np.clip(np.stack(columns, -1), -0.95, 0.95)


def sndfile(rate, seconds, channels=1, **how):
    """What libsndfile writes."""
    out = io.BytesIO()
    sf.write(out, sound(rate, seconds, channels), rate, **how)
    return out.getvalue()


def ffmpeg(container, codec, rate, seconds, channels=1, options=None, codec_options=None, **fields):
    """What FFmpeg writes."""
    out = io.BytesIO()
    samples = sound(rate, seconds, channels)
    with av.open(out, "w", format=container, options=options or {}) as file:
        layout = {1: "mono", 2: "stereo"}[channels]
        file.metadata["title"] = "Title"
        stream = file.add_stream(codec, rate=rate, layout=layout, options=codec_options or {})
        for name, value in fields.items():
            setattr(stream.codec_context, name, value)
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray((samples * 32767).astype(np.int16).reshape(1, -1)), "s16", layout
        )
        frame.sample_rate = rate
        converter = av.AudioResampler(stream.codec_context.format, layout, rate, stream.codec_context.frame_size)
        for part in [*converter.resample(frame), *converter.resample(None)]:
            file.mux(stream.encode(part))
        file.mux(stream.encode(None))
    return out.getvalue()


# ---- what libsndfile makes of a file


def read(data):
    """Samples and rate; not by sf.read, which makes room for as many as a header tells of."""
    with sf.SoundFile(io.BytesIO(data)) as file:
        return file.read(min(file.frames, 1 << 20), dtype="float32", always_2d=True), file.samplerate


def add(name, data, refused=None, lossy=False, expected=None, frames=None):
    """A case. expected: bytes whose samples are the right ones, where libsndfile has its own way;
    frames: of them, so many."""
    (FILES / name).write_bytes(data)
    case = {"file": name}
    if refused:
        case["refused"] = refused
        try:
            x, rate = read(data)
            case["libsndfile"] = f"reads {len(x)} frames"
        except sf.LibsndfileError as e:
            case["libsndfile"] = "refuses: " + e.error_string
    else:
        try:
            x, rate = read(expected or data)
        except sf.LibsndfileError as e:
            print("!!!!", name, e.error_string)
            return
        x = x[:frames]
        case |= {"rate": rate, "channels": x.shape[1], "frames": len(x)}
        flat = x.ravel().astype("<f4")
        if lossy:
            at = [i * (flat.size - 1) // (EXCERPT - 1) for i in range(EXCERPT)]
            case["square"] = float(np.mean(flat.astype(np.float64) ** 2))
            case["excerpt"] = [float(np.float32(v)) for v in flat[at]]
        else:
            case["crc"] = zlib.crc32(flat.tobytes())
        if expected:
            try:
                y = read(data)[0]
                case["libsndfile"] = f"reads {len(y)} frames"
            except sf.LibsndfileError as e:
                case["libsndfile"] = "refuses: " + e.error_string
    cases.append(case)
    print(name, len(data), {k: v for k, v in case.items() if k not in ("file", "excerpt")})


# ---- tags that stand around any sound


def sized(n):
    """Seven bits a byte."""
    return bytes(n >> s & 0x7F for s in (21, 14, 7, 0))


def id3v2(version=4, flags=0, payload=b"", footer=False):
    text = b"TIT2" + struct.pack(">IH", 6, 0) + b"\3Title"
    body = text + payload
    flags |= 0x10 if footer else 0
    head = bytes([version, 0, flags]) + sized(len(body))
    return b"ID3" + head + body + (b"3DI" + head if footer else b"")


def picture(size):
    """An ID3v2 frame with bytes of a picture in which frames of MPEG audio seem to begin."""
    data = b"\0image/jpeg\0\3\0" + (b"\xff\xfb\x90\x64\xff\xe3\x18\xc4" + bytes(120)) * (size // 128)
    return b"APIC" + sized(len(data)) + b"\0\0" + data


def id3v1(title=b"Title"):
    return b"TAG" + title.ljust(30, b"\0") + b"Artist".ljust(30, b"\0") + bytes(64) + b"\x0c"


def apev2(header=True):
    item = struct.pack("<II", 5, 0) + b"Title\0" + b"Sound"
    size, count = len(item) + 32, 1
    tail = b"APETAGEX" + struct.pack("<IIII", 2000, size, count, 0x80000000 if header else 0) + bytes(8)
    top = b"APETAGEX" + struct.pack("<IIII", 2000, size, count, 0xA0000000) + bytes(8)
    return (top if header else b"") + item + tail


def apev1():
    item = struct.pack("<II", 5, 0) + b"Title\0" + b"Sound"
    return item + b"APETAGEX" + struct.pack("<IIII", 1000, len(item) + 32, 1, 0) + bytes(8)


def lyrics3():
    body = b"LYRICSBEGIN" + b"IND0000200" + b"LYR00013[00:00]A line"
    return body + b"%06dLYRICS200" % len(body)


# ---- MP3


def frames_of(mp3):
    """Where the frames of Layer III begin, of a file that holds nothing else."""
    rates = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
    one = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    two = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    at, found = 0, []
    while at + 4 <= len(mp3):
        version, index = mp3[at + 1] >> 3 & 3, mp3[at + 2] >> 4
        rate = rates[version][mp3[at + 2] >> 2 & 3]
        kilobits = (one if version == 3 else two)[index]
        found.append(at)
        at += (144 if version == 3 else 72) * kilobits * 1000 // rate + (mp3[at + 2] >> 1 & 1)
    assert at == len(mp3)
    return found


def info_with(mp3, **change):
    """The file with other numbers in its first frame's Xing or Info tag."""
    at = max(mp3.find(b"Xing"), mp3.find(b"Info"))
    b = bytearray(mp3)
    assert b[at + 7] == 15
    if "frames" in change:
        b[at + 8 : at + 12] = struct.pack(">I", change["frames"])
    if "bytes" in change:
        b[at + 12 : at + 16] = struct.pack(">I", change["bytes"])
    if "gaps" in change:
        b[at + 141 : at + 144] = change["gaps"]
    if "lame" in change:
        b[at + 120 : at + 144] = change["lame"]
    return bytes(b)


def mp3():
    mono = sndfile(16000, 0.3, format="MP3")
    stereo = sndfile(44100, 0.12, 2, format="MP3")
    constant = sndfile(16000, 0.3, format="MP3", bitrate_mode="CONSTANT", compression_level=0.8)
    second = frames_of(constant)[1]
    bare = constant[second:]

    def mp3(name, data, **more):
        add(f"mp3_{name}.mp3", data, lossy=True, **more)

    mp3("mono", mono)
    mp3("joint_stereo", stereo)
    mp3("constant", constant)
    mp3("bare", bare)
    mp3("ffmpeg_variable", ffmpeg("mp3", "libmp3lame", 16000, 0.3, codec_options={"q": "4"}))
    mp3("ffmpeg_variable_id3v1", ffmpeg("mp3", "libmp3lame", 16000, 0.3, codec_options={"q": "4"}, options={"write_id3v1": "1"}))
    mp3("ffmpeg_bare", ffmpeg("mp3", "libmp3lame", 22050, 0.2, options={"write_xing": "0", "id3v2_version": "0"}))
    mp3("ffmpeg_stereo", ffmpeg("mp3", "libmp3lame", 48000, 0.1, 2, codec_options={"joint_stereo": "0"}))
    mp3("id3v1", mono + id3v1())
    mp3("bare_id3v1", bare + id3v1())
    mp3("id3v1_twice", bare + id3v1() + id3v1())
    mp3("id3v1_extended", mono + b"TAG+" + b"Title".ljust(223, b"\0") + id3v1())
    mp3("id3v1_like_frames", bare + id3v1(b"\xff\xf3\x88\xc4\xff\xf3\x88\xc4"))
    mp3("id3v2", id3v2() + mono)
    mp3("id3v2_twice", id3v2() + id3v2(3) + mono)
    mp3("id3v2_old", id3v2(2) + mono)
    mp3("id3v2_footer", id3v2(footer=True) + mono, expected=mono)
    mp3("id3v2_unsynchronised", id3v2(4, 0x80, b"\xff\x00\xfb" * 30) + mono)
    mp3("id3v2_padded", id3v2(3, 0, bytes(700)) + mono)
    mp3("id3v2_zeros_behind", id3v2() + bytes(200) + mono, expected=mono)
    mp3("id3v2_picture", id3v2(3, 0, picture(6000)) + mono)
    mp3("id3v2_appended", bare + id3v2(footer=True))
    mp3("id3v2_between", between(bare, id3v2()), expected=bare)
    mp3("apev2", mono + apev2())
    mp3("bare_apev2", bare + apev2())
    mp3("apev2_before", apev2() + mono, expected=mono)
    mp3("apev1_id3v1", bare + apev1() + id3v1())
    mp3("lyrics3_id3v1", bare + lyrics3() + id3v1())
    mp3("everything_behind", id3v2() + mono + apev2() + lyrics3() + id3v1())
    mp3("zeros_behind", bare + bytes(700))
    mp3("zeros_before", bytes(300) + bare, refused="known format")
    mp3("text_behind", bare + b"\r\n<html>404 Not Found</html>\r\n" * 9)
    mp3("junk_between", between(bare, b"\0junk\xff\xf0 \xff\xfb" * 20), expected=bare)
    mp3("starts_within", bare[len(bare) // 3 :], refused="known format")
    mp3("ends_within", bare[: -(len(bare) // 3) - 20])
    mp3("info_more_frames", info_with(mono, frames=len(frames_of(mono)) + 7))
    mp3("info_no_frames", info_with(constant, frames=0), expected=bare)
    mp3("info_fewer_frames", info_with(mono, frames=5))
    mp3("info_wrong_bytes", info_with(mono, bytes=99))
    mp3("info_huge", info_with(mono, frames=0xFFFFFFFF, bytes=0xFFFFFFFF))
    mp3("info_gaps_too_long", info_with(mono, gaps=b"\xff\xff\xff"), expected=info_with(mono, gaps=bytes(3)))
    mp3("info_alone", info_with(mono, lame=bytes(24)))
    mp3("info_no_gaps", info_with(mono, gaps=bytes(3)))
    mp3("two_files", mono + mono)
    mp3("two_bare_files", bare + bare)
    variable = ffmpeg("mp3", "libmp3lame", 16000, 0.3, codec_options={"q": "4"}, options={"write_xing": "0", "id3v2_version": "0"})
    mp3("bare_variable", variable)
    mp3("mpeg25", sndfile(8000, 0.3, format="MP3"))
    mp3("vbri", vbri(bare))
    mp3("free_format", free_format(), refused="free")
    mp3("layer2", ffmpeg("mp2", "mp2", 32000, 0.1), refused="Layer II ")
    mp3("layer1", layer1(), refused="Layer I ")
    mp3("cut", mono[: len(mono) * 2 // 3], refused="truncated")
    mp3("cut_between_frames", mono[: frames_of(mono)[7]])
    mp3("bare_tail", bare[frames_of(bare)[3] :])
    mp3("bare_tail_variable", variable[frames_of(variable)[3] :])
    mp3("two_rates", bare + frames_alone(sndfile(8000, 0.2, format="MP3")), refused="changes its rate")
    mp3("mono_then_stereo", bare + frames_alone(sndfile(16000, 0.2, 2, format="MP3")), refused="changes its rate")


def between(data, junk):
    at = frames_of(data)[4]
    return data[:at] + junk + data[at:]


def frames_alone(file):
    """Without the first frame and its tag."""
    return file[frames_of(file)[1] :]


def free_format():
    whole = sndfile(32000, 0.1, format="MP3", bitrate_mode="CONSTANT", compression_level=0.6)
    starts = frames_of(whole)[1:]
    b = bytearray(whole[starts[0] :])
    for s in starts:
        b[s - starts[0] + 2] &= 0x0F
    return bytes(b)


def vbri(bare):
    end = frames_of(bare)[1]
    tag = bare[:4].ljust(36, b"\0") + b"VBRI" + struct.pack(">HHHII", 1, 0, 75, len(bare), 3)
    return tag.ljust(end, b"\0") + bare


def layer1():
    """Silent frames of Layer I: 384 samples at 32 kHz with 32 kbit/s, no bits allocated."""
    return (b"\xff\xff\x18\xc0" + bytes(44)) * 20


# ---- WAV


def chunk(name, body, size=None, pad=True):
    return name + struct.pack("<I", len(body) if size is None else size) + body + b"\0" * (len(body) % 2 if pad else 0)


def fmt(code, channels, rate, bits, align=None, extra=b""):
    align = channels * bits // 8 if align is None else align
    return chunk(b"fmt ", struct.pack("<HHIIHH", code, channels, rate, rate * align, align, bits) + extra)


def wav(*chunks, size=None, name=b"RIFF", kind=b"WAVE"):
    body = kind + b"".join(chunks)
    return name + struct.pack("<I", len(body) if size is None else size) + body


def wavs():
    x = (sound(8000, 0.06) * 32767).astype("<i2").tobytes()
    odd = x[:-1]
    f, data = fmt(1, 1, 8000, 16), chunk(b"data", x)
    note = chunk(b"LIST", b"INFOICMT" + struct.pack("<I", 5) + b"data\0")

    def case(name, file, **more):
        add(f"wav_{name}.wav", file, **more)

    case("mu_law", sndfile(8000, 0.1, format="WAV", subtype="ULAW"))
    case("a_law_stereo", sndfile(8000, 0.1, 2, format="WAV", subtype="ALAW"))
    case("ima", sndfile(8000, 0.2, format="WAV", subtype="IMA_ADPCM"))
    case("ima_stereo", sndfile(22050, 0.1, 2, format="WAV", subtype="IMA_ADPCM"))
    case("ms_adpcm", sndfile(8000, 0.2, format="WAV", subtype="MS_ADPCM"))
    case("ms_adpcm_stereo", sndfile(22050, 0.1, 2, format="WAV", subtype="MS_ADPCM"))
    case("ffmpeg_mu_law", ffmpeg("wav", "pcm_mulaw", 8000, 0.1))
    case("ffmpeg_a_law", ffmpeg("wav", "pcm_alaw", 8000, 0.1, 2))
    case("ffmpeg_ima", ffmpeg("wav", "adpcm_ima_wav", 8000, 0.3))
    case("ffmpeg_ima_stereo", ffmpeg("wav", "adpcm_ima_wav", 16000, 0.2, 2))
    case("ffmpeg_ms", ffmpeg("wav", "adpcm_ms", 8000, 0.3))
    case("ffmpeg_ms_stereo", ffmpeg("wav", "adpcm_ms", 16000, 0.2, 2))
    ima = sndfile(8000, 0.2, format="WAV", subtype="IMA_ADPCM")
    case("ima_without_fact", without_fact(ima))
    case("ima_cut_in_block", cut_data(ima, 300), expected=ima, frames=2 * 505 + 1 + (724 - 2 * 256 - 4) * 2)
    case("ima_any_bytes", any_blocks(ima))
    case("ima_stereo_any_bytes", any_blocks(sndfile(22050, 0.1, 2, format="WAV", subtype="IMA_ADPCM")))
    ms = sndfile(8000, 0.2, format="WAV", subtype="MS_ADPCM")
    case("ms_without_fact", without_fact(ms))
    case("ms_cut_in_block", cut_data(ms, 300), expected=ms, frames=2 * 500 + 2 + (len(ms) - 90 - 300 - 2 * 256 - 7) * 2)
    case("ms_any_bytes", any_blocks(ms))
    case("ms_stereo_any_bytes", any_blocks(sndfile(22050, 0.1, 2, format="WAV", subtype="MS_ADPCM")))
    wild = bytearray(ms)
    wild[ms.index(b"data") + 8] = 7
    case("ms_unknown_predictor", bytes(wild), refused="predictor 7")
    case("gsm", sndfile(8000, 0.1, format="WAV", subtype="GSM610"), refused="GSM 6.10")
    case("g721", sndfile(8000, 0.1, format="WAV", subtype="G721_32"), refused="G.721")
    case("mp3", ffmpeg("wav", "libmp3lame", 16000, 0.1), refused="MP3")
    case("aac", wav(fmt(0xFF, 1, 16000, 16), data), refused="format 255")
    case("ffmpeg_pcm", ffmpeg("wav", "pcm_s16le", 8000, 0.06))
    case("ffmpeg_24", ffmpeg("wav", "pcm_s24le", 8000, 0.06, 2))
    case("list_behind", wav(f, data, note))
    case("list_before", wav(f, note, data))
    case("everything", wav(chunk(b"JUNK", bytes(28)), chunk(b"bext", bytes(602)), f, chunk(b"fact", b"\0\1\0\0"),
                           chunk(b"cue ", bytes(4)), data, chunk(b"id3 ", id3v2()), note))
    case("odd_chunk_padded", wav(chunk(b"note", b"abc"), f, data))
    case("odd_chunk_not_padded", wav(f, chunk(b"note", b"abc", pad=False), data), expected=wav(f, data))
    case("odd_data", wav(f, chunk(b"data", odd), note))
    case("odd_bytes_8_bit", wav(fmt(1, 1, 8000, 8), chunk(b"data", odd), note))
    case("id3v2_before", id3v2() + wav(f, data), expected=wav(f, data))
    case("id3v1_behind", wav(f, data) + id3v1())
    case("zeros_behind", wav(f, data) + bytes(100))
    case("junk_behind_the_sound", wav(f, data) + b"\x01\x02text behind, no chunk")
    case("streamed_zero", wav(f, chunk(b"data", x, 0), size=0), expected=wav(f, data))
    case("streamed_zero_36", wav(f, chunk(b"data", x, 0), size=36), expected=wav(f, data))
    case("empty_data_chunks_behind", wav(f, chunk(b"data", b""), note), refused="no samples")
    case("streamed_all_ones", wav(f, chunk(b"data", x, 0xFFFFFFFF), size=0xFFFFFFFF))
    case("streamed_largest", wav(f, chunk(b"data", x, 0x7FFFFFFF), size=0x7FFFFFFF + 36))
    case("streamed_ffmpeg", wav(f, note, chunk(b"data", x, 0xFFFFFFFF), size=0xFFFFFFFF))
    case("riff_size_zero", wav(f, data, size=0))
    case("riff_size_small", wav(f, data, size=40))
    case("riff_size_large", wav(f, data, size=1 << 30))
    case("data_size_large", wav(f, chunk(b"data", x, len(x) + 1000)), refused="truncated")
    case("data_size_small", wav(f, chunk(b"data", x, 200)))
    case("align_zero", wav(fmt(1, 1, 8000, 16, 0), data), refused="contradicts itself")
    case("align_wrong", wav(fmt(1, 1, 8000, 16, 4), data), refused="contradicts itself")
    case("twelve_bits", wav(fmt(1, 1, 8000, 12, 2), data))
    case("twenty_bits", wav(fmt(1, 1, 8000, 20, 3), chunk(b"data", x[: len(x) // 3 * 3])))
    case("format_of_18", wav(fmt(1, 1, 8000, 16, extra=b"\0\0"), data))
    case("format_of_20", wav(fmt(1, 1, 8000, 16, extra=b"\0\0\0\0"), data))
    case("extensible_24_in_32", extensible(1, 1, 8000, 32, 24, x[: len(x) // 4 * 4]))
    case("extensible_mu_law", extensible(7, 1, 8000, 8, 8, x[:400]))
    case("extensible_ambisonic", extensible(1, 4, 8000, 16, 16, x[: len(x) // 8 * 8], b"\x21\x07\xd3\x11\x86\x44\xc8\xc1\xca\x00\x00\x00"))
    case("extensible_zero_mask", extensible(3, 2, 8000, 32, 32, sound(8000, 0.05, 2).astype("<f4").tobytes()))
    case("rifx", sndfile(8000, 0.06, 2, format="WAV", subtype="PCM_24", endian="BIG"))
    case("rf64", sndfile(8000, 0.06, 2, format="RF64", subtype="PCM_16"))
    case("rf64_float", sndfile(8000, 0.06, 1, format="RF64", subtype="FLOAT"))
    bw64 = bytearray(sndfile(8000, 0.06, 2, format="RF64", subtype="PCM_16"))
    bw64[:4] = b"BW64"
    case("bw64", bytes(bw64), expected=sndfile(8000, 0.06, 2, format="RF64", subtype="PCM_16"))
    case("second_data_chunk", wav(f, data, data), expected=wav(f, data))
    case("two_formats", wav(f, fmt(1, 2, 16000, 16), data), refused="format twice")
    case("no_data", wav(f, note), refused="no samples")
    case("empty_data", wav(f, chunk(b"data", b"")), refused="no samples")
    case("data_before_format", wav(data, f), refused="before")
    case("rate_0", wav(fmt(1, 1, 0, 16), data), refused="0 Hz")
    case("rate_1", wav(fmt(1, 1, 1, 16), data), refused="1 Hz")
    case("rate_192000", wav(fmt(1, 1, 192000, 16), data))
    case("channels_0", wav(fmt(1, 0, 8000, 16, 2), data), refused="0 channels")
    case("channels_1000", wav(fmt(1, 1000, 8000, 16), chunk(b"data", x[:2000] * 2)), refused="1000 channels")
    case("channels_64", wav(fmt(1, 64, 8000, 8), chunk(b"data", x[:640])))


def extensible(code, channels, rate, bits, valid, data, tail=b"\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71"):
    guid = struct.pack("<HH", code, 0) + tail
    more = struct.pack("<HHI", 22, valid, 0) + guid
    return wav(fmt(0xFFFE, channels, rate, bits, extra=more), chunk(b"data", data))


def without_fact(file):
    at = file.index(b"fact")
    return file[:at] + file[at + 12 :]


def any_blocks(file):
    """With random bytes for samples."""
    at, block = file.index(b"data") + 8, struct.unpack_from("<H", file, 32)[0]
    b = bytearray(file[:at] + np.random.default_rng(1).bytes(len(file) - at))
    if file[20] == 2:
        for start in range(at, len(b), block):
            for c in range(file[22]):
                b[start + c] %= 7
    return bytes(b)


def cut_data(file, bytes_less):
    """Shorter, with right sizes: its last block ends early."""
    at = file.index(b"data")
    b = bytearray(file[: len(file) - bytes_less])
    b[4:8] = struct.pack("<I", len(b) - 8)
    b[at + 4 : at + 8] = struct.pack("<I", len(b) - at - 8)
    return bytes(b)


# ---- FLAC


def flacs():
    plain = sndfile(16000, 0.1, format="FLAC", subtype="PCM_16")

    def case(name, file, **more):
        add(f"flac_{name}.flac", file, **more)

    def block(kind, body):
        return bytes([kind]) + struct.pack(">I", len(body))[1:] + body

    open_end = bytearray(plain)
    open_end[21] &= 0xF0
    open_end[22:26] = bytes(4)
    rest = 8 + 34
    case("id3v2_before", id3v2(3, 0, picture(800)) + plain)
    case("id3v1_behind", plain + id3v1())
    case("apev2_behind", plain + apev2())
    case("zeros_behind", plain + bytes(300))
    case("no_length", bytes(open_end), expected=plain)
    case("no_length_id3v1_behind", bytes(open_end) + id3v1(), refused="damaged")
    case("blocks", plain[:rest] + block(1, bytes(50)) + block(6, bytes(28) + struct.pack(">I", 2968) + bytes(2968)) + block(2, b"abcd1234") + plain[rest:])
    case("stereo_24", sndfile(44100, 0.05, 2, format="FLAC", subtype="PCM_24"))
    case("stereo_ffmpeg", ffmpeg("flac", "flac", 16000, 0.1, 2))
    case("cut", plain[: len(plain) // 2], refused="truncated")
    ogg = joined([page(5, 0, 2, 0, b"\x7fFLAC\1\0\0\1" + plain[:42])])
    add("flac_in_ogg.oga", ogg, refused="FLAC in Ogg")


# ---- Ogg


def pages(file):
    at, found = 0, []
    while at < len(file):
        count = file[at + 26]
        end = at + 27 + count + sum(file[at + 27 : at + 27 + count])
        found.append(bytearray(file[at:end]))
        at = end
    return found


def ogg_crc(page):
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc


def joined(all_pages):
    for page in all_pages:
        page[22:26] = bytes(4)
        page[22:26] = struct.pack("<I", ogg_crc(page))
    return b"".join(bytes(p) for p in all_pages)


def page(serial, sequence, flags, granule, body):
    lacing = bytes([255] * (len(body) // 255) + [len(body) % 255])
    return bytearray(b"OggS\0" + struct.pack("<BqIIIB", flags, granule, serial, sequence, 0, len(lacing)) + lacing + body)


def oggs():
    plain = sndfile(16000, 0.4, format="OGG", subtype="VORBIS")
    other = sndfile(16000, 0.2, format="OGG", subtype="VORBIS")
    wide = sndfile(44100, 0.1, 2, format="OGG", subtype="VORBIS")

    def case(name, file, **more):
        add(f"ogg_{name}.ogg", file, lossy=True, **more)

    case("stereo", wide)
    case("ffmpeg", ffmpeg("ogg", "vorbis", 16000, 0.3, 2, codec_options={"strict": "-2"}))
    case("id3v2_before", id3v2() + plain, expected=plain)
    case("id3v1_behind", plain + id3v1())
    case("zeros_behind", plain + bytes(500))
    case("junk_before", b"junk" * 10 + plain, refused="known format")
    late = pages(plain)
    for p in late[2:]:
        struct.pack_into("<q", p, 6, struct.unpack_from("<q", p, 6)[0] + 480000)
    case("late_granules", joined(late))
    stay = pages(plain)
    stay[-1][5] &= ~4
    case("no_end_flag", joined(stay))
    skeleton = pages(plain)
    skeleton.insert(1, page(4242, 0, 2, 0, b"fishead\0" + bytes(56)))
    skeleton.insert(3, page(4242, 1, 4, 0, b""))
    case("skeleton_within", joined(skeleton))
    ahead = pages(plain)
    ahead.insert(0, page(4242, 0, 2, 0, b"fishead\0" + bytes(56)))
    case("skeleton_before", joined(ahead), expected=plain)
    again = pages(other)
    for p in again:
        struct.pack_into("<I", p, 14, 777)
    case("chained", plain + joined(again))
    case("chained_other_rate", plain + wide)
    case("cut", plain[: len(plain) * 2 // 3], refused="truncated")
    case("opus", sndfile(16000, 0.1, format="OGG", subtype="OPUS"), refused="Opus in Ogg")


# ---- others


def others():
    def case(name, file, **more):
        add(f"other_{name}", file, **more)

    case("pcm.aiff", sndfile(8000, 0.06, format="AIFF", subtype="PCM_16"), refused="AIFF")
    case("float.aifc", sndfile(8000, 0.06, format="AIFF", subtype="FLOAT"), refused="AIFF")
    case("mu_law.au", sndfile(8000, 0.06, format="AU", subtype="ULAW"), refused="AU")
    case("pcm.caf", sndfile(8000, 0.06, format="CAF", subtype="PCM_16"), refused="CAF")
    case("pcm.w64", sndfile(8000, 0.06, format="W64", subtype="PCM_16"), refused="W64")
    case("pcm.voc", sndfile(8000, 0.06, format="VOC", subtype="PCM_16"), refused="VOC")
    case("aac.m4a", ffmpeg("ipod", "aac", 16000, 0.1), refused="M4A")
    case("aac.aac", ffmpeg("adts", "aac", 16000, 0.1), refused="AAC")
    case("amr.amr", ffmpeg("amr", "libopencore_amrnb", 8000, 0.1, codec_options={"b": "12200"}), refused="AMR")
    case("wma.wma", ffmpeg("asf", "wmav2", 16000, 0.1, codec_options={"b": "32000"}), refused="WMA")
    case("opus.webm", ffmpeg("webm", "libopus", 16000, 0.1), refused="WebM")
    case("text.wav", b"id,label\n1,yes\n", refused="known format")
    case("zeros.mp3", bytes(3000), refused="known format")
    case("page.mp3", b"<!DOCTYPE html><html><body>Not found</body></html>", refused="known format")


if __name__ == "__main__":
    shutil.rmtree(FILES, ignore_errors=True)
    FILES.mkdir()
    mp3()
    wavs()
    flacs()
    oggs()
    others()
    (HERE / "sounds.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    print(len(cases), "files", sum(f.stat().st_size for f in FILES.iterdir()) // 1024, "KiB")
