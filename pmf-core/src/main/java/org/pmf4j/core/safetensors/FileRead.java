package org.pmf4j.core.safetensors;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;

/**
 * Parts of an open file, read whenever they are needed, by any thread. An interrupt does not close
 * it, as it would a channel; and what was written into it since it was opened is not read for what
 * it was. A file that another has replaced stays open as it was.
 */
final class FileRead implements AutoCloseable {
  private static final int PIECE = 1 << 20;

  private final Path path;
  private final RandomAccessFile file;
  private final BasicFileAttributes opened;

  private FileRead(Path path, RandomAccessFile file, BasicFileAttributes opened) {
    this.path = path;
    this.file = file;
    this.opened = opened;
  }

  static FileRead open(Path path) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    return new FileRead(path, new RandomAccessFile(path.toFile(), "r"), now);
  }

  /**
   * Fills a buffer.
   *
   * @param from position in the file
   * @throws PmfException if the file has been written to or cut short since it was opened
   * @throws IllegalStateException if it was closed
   */
  synchronized void fill(ByteBuffer into, long from) {
    try {
      file.seek(from);
      byte[] piece = new byte[Math.min(PIECE, into.remaining())];
      while (into.hasRemaining()) {
        int n = file.read(piece, 0, Math.min(piece.length, into.remaining()));
        if (n < 0) {
          throw PmfException.input(path + ": was truncated while it was read");
        }
        into.put(piece, 0, n);
      }
    } catch (IOException e) {
      if (!file.getChannel().isOpen()) {
        throw new IllegalStateException(path + " was closed", e);
      }
      throw FileErrors.cannotRead(path, e);
    }
    requireUnchanged();
  }

  /**
   * Looks whether the file still is what was opened.
   *
   * @throws PmfException if it has been written to or cut short
   */
  void requireUnchanged() {
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
