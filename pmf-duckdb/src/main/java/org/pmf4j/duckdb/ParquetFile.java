package org.pmf4j.duckdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.file.InputFile;

/** Looks at the ends of a Parquet file before native code does. */
final class ParquetFile {
  private static final int MARK = 4;
  private static final int LEAST = 3 * MARK;

  private ParquetFile() {}

  /**
   * Checks a file.
   *
   * @throws PmfException naming it, if it does not begin and end as Parquet does
   */
  static void check(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      ByteBuffer start = read(channel, 0, (int) Math.min(size, 256));
      InputFile.refuseStandIn(file, start.duplicate());
      String begin = mark(start, 0);
      if (begin.equals("PARE")) {
        throw PmfException.input(file + ": an encrypted Parquet file; write it without encryption");
      }
      if (size < LEAST || !begin.equals("PAR1")) {
        throw PmfException.input(file + ": not a Parquet file: it does not begin as one");
      }
      ByteBuffer end = read(channel, size - 2 * MARK, 2 * MARK);
      String last = mark(end, MARK);
      if (last.equals("PARE")) {
        throw PmfException.input(file + ": an encrypted Parquet file; write it without encryption");
      }
      int footer = end.order(ByteOrder.LITTLE_ENDIAN).getInt(0);
      if (!last.equals("PAR1") || footer <= 0 || footer > size - LEAST) {
        throw PmfException.input(
            file + ": damaged: the Parquet file does not end as one; it may be cut off");
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static String mark(ByteBuffer bytes, int from) {
    int length = Math.max(0, Math.min(MARK, bytes.limit() - from));
    byte[] mark = new byte[length];
    bytes.get(from, mark);
    return new String(mark, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // Until it is full or the file ends
    }
    return bytes.flip();
  }
}
