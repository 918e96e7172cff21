package org.pmf4j.modalities.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** How a WAV file writes one sample, in the file's byte order. */
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
      int a = bytes.get();
      int b = bytes.get() & 0xFF;
      int c = bytes.get();
      boolean little = bytes.order() == ByteOrder.LITTLE_ENDIAN;
      return ((little ? c : a) << 16 | b << 8 | (little ? a : c) & 0xFF) / 0x1p23f;
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
  },
  /** A-law of ITU-T G.711: 13 bits in 8. */
  A_LAW(6, 8) {
    @Override
    float sample(ByteBuffer bytes) {
      int code = bytes.get() ^ 0x55;
      int segment = code >> 4 & 7;
      int size = (code & 0xF) << 4 | 8;
      int value = segment == 0 ? size : (size | 0x100) << segment - 1;
      return ((code & 0x80) == 0 ? -value : value) / 32768f;
    }
  },
  /** µ-law of ITU-T G.711: 14 bits in 8. */
  MU_LAW(7, 8) {
    @Override
    float sample(ByteBuffer bytes) {
      int code = ~bytes.get();
      int value = (((code & 0xF) << 3 | 0x84) << (code >> 4 & 7)) - 0x84;
      return ((code & 0x80) == 0 ? value : -value) / 32768f;
    }
  };

  private final int code;
  private final int bits;

  WavEncoding(int code, int bits) {
    this.code = code;
    this.bits = bits;
  }

  /**
   * The encoding of a format code and a width. PCM of a width between has its bits at the top of
   * the next larger one.
   */
  static Optional<WavEncoding> of(int code, int bits) {
    int width = code == 1 ? (bits + 7) / 8 * 8 : bits;
    return Arrays.stream(values()).filter(e -> e.code == code && e.bits == width).findFirst();
  }

  /** Bytes of a sample. */
  int bytes() {
    return bits / 8;
  }

  /** Takes the next sample; full scale is ±1. */
  abstract float sample(ByteBuffer bytes);
}
