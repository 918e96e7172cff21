package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a RIFF/WAVE header says, up to where the samples begin.
 *
 * @param encoding of one sample
 * @param channels as claimed
 * @param rate as claimed, in Hz
 * @param bytes of samples, or {@link #UNKNOWN} where a writer that could not seek back left it open
 */
record WavHeader(WavEncoding encoding, int channels, int rate, long bytes) {
  static final long UNKNOWN = -1;

  private static final int EXTENSIBLE = 0xFFFE;
  private static final int LONGEST_FORMAT = 1 << 16;

  /** The last 14 bytes of the sub-format's GUID; the first two hold the format's code. */
  private static final byte[] GUID = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71
  };

  /** Reads chunks until {@code data} begins. */
  static WavHeader read(InputStream in) throws IOException {
    Bytes.read(in, 12, "the WAV header");
    ByteBuffer format = null;
    while (true) {
      byte[] chunk = in.readNBytes(8);
      if (chunk.length < 8) {
        throw new BadAudioException("the WAV file has no samples: no data chunk follows");
      }
      long size = Integer.toUnsignedLong(little(chunk).getInt(4));
      if (Bytes.isAt(chunk, 0, "data")) {
        if (format == null) {
          throw new BadAudioException("the WAV file has samples before it tells their format");
        }
        return of(format, size);
      }
      if (Bytes.isAt(chunk, 0, "fmt ")) {
        if (size < 16 || size > LONGEST_FORMAT) {
          throw new BadAudioException("the WAV file's format chunk has " + size + " bytes");
        }
        format = little(Bytes.read(in, (int) size, "the WAV header"));
        skip(in, size & 1);
      } else {
        skip(in, size + (size & 1));
      }
    }
  }

  /** Chunks have even sizes. A chunk that ends beyond the file is found by the next one missing. */
  private static void skip(InputStream in, long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      long skipped = in.skip(left);
      if (skipped <= 0 && in.read() < 0) {
        return;
      }
      left -= Math.max(skipped, 1);
    }
  }

  private static WavHeader of(ByteBuffer format, long size) throws BadAudioException {
    int code = Short.toUnsignedInt(format.getShort(0));
    int channels = Short.toUnsignedInt(format.getShort(2));
    int frame = Short.toUnsignedInt(format.getShort(12));
    int bits = Short.toUnsignedInt(format.getShort(14));
    if (code == EXTENSIBLE) {
      code = extensible(format);
    }
    WavEncoding encoding = WavEncoding.of(code, bits);
    if (frame != channels * encoding.bytes()) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "the WAV header contradicts itself: %d channels of %d bits in frames of %d bytes",
              channels,
              bits,
              frame));
    }
    boolean open = size == 0xFFFF_FFFFL || size == 0x7FFF_FFFFL || size == 0;
    return new WavHeader(encoding, channels, format.getInt(4), open ? UNKNOWN : size);
  }

  private static int extensible(ByteBuffer format) throws BadAudioException {
    if (format.limit() < 40) {
      throw new BadAudioException("the WAV file's extensible format chunk is too short");
    }
    byte[] guid = new byte[GUID.length];
    format.get(26, guid);
    if (!Arrays.equals(guid, GUID)) {
      throw new BadAudioException("the WAV file's sub-format is unknown; convert it to 16-bit PCM");
    }
    return Short.toUnsignedInt(format.getShort(24));
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
