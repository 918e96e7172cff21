"""Makes the files beside it: short synthetic clips, and what the references make of them.

Run in this folder, with soundfile, NumPy, PyTorch and transformers installed and without torchaudio,
so that transformers uses its own NumPy code for AST (made with soundfile 0.14.0 over libsndfile
1.2.2, NumPy 2.4.6, PyTorch 2.7.1, transformers 4.57.1):

    python make_audio_fixtures.py

clips/           clips in many formats
decoded.json     for each clip: rate, channels, frames, where its samples begin
decoded.f32      the samples that libsndfile decodes, float32, little endian, interleaved
resampled.json   the cases: clip, rates, number of samples, where they begin
resampled.f32    the resampled signals, from the definition below
features.json    the cases: clip, preprocessor_config.json, model, shapes, where the values begin
features.f32     the features that transformers' extractors give

Of features with many frames of padding only the first are kept; the others have one value.
"""

import json
import shutil
from pathlib import Path

import numpy as np
import soundfile as sf
from transformers import ASTFeatureExtractor, Wav2Vec2FeatureExtractor, WhisperFeatureExtractor

HERE = Path(__file__).parent
CLIPS = HERE / "clips"
EXTRACTORS = {c.__name__: c for c in (ASTFeatureExtractor, Wav2Vec2FeatureExtractor, WhisperFeatureExtractor)}


# ---- clips


def sound(rate, seconds, channels=1, seed=3):
    """A gliding tone with overtones, a steady one, noise, and silence of zeros at the end."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(rate * seconds)) / rate
    signals = []
    for c in range(channels):
        phase = 2 * np.pi * (180 + 60 * c) * (t + 1.5 * t**2)
        s = 0.4 * np.sin(phase) + 0.2 * np.sin(2.01 * phase) + 0.08 * np.sin(3.97 * phase)
        s += 0.1 * np.sin(2 * np.pi * (1100 + 170 * c) * t) + 0.02 * rng.standard_normal(t.size)
        s *= np.minimum(1, np.minimum(t, t[-1] - t) * 40)
        s[int(0.92 * t.size) :] = 0
        signals.append(s)
    return np.clip(np.stack(signals, -1), -0.98, 0.98)


def write_clips():
    shutil.rmtree(CLIPS, ignore_errors=True)
    CLIPS.mkdir()

    def write(name, rate, seconds, channels=1, **how):
        sf.write(CLIPS / name, sound(rate, seconds, channels), rate, **how)

    for subtype in ("PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"):
        write(f"{subtype.lower()}.wav", 8000, 0.12, subtype=subtype)
    write("stereo.wav", 8000, 0.12, 2, subtype="PCM_16")
    write("three.wav", 8000, 0.12, 3, subtype="PCM_24")
    write("extensible.wav", 8000, 0.12, 2, subtype="PCM_16", format="WAVEX")
    write("extensible_float.wav", 8000, 0.12, 6, subtype="FLOAT", format="WAVEX")
    write("speech.wav", 16000, 0.4, subtype="PCM_16")
    write("short.wav", 16000, 0.05, subtype="PCM_16")
    write("slow.wav", 8000, 0.4, subtype="PCM_16")
    write("fast.wav", 44100, 0.2, 2, subtype="PCM_16")
    write("pcm_16.flac", 16000, 0.4, subtype="PCM_16")
    write("pcm_24.flac", 44100, 0.1, 2, subtype="PCM_24")
    write("pcm_s8.flac", 8000, 0.12, subtype="PCM_S8")
    write("eight.flac", 8000, 0.1, 8, subtype="PCM_16")
    write("mpeg1.mp3", 44100, 0.3, 2)
    write("mpeg2.mp3", 16000, 0.4)
    write("mpeg25.mp3", 8000, 0.4)
    untagged(CLIPS / "untagged.mp3")
    write("mono.ogg", 16000, 0.4)
    write("stereo.ogg", 44100, 0.6, 2)
    write("opus.ogg", 16000, 0.1, format="OGG", subtype="OPUS")
    write("mu_law.wav", 8000, 0.05, subtype="ULAW")


def untagged(path):
    """Of a constant bit rate, without the first frame, which says where the sound begins and ends."""
    sf.write(path, sound(16000, 0.4), 16000, bitrate_mode="CONSTANT", compression_level=0.8)
    whole = path.read_bytes()
    path.write_bytes(whole[whole.index(whole[:2], 4) :])


REFUSED = ("opus.ogg", "mu_law.wav")


# ---- values


class Values:
    """Numbers of many cases in one file."""

    def __init__(self):
        self.parts, self.size = [], 0

    def add(self, values):
        offset = self.size
        self.parts.append(np.ascontiguousarray(values, dtype="<f4").ravel())
        self.size += self.parts[-1].size
        return offset

    def write(self, name, cases):
        (HERE / f"{name}.f32").write_bytes(np.concatenate(self.parts).tobytes())
        (HERE / f"{name}.json").write_text(json.dumps(cases, indent=1) + "\n")


def decoded(name):
    return sf.read(CLIPS / name, dtype="float32", always_2d=True)


def write_decoded():
    values, cases = Values(), []
    for path in sorted(CLIPS.iterdir()):
        if path.name not in REFUSED:
            x, rate = decoded(path.name)
            cases.append(
                {"clip": path.name, "rate": rate, "channels": x.shape[1], "frames": x.shape[0], "offset": values.add(x)}
            )
    values.write("decoded", cases)


# ---- resampling: the definition of torchaudio.functional.resample (sinc_interp_hann), sample by sample


def resample(x, source, target, crossings=6, rolloff=0.99):
    if source == target:
        return x
    divisor = np.gcd(source, target)
    source, target = source // divisor, target // divisor
    cutoff = min(source, target) * rolloff
    at = np.arange(len(x)) / source
    out = np.empty(-(-len(x) * target // source))
    for k in range(len(out)):
        t = np.clip((at - k / target) * cutoff, -crossings, crossings)
        kernel = np.sinc(t) * np.cos(t * np.pi / crossings / 2) ** 2 * cutoff / source
        out[k] = x.astype(np.float64) @ kernel
    return out.astype(np.float32)


def mono(name):
    x, rate = decoded(name)
    return x.mean(axis=1), rate


def write_resampled():
    values, cases = Values(), []
    pairs = [(8000, 16000), (16000, 8000), (44100, 16000), (22050, 16000), (11025, 16000), (48000, 16000)]
    pairs += [(384000, 16000), (1000, 16000), (16000, 44100), (15999, 16000), (16000, 16000)]
    x, _ = mono("pcm_24.wav")
    for source, target in pairs:
        part = x[:60] if source < 2000 else x
        y = resample(part, source, target)
        cases.append(
            {"from": source, "to": target, "inputs": len(part), "outputs": len(y), "offset": values.add(y)}
        )
    values.write("resampled", cases)


# ---- features


def write_features():
    values, cases = Values(), []

    def case(clip, config, kept=None):
        """kept: how many frames to store; the others must all have one value."""
        x, rate = mono(clip)
        extractor = EXTRACTORS[config["feature_extractor_type"]].from_dict(config)
        x = resample(x, rate, extractor.sampling_rate)
        out = extractor(
            x, sampling_rate=extractor.sampling_rate, return_tensors="np", **asked(config)
        )
        name = extractor.model_input_names[0]
        y = out[name][0].astype(np.float32)
        found = {"clip": clip, "config": config, "input": name, "shape": list(y.shape)}
        if kept is not None:
            frames = 0 if name == "input_values" else 1
            y, rest = np.split(y, [kept], axis=frames)
            assert (rest == rest.flat[0]).all(), (clip, config)
            found |= {"kept": kept, "rest": float(rest.flat[0])}
        if "attention_mask" in out:
            mask = out["attention_mask"][0]
            assert (np.diff(mask) <= 0).all()
            found |= {"masked": [int(mask.sum()), len(mask)]}
        found["offset"] = values.add(y)
        cases.append(found)

    def asked(config):
        """Whisper's extractor gives its mask only where the call asks for it."""
        whisper = config["feature_extractor_type"] == "WhisperFeatureExtractor"
        return {"return_attention_mask": True} if whisper and config.get("return_attention_mask") else {}

    ast = {"feature_extractor_type": "ASTFeatureExtractor"}
    case("speech.wav", ast, kept=40)
    case("speech.wav", ast | {"max_length": 40, "num_mel_bins": 64, "mean": -6.5, "std": 3.25})
    case("speech.wav", ast | {"max_length": 20, "do_normalize": False})
    case("slow.wav", ast | {"sampling_rate": 8000, "max_length": 24, "num_mel_bins": 40})
    case("fast.wav", ast | {"max_length": 20, "num_mel_bins": 128})
    case("mpeg2.mp3", ast | {"max_length": 40, "num_mel_bins": 64})
    whisper = {"feature_extractor_type": "WhisperFeatureExtractor"}
    case("speech.wav", whisper, kept=48)
    case("speech.wav", whisper | {"chunk_length": 1, "feature_size": 128, "return_attention_mask": True})
    case("slow.wav", whisper | {"chunk_length": 1, "n_fft": 512, "hop_length": 200, "padding_value": 0.01})
    case("speech.wav", whisper | {"chunk_length": 1, "n_fft": 401, "hop_length": 161, "feature_size": 40})
    wav2vec2 = {"feature_extractor_type": "Wav2Vec2FeatureExtractor"}
    case("speech.wav", wav2vec2)
    case("speech.wav", wav2vec2 | {"do_normalize": False, "return_attention_mask": True})
    case("slow.wav", wav2vec2 | {"return_attention_mask": True})
    values.write("features", cases)


if __name__ == "__main__":
    write_clips()
    write_decoded()
    write_resampled()
    write_features()
