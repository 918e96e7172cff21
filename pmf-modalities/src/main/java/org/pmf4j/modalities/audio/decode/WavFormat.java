package org.pmf4j.modalities.audio.decode;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * What a format chunk says.
 *
 * @param codec from bytes to samples
 * @param channels as claimed
 * @param rate as claimed, in Hz
 */
record WavFormat(WavCodec codec, int channels, int rate) {
  private static final int LEAST_BYTES = 16;
  private static final int EXTENSIBLE = 0xFFFE;

  /** Behind the format's code in the GUID of a sub-format: Microsoft's, and that of ambisonics. */
  private static final byte[][] GUIDS = {
    {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71},
    {
      0,
      0,
      0x21,
      7,
      (byte) 0xD3,
      0x11,
      (byte) 0x86,
      0x44,
      (byte) 0xC8,
      (byte) 0xC1,
      (byte) 0xCA,
      0,
      0,
      0
    }
  };

  /** Names of formats that are not read. */
  private static final Map<Integer, String> NAMES =
      Map.of(
          0x31, "GSM 6.10",
          0x40, "G.721 ADPCM",
          0x45, "G.726 ADPCM",
          0x50, "MPEG audio in WAV",
          0x55, "MP3 in WAV",
          0x161, "Windows Media Audio",
          0x2000, "AC-3",
          0x706D, "AAC",
          0xFF, "AAC (format 255)");

  /**
   * Reads a chunk.
   *
   * @param chunk in the file's byte order
   */
  static WavFormat of(ByteBuffer chunk) throws BadAudioException {
    if (chunk.limit() < LEAST_BYTES) {
      throw new BadAudioException("the WAV file's format chunk has " + chunk.limit() + " bytes");
    }
    int code = Short.toUnsignedInt(chunk.getShort(0));
    if (code == EXTENSIBLE) {
      code = extensible(chunk);
    }
    int channels = Short.toUnsignedInt(chunk.getShort(2));
    return new WavFormat(codec(code, channels, chunk), channels, chunk.getInt(4));
  }

  private static WavCodec codec(int code, int channels, ByteBuffer chunk) throws BadAudioException {
    int block = Short.toUnsignedInt(chunk.getShort(12));
    int bits = Short.toUnsignedInt(chunk.getShort(14));
    if (code == ImaAdpcm.CODE) {
      return ImaAdpcm.of(channels, block);
    }
    if (code == MsAdpcm.CODE) {
      int from = Math.min(chunk.limit(), LEAST_BYTES + 2);
      return MsAdpcm.of(
          channels, block, chunk.slice(from, chunk.limit() - from).order(chunk.order()));
    }
    if (NAMES.containsKey(code)) {
      throw new BadAudioException(NAMES.get(code) + " is not supported; convert it to 16-bit PCM");
    }
    WavEncoding encoding = encoding(code, bits);
    if (block != channels * encoding.bytes()) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "the WAV header contradicts itself: %d channels of %d bits in frames of %d bytes",
              channels,
              bits,
              block));
    }
    return new WavSamples(encoding, channels);
  }

  private static WavEncoding encoding(int code, int bits) throws BadAudioException {
    return WavEncoding.of(code, bits)
        .orElseThrow(
            () ->
                new BadAudioException(
                    String.format(
                        Locale.ROOT,
                        "WAV files of format %d with %d bits are not supported (PCM of up to 32 bits,"
                            + " float of 32 and 64, A-law, µ-law, IMA and Microsoft ADPCM are);"
                            + " convert it to 16-bit PCM",
                        code,
                        bits)));
  }

  private static int extensible(ByteBuffer chunk) throws BadAudioException {
    if (chunk.limit() < 40) {
      throw new BadAudioException("the WAV file's extensible format chunk is too short");
    }
    byte[] guid = new byte[14];
    chunk.get(26, guid);
    if (Arrays.stream(GUIDS).noneMatch(known -> Arrays.equals(known, guid))) {
      throw new BadAudioException("the WAV file's sub-format is unknown; convert it to 16-bit PCM");
    }
    return Short.toUnsignedInt(chunk.getShort(24));
  }
}
