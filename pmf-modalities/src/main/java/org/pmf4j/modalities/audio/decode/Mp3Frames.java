package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The frames of an MPEG audio file, one by one. What stands before, between and behind them is
 * passed over: tags of any kind and junk. A frame counts where the one before ends, as in mpg123;
 * after anything else it counts if another of its kind, a tag or the end of the file follows it.
 */
final class Mp3Frames {
  /** How far from its beginning a file may have its first frame. */
  private static final int FARTHEST_FIRST = 1 << 16;

  /** The longest frame has 2,881 bytes; enough is left to see what follows. */
  private static final int LOOKED_AT = 1 << 12;

  private static final int ID3V1 = 128;

  private final InputStream in;
  private final Mp3Header first;
  private boolean inStep;
  private boolean endedWithin;

  private Mp3Frames(InputStream in, Mp3Header first) {
    this.in = in;
    this.first = first;
  }

  /**
   * Finds the first frame, whatever its layer, and stays before it.
   *
   * @param in with marks
   * @return empty if this is no MPEG audio
   */
  static Optional<Mp3Frames> open(InputStream in) throws IOException {
    for (int skipped = 0; skipped < FARTHEST_FIRST; ) {
      byte[] bytes = Bytes.peek(in, LOOKED_AT);
      Optional<Mp3Header> header = Mp3Header.find(bytes);
      if (header.isPresent() && isFollowed(header.get(), bytes)) {
        return Optional.of(new Mp3Frames(in, header.get()));
      }
      int next = nextSync(bytes);
      if (next == 0) {
        break;
      }
      in.skipNBytes(next);
      skipped += next;
    }
    return Optional.empty();
  }

  /** The header of the first frame. */
  Mp3Header first() {
    return first;
  }

  /** True if the file has ended in the midst of a frame. */
  boolean endedWithin() {
    return endedWithin;
  }

  /**
   * The next whole frame, with its header; null at the end of the file.
   *
   * @throws BadAudioException where a sound of another rate or number of channels begins
   */
  byte[] next() throws IOException {
    while (true) {
      byte[] bytes = Bytes.peek(in, LOOKED_AT);
      if (bytes.length == 0) {
        return null;
      }
      Optional<Mp3Header> header = Mp3Header.find(bytes);
      if (header.isPresent() && isFrame(header.get(), bytes)) {
        return frame(header.get(), bytes);
      }
      inStep = false;
      pass(bytes);
    }
  }

  private byte[] frame(Mp3Header header, byte[] bytes) throws IOException {
    if (!first.continues(header)) {
      throw new BadAudioException(
          "the audio changes its rate or channels on the way; save it as one sound");
    }
    if (bytes.length < header.length()) {
      endedWithin = true;
      in.skipNBytes(bytes.length);
      return null;
    }
    inStep = true;
    return in.readNBytes(header.length());
  }

  private boolean isFrame(Mp3Header header, byte[] bytes) {
    if (inStep && first.continues(header) && header.length() > 0) {
      return true;
    }
    // Another layer or format is one only if it goes on: two headers do not come about by chance.
    return header.layer() == first.layer() && header.length() > 0 && isFollowed(header, bytes);
  }

  private static boolean isFollowed(Mp3Header header, byte[] bytes) {
    if (header.length() == 0) {
      return freeFormatGoesOn(header, bytes);
    }
    byte[] rest = from(bytes, header.length());
    return bytes.length == header.length()
        || Mp3Header.find(rest).filter(header::continues).isPresent()
        || isTag(rest);
  }

  /** True if another header of free format follows somewhere. */
  private static boolean freeFormatGoesOn(Mp3Header header, byte[] bytes) {
    for (int at = Mp3Header.BYTES; at < bytes.length; at++) {
      if (Mp3Header.find(from(bytes, at))
          .filter(h -> h.length() == 0 && header.continues(h))
          .isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static byte[] from(byte[] bytes, int at) {
    int end = Math.min(bytes.length, at + 12);
    return at >= bytes.length ? new byte[0] : Arrays.copyOfRange(bytes, at, end);
  }

  private static boolean isTag(byte[] bytes) {
    return Bytes.isAt(bytes, 0, "TAG")
        || Bytes.isAt(bytes, 0, "ID3")
        || Bytes.isAt(bytes, 0, "APETAGEX")
        || Bytes.isAt(bytes, 0, "LYRICS");
  }

  /** Skips a tag whose size is known, or what lies before the next place that may be a frame. */
  private void pass(byte[] bytes) throws IOException {
    if (Bytes.isAt(bytes, 0, "TAG") && bytes.length == ID3V1) {
      in.skipNBytes(ID3V1);
      return;
    }
    if (!Tags.skip(in)) {
      int next = nextSync(bytes);
      in.skipNBytes(next == 0 ? bytes.length : next);
    }
  }

  /** Where the next frame or tag may begin, at least 1; 0 if nowhere. */
  private static int nextSync(byte[] bytes) {
    for (int at = 1; at < bytes.length; at++) {
      byte b = bytes[at];
      if (b == (byte) 0xFF || b == 'T' || b == 'I' || b == 'A') {
        return at;
      }
    }
    return 0;
  }
}
