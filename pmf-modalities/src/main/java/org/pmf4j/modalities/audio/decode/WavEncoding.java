package org.pmf4j.modalities.audio.decode;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** How a WAV file writes one sample, little endian. */
enum WavEncoding {
  /** 8-bit PCM, the only one without a sign. */
  PCM_8(1, 8) {
    @Override
    float sample(ByteBuffer bytes) {
      return ((bytes.get() & 0xFF) - 128) / 128f;
    }
  },
  /** 16-bit PCM. */
  PCM_16(1, 16) {
    @Override
    float sample(ByteBuffer bytes) {
      return bytes.getShort() / 32768f;
    }
  },
  /** 24-bit PCM. */
  PCM_24(1, 24) {
    @Override
    float sample(ByteBuffer bytes) {
      int low = Short.toUnsignedInt(bytes.getShort());
      return (bytes.get() << 16 | low) / 0x1p23f;
    }
  },
  /** 32-bit PCM, rounded to single precision. */
  PCM_32(1, 32) {
    @Override
    float sample(ByteBuffer bytes) {
      return bytes.getInt() / 0x1p31f;
    }
  },
  /** Single precision. */
  FLOAT_32(3, 32) {
    @Override
    float sample(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  /** Double precision, rounded to single. */
  FLOAT_64(3, 64) {
    @Override
    float sample(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  };

  private final int code;
  private final int bits;

  WavEncoding(int code, int bits) {
    this.code = code;
    this.bits = bits;
  }

  /** The encoding of a format code, 1 for PCM or 3 for floating point, and a width. */
  static WavEncoding of(int code, int bits) throws BadAudioException {
    return Arrays.stream(values())
        .filter(e -> e.code == code && e.bits == bits)
        .findFirst()
        .orElseThrow(
            () ->
                new BadAudioException(
                    String.format(
                        Locale.ROOT,
                        "WAV files of format %d with %d bits are not supported (PCM of 8, 16, 24 and"
                            + " 32 bits and float of 32 and 64 are); convert it to 16-bit PCM",
                        code,
                        bits)));
  }

  /** Bytes of a sample. */
  int bytes() {
    return bits / 8;
  }

  /** Takes the next sample; full scale is ±1. */
  abstract float sample(ByteBuffer bytes);
}
