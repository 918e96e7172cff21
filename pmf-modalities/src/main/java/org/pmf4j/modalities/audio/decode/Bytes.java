package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;

/** Reading and comparing the bytes of headers. */
final class Bytes {
  private Bytes() {}

  /** The next bytes, fewer at the end, without consuming them. */
  static byte[] peek(InputStream in, int count) throws IOException {
    in.mark(count);
    byte[] bytes = in.readNBytes(count);
    in.reset();
    return bytes;
  }

  /** The next bytes, all of them. */
  static byte[] read(InputStream in, int count, String what) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new BadAudioException("the audio is truncated in " + what + "; replace the file");
    }
    return bytes;
  }

  /** Skips bytes, fewer at the end. */
  static void skip(InputStream in, long count) throws IOException {
    long left = count;
    while (left > 0) {
      long skipped = in.skip(left);
      if (skipped <= 0 && in.read() < 0) {
        return;
      }
      left -= Math.max(skipped, 1);
    }
  }

  /** True if these Latin-1 letters stand there. */
  static boolean isAt(byte[] bytes, int at, String letters) {
    if (at + letters.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < letters.length(); i++) {
      if ((bytes[at + i] & 0xFF) != letters.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
