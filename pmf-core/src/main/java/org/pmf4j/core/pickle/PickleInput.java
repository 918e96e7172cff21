package org.pmf4j.core.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;

/** The bytes of one or more pickles, one after another. For one thread at a time. */
public final class PickleInput {
  private static final int WINDOW = 1 << 16;
  private static final int LONGEST_LINE = 1000;

  private final Path file;
  private final Source source;
  private final long end;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long next;

  /** Where the bytes are. */
  @FunctionalInterface
  public interface Source {
    /** So many bytes from a position on, all of which are there. */
    byte[] bytes(long from, int size);
  }

  /**
   * Bytes of a file.
   *
   * @param file for messages
   * @param from position of the first
   * @param end position after the last, no farther than the file's end
   */
  public PickleInput(Path file, Source source, long from, long end) {
    this.file = file;
    this.source = source;
    this.next = from;
    this.end = end;
  }

  Path file() {
    return file;
  }

  /** Position of the byte that comes next. */
  public long position() {
    return next - window.remaining();
  }

  private long left() {
    return end - position();
  }

  int unsignedByte() {
    return Byte.toUnsignedInt(take(1).get());
  }

  /** Two bytes, little endian. */
  int unsignedShort() {
    return Short.toUnsignedInt(take(2).getShort());
  }

  /** Four bytes, little endian. */
  int signedInt() {
    return take(4).getInt();
  }

  /** Four bytes, little endian. */
  long unsignedInt() {
    return Integer.toUnsignedLong(take(4).getInt());
  }

  /** Eight bytes, little endian; above the largest long it is negative. */
  long length() {
    return take(8).getLong();
  }

  /** Eight bytes, big endian. */
  double bigEndianDouble() {
    return take(8).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  /**
   * So many bytes.
   *
   * @throws PmfException before there is memory for them, if there are fewer
   */
  byte[] bytes(long length) {
    require(length);
    byte[] all = new byte[(int) length];
    for (int at = 0; at < all.length; ) {
      if (!window.hasRemaining()) {
        refill();
      }
      int n = Math.min(window.remaining(), all.length - at);
      window.get(all, at, n);
      at += n;
    }
    return all;
  }

  /** Passes over so many bytes. */
  void skip(long length) {
    require(length);
    long from = position() + length;
    window = ByteBuffer.allocate(0);
    next = from;
  }

  /** So many bytes of UTF-8. */
  String text(long length) {
    return decoded(bytes(length));
  }

  /** UTF-8 up to the end of the line, which it passes. */
  String line() {
    byte[] line = new byte[LONGEST_LINE];
    for (int n = 0; n < line.length; n++) {
      line[n] = take(1).get();
      if (line[n] == '\n') {
        return decoded(Arrays.copyOf(line, n));
      }
    }
    throw broken("a name of more than " + LONGEST_LINE + " bytes");
  }

  private String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw PmfException.input(broken("a text that is not UTF-8").getMessage(), e);
    }
  }

  /** At most eight bytes, little endian. */
  private ByteBuffer take(int size) {
    if (window.remaining() < size) {
      require(size);
      refill();
    }
    ByteBuffer taken = window.slice(window.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    window.position(window.position() + size);
    return taken;
  }

  private void refill() {
    long from = position();
    int size = (int) Math.min(WINDOW, end - from);
    window = ByteBuffer.wrap(source.bytes(from, size));
    next = from + size;
  }

  private void require(long length) {
    if (length < 0 || length > left()) {
      throw broken(
          String.format(
              Locale.ROOT,
              "it asks for %s bytes where only %d are left; is it truncated?",
              Long.toUnsignedString(length),
              left()));
    }
  }

  /** What is told of a pickle that breaks its format. */
  PmfException broken(String what) {
    return PmfException.input(file + ": broken pickle: " + what);
  }
}
