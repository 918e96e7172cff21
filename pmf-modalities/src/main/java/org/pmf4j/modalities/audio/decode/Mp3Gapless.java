package org.pmf4j.modalities.audio.decode;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What an encoder wrote into a first frame that holds no sound (the tags Xing, Info and VBRI, and
 * LAME's extension), so that players can give back just the samples that went in.
 *
 * @param frames that follow, or 0 if it does not say
 * @param delay samples that the encoder put before the sound
 * @param padding samples that it put behind
 */
record Mp3Gapless(long frames, int delay, int padding) {
  /** Enough bytes of a frame to find the tag in. */
  static final int LONGEST = 4 + 34 + 160;

  /** What every decoder of Layer III adds: 528 samples of its filter banks and one more. */
  private static final int DECODER_DELAY = 529;

  private static final int VBRI_PLACE = 36;
  private static final int FRAMES = 1;
  private static final int BYTES = 2;
  private static final int TABLE = 4;
  private static final int QUALITY = 8;

  /** The tag of a file's first frame, if it has one. */
  static Optional<Mp3Gapless> find(Mp3Header header, byte[] frame) {
    if (Bytes.isAt(frame, VBRI_PLACE, "VBRI")) {
      return Optional.of(new Mp3Gapless(0, 0, 0));
    }
    int at = 4 + header.sideInformation();
    if (!Bytes.isAt(frame, at, "Xing") && !Bytes.isAt(frame, at, "Info")) {
      return Optional.empty();
    }
    ByteBuffer tag = ByteBuffer.wrap(frame);
    int flags = at + 8 <= frame.length ? tag.getInt(at + 4) : 0;
    int next = at + 8;
    long frames = 0;
    if ((flags & FRAMES) != 0 && next + 4 <= frame.length) {
      frames = Integer.toUnsignedLong(tag.getInt(next));
    }
    next += (flags & FRAMES) == 0 ? 0 : 4;
    next += (flags & BYTES) == 0 ? 0 : 4;
    next += (flags & TABLE) == 0 ? 0 : 100;
    next += (flags & QUALITY) == 0 ? 0 : 4;
    int gaps = next + 21;
    if (!Bytes.isAt(frame, next, "L") || gaps + 3 > frame.length) {
      return Optional.of(new Mp3Gapless(frames, 0, 0));
    }
    int delay = (frame[gaps] & 0xFF) << 4 | (frame[gaps + 1] & 0xFF) >> 4;
    int padding = (frame[gaps + 1] & 0x0F) << 8 | frame[gaps + 2] & 0xFF;
    return Optional.of(new Mp3Gapless(frames, delay, padding));
  }

  /** True if it tells where the sound begins and ends. */
  boolean trims() {
    return delay + padding > 0 && frames > 0;
  }

  /** How many decoded samples come before the sound. */
  long first() {
    return trims() ? delay + (long) DECODER_DELAY : 0;
  }

  /** Where the sound ends among the decoded samples. */
  long end(int frameSize) {
    long all = frames * frameSize;
    return trims() ? Math.min(all, all - padding + DECODER_DELAY) : all;
  }
}
