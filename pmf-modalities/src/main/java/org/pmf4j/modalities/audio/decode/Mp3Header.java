package org.pmf4j.modalities.audio.decode;

import java.util.Optional;

/**
 * The four bytes that a frame of MPEG-1, 2 or 2.5 audio begins with (ISO 11172-3, 13818-3).
 *
 * @param mpeg1 true for MPEG-1, false for the lower sampling rates of MPEG-2 and 2.5
 * @param layer 1 to 3
 * @param rate in Hz
 * @param channels 1 or 2
 * @param sideInformation bytes between the header and the data of Layer III, its checksum included
 * @param length of the frame in bytes, 0 for a free format, whose frames do not tell it
 */
record Mp3Header(
    boolean mpeg1, int layer, int rate, int channels, int sideInformation, int length) {
  static final int BYTES = 4;

  private static final int[] RATES = {44_100, 48_000, 32_000};

  /** kbit/s by index, for layers 1 to 3 of MPEG-1, then layer 1 and the others of MPEG-2. */
  private static final int[][] BITRATES = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
  };

  /** The header at the beginning of these bytes, if there is one. */
  static Optional<Mp3Header> find(byte[] b) {
    boolean sync = b.length >= BYTES && (b[0] & 0xFF) == 0xFF && (b[1] & 0xE0) == 0xE0;
    if (!sync) {
      return Optional.empty();
    }
    int version = b[1] >> 3 & 3;
    int layer = 4 - (b[1] >> 1 & 3);
    int bitrate = b[2] >> 4 & 15;
    int rateIndex = b[2] >> 2 & 3;
    if (version == 1 || layer == 4 || bitrate == 15 || rateIndex == 3) {
      return Optional.empty();
    }
    boolean mpeg1 = version == 3;
    int rate = RATES[rateIndex] / (mpeg1 ? 1 : version == 2 ? 2 : 4);
    int channels = (b[3] >> 6 & 3) == 3 ? 1 : 2;
    int side = mpeg1 ? (channels == 1 ? 17 : 32) : (channels == 1 ? 9 : 17);
    int checksum = (b[1] & 1) == 0 ? 2 : 0;
    int bits = 1000 * BITRATES[mpeg1 ? layer - 1 : layer == 1 ? 3 : 4][bitrate];
    int padding = b[2] >> 1 & 1;
    int length =
        layer == 1
            ? (12 * bits / rate + padding) * 4
            : (layer == 3 && !mpeg1 ? 72 : 144) * bits / rate + padding;
    return Optional.of(
        new Mp3Header(mpeg1, layer, rate, channels, side + checksum, bitrate == 0 ? 0 : length));
  }

  /** True if a frame with the other header can belong to the same sound. */
  boolean continues(Mp3Header other) {
    return mpeg1 == other.mpeg1
        && layer == other.layer
        && rate == other.rate
        && channels == other.channels;
  }

  /** Samples of a frame of Layer III, each channel. */
  int frameSize() {
    return mpeg1 ? 1152 : 576;
  }
}
