package org.pmf4j.modalities.image;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * A piece of a file.
 *
 * @param from where it begins
 * @param length how many bytes it has
 */
record Part(long from, long length) {
  /** Of one piece of metadata that is looked into, when decompressed too: 1 MiB. */
  static final int MOST_METADATA = 1 << 20;

  /** All bytes of a file. */
  static byte[] whole(ImageInputStream in) throws IOException {
    return bytes(in, new byte[0], List.of(new Part(0, in.length())));
  }

  /** The bytes; none where it is longer than what is looked into of metadata. */
  byte[] metadata(ImageInputStream in) throws IOException {
    return length > MOST_METADATA ? new byte[0] : bytes(in, new byte[0], List.of(this));
  }

  /** A prefix and then the pieces, one after the other. */
  static byte[] bytes(ImageInputStream in, byte[] prefix, List<Part> parts) throws IOException {
    long length = parts.stream().mapToLong(Part::length).sum();
    if (prefix.length + length > PictureInput.MOST_BYTES) {
      throw Damaged.because("its parts overlap");
    }
    byte[] bytes = new byte[(int) (prefix.length + length)];
    System.arraycopy(prefix, 0, bytes, 0, prefix.length);
    int at = prefix.length;
    try {
      for (Part part : parts) {
        in.seek(part.from);
        in.readFully(bytes, at, (int) part.length);
        at += (int) part.length;
      }
    } catch (EOFException e) {
      throw Damaged.truncated();
    }
    return bytes;
  }
}
