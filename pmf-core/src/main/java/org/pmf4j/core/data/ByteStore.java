package org.pmf4j.core.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.modality.Source;

/**
 * Holds the bytes of cells, such as pictures: the first of them in memory, the others in a
 * temporary file. The file has no name any more once it is open, where the system allows that, so
 * that it goes with the process however this ends; else it goes when nothing refers to it. One
 * thread may add at a time; any may read.
 */
final class ByteStore {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final String PREFIX = "pmf-rows-";

  private final Path folder;
  private final long inMemory;
  private long held;
  private Spilled spilled;

  /**
   * A store that holds nothing yet.
   *
   * @param folder for the file, which is made when it is needed
   * @param inMemory how many bytes stay in memory
   */
  ByteStore(Path folder, long inMemory) {
    this.folder = folder;
    this.inMemory = inMemory;
  }

  /** How many bytes it was given. */
  long held() {
    return held;
  }

  /**
   * Takes bytes out of memory, if they are too many.
   *
   * @throws PmfException if the file cannot be written
   */
  Source keep(Source source) {
    if (!(source instanceof Source.Bytes bytes)) {
      return source;
    }
    held += bytes.bytes().length;
    if (held <= inMemory) {
      return source;
    }
    if (spilled == null) {
      spilled = Spilled.in(folder);
    }
    return spilled.add(bytes);
  }

  /** The file. Not a channel: an interrupt of a reader would close that for all others. */
  private static final class Spilled {
    private final Path path;
    private final RandomAccessFile file;
    private long end;

    private Spilled(Path path, RandomAccessFile file) {
      this.path = path;
      this.file = file;
    }

    static Spilled in(Path folder) {
      try {
        Path path = Files.createTempFile(Files.createDirectories(folder), PREFIX, ".bytes");
        path.toFile().deleteOnExit();
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        Spilled spilled = new Spilled(path, file);
        CLEANER.register(spilled, () -> discard(path, file));
        delete(path);
        return spilled;
      } catch (IOException e) {
        throw FileErrors.cannotWrite(folder, e);
      }
    }

    private static void discard(Path path, RandomAccessFile file) {
      try {
        file.close();
      } catch (IOException e) {
        // What it held is needed no more
      }
      delete(path);
    }

    private static void delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // Open, and the system keeps its name: it goes when it is closed
        path.toFile().deleteOnExit();
      }
    }

    synchronized Source add(Source.Bytes bytes) {
      long from = end;
      int length = bytes.bytes().length;
      try {
        file.seek(from);
        file.write(bytes.bytes());
      } catch (IOException e) {
        throw FileErrors.cannotWrite(path, e);
      }
      end += length;
      return new Source.Stored(
          bytes.name(), ContentHash.of(bytes.bytes()), () -> read(from, length));
    }

    private synchronized byte[] read(long from, int length) {
      byte[] bytes = new byte[length];
      try {
        file.seek(from);
        file.readFully(bytes);
      } catch (IOException e) {
        throw FileErrors.cannotRead(path, e);
      }
      return bytes;
    }
  }
}
