package org.pmf4j.modalities.audio.decode;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What an encoder wrote into a first frame that holds no sound (the tags Xing and Info, and LAME's
 * extension), so that players can give back just the samples that went in. It is believed as far as
 * mpg123 and libsndfile do; neither knows Fraunhofer's VBRI, which to them is a frame of silence.
 *
 * @param frames that follow, or 0 if it does not say
 * @param delay samples that the encoder put before the sound
 * @param padding samples that it put behind
 */
record Mp3Gapless(long frames, int delay, int padding) {
  /** What every decoder of Layer III adds: 528 samples of its filter banks and one more. */
  private static final int DECODER_DELAY = 529;

  private static final int FRAMES = 1;
  private static final int BYTES = 2;
  private static final int TABLE = 4;
  private static final int QUALITY = 8;

  /** The tag of a file's first frame, if it has one. */
  static Optional<Mp3Gapless> find(Mp3Header header, byte[] frame) {
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
    if (gaps + 3 > frame.length) {
      return Optional.of(new Mp3Gapless(frames, 0, 0));
    }
    int delay = (frame[gaps] & 0xFF) << 4 | (frame[gaps + 1] & 0xFF) >> 4;
    int padding = (frame[gaps + 1] & 0x0F) << 8 | frame[gaps + 2] & 0xFF;
    boolean leavesSome = delay + (long) padding < frames * header.frameSize();
    return Optional.of(
        leavesSome ? new Mp3Gapless(frames, delay, padding) : new Mp3Gapless(frames, 0, 0));
  }

  /** How many decoded samples come before the sound. */
  long first() {
    return frames > 0 ? delay + (long) DECODER_DELAY : 0;
  }

  /** Where the sound ends among the decoded samples, if all frames are there. */
  long end(int frameSize) {
    long all = frames * frameSize;
    return frames > 0 ? Math.min(all, all - padding + DECODER_DELAY) : Long.MAX_VALUE;
  }
}
