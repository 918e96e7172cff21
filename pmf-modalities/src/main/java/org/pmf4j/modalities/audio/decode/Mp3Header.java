package org.pmf4j.modalities.audio.decode;

import java.util.Optional;

/**
 * The four bytes that a frame of MPEG-1, 2 or 2.5 Layer III begins with.
 *
 * @param mpeg1 true for MPEG-1, false for the lower sampling rates of MPEG-2 and 2.5
 * @param rate in Hz
 * @param channels 1 or 2
 * @param sideInformation bytes between the header and the data, its checksum included
 */
record Mp3Header(boolean mpeg1, int rate, int channels, int sideInformation) {
  private static final int[] RATES = {44_100, 48_000, 32_000};

  /** The header at the beginning of these bytes, if there is one. */
  static Optional<Mp3Header> find(byte[] b) {
    boolean sync = b.length >= 4 && (b[0] & 0xFF) == 0xFF && (b[1] & 0xE0) == 0xE0;
    if (!sync) {
      return Optional.empty();
    }
    int version = b[1] >> 3 & 3;
    int layer = b[1] >> 1 & 3;
    int bitrate = b[2] >> 4 & 15;
    int rate = b[2] >> 2 & 3;
    if (version == 1 || layer != 1 || bitrate == 15 || bitrate == 0 || rate == 3) {
      return Optional.empty();
    }
    boolean mpeg1 = version == 3;
    int channels = (b[3] >> 6 & 3) == 3 ? 1 : 2;
    int side = mpeg1 ? (channels == 1 ? 17 : 32) : (channels == 1 ? 9 : 17);
    int checksum = (b[1] & 1) == 0 ? 2 : 0;
    int divisor = mpeg1 ? 1 : version == 2 ? 2 : 4;
    return Optional.of(new Mp3Header(mpeg1, RATES[rate] / divisor, channels, side + checksum));
  }

  /** Samples of a frame, each channel. */
  int frameSize() {
    return mpeg1 ? 1152 : 576;
  }
}
