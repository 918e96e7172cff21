package org.pmf4j.core.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;

/**
 * Parts of an open file, read whenever they are needed, by any thread. An interrupt does not close
 * it, as it would a channel; and what was written into it since it was opened is not read for what
 * it was. A file that another has replaced stays open as it was. Several threads may read at once.
 */
public final class FileRead implements AutoCloseable {
  /** A multiple of every element's size. */
  private static final int PIECE = 1 << 20;

  private final Path path;
  private final RandomAccessFile file;
  private final BasicFileAttributes opened;

  private FileRead(Path path, RandomAccessFile file, BasicFileAttributes opened) {
    this.path = path;
    this.file = file;
    this.opened = opened;
  }

  /**
   * Opens a file.
   *
   * @param path an existing file
   */
  public static FileRead open(Path path) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    return new FileRead(path, new RandomAccessFile(path.toFile(), "r"), now);
  }

  /**
   * Reads a part of the file, piece by piece. All pieces but the last have {@link #PIECE} bytes.
   *
   * @param from position in the file
   * @param size bytes of the part
   * @param use takes each piece, little endian, in memory that the next one overwrites
   * @throws PmfException if the file has been written to or cut short since it was opened
   * @throws IllegalStateException if it was closed
   */
  public synchronized void read(long from, long size, Consumer<ByteBuffer> use) {
    try {
      file.seek(from);
      byte[] piece = new byte[(int) Math.min(PIECE, size)];
      for (long left = size; left > 0; left -= piece.length) {
        int n = (int) Math.min(piece.length, left);
        file.readFully(piece, 0, n);
        use.accept(ByteBuffer.wrap(piece, 0, n).order(ByteOrder.LITTLE_ENDIAN));
      }
    } catch (EOFException e) {
      throw PmfException.input(path + ": was truncated while it was read", e);
    } catch (IOException e) {
      if (!file.getChannel().isOpen()) {
        throw new IllegalStateException(path + " was closed", e);
      }
      throw FileErrors.cannotRead(path, e);
    }
    requireUnchanged();
  }

  /** Bytes of the file when it was opened. */
  public long size() {
    return opened.size();
  }

  /**
   * A part of the file, at once.
   *
   * @param from position in the file
   * @throws PmfException as {@link #read} does
   */
  public byte[] bytes(long from, int size) {
    byte[] all = new byte[size];
    ByteBuffer into = ByteBuffer.wrap(all);
    read(from, size, into::put);
    return all;
  }

  /**
   * Looks whether the file still is what was opened.
   *
   * @throws PmfException if it has been written to or cut short
   */
  public void requireUnchanged() {
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      // Its name has gone; what is open stays
      return;
    }
    boolean same = Objects.equals(now.fileKey(), opened.fileKey());
    if (same && !now.lastModifiedTime().equals(opened.lastModifiedTime())) {
      throw PmfException.input(
          path + ": has been written to since it was opened; load the model again");
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw FileErrors.cannotRead(path, e);
    }
  }
}
