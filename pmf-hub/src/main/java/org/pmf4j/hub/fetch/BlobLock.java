package org.pmf4j.hub.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;

/**
 * The right to fetch one file, which one thread of one process has at a time; others wait, and find
 * the file there. The lock is on the file that huggingface_hub locks too, and stays where it is
 * when the lock is given back, as there. What holds between both depends on the system: on Windows,
 * and on network file systems where {@code flock} is made of {@code fcntl}, they exclude each
 * other. On Linux and macOS they do not, since Python calls {@code flock} and Java {@code fcntl},
 * which know nothing of each other. Then both may fetch the same file, into files of their own, and
 * the last one to end puts the same bytes in the same place. For one thread at a time.
 */
final class BlobLock implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(100);

  /** A second channel to the file would, when closed, take the system's lock from this process. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private BlobLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @param lock a file, made where it is missing, with its folder
   * @throws org.pmf4j.api.error.PmfException if it cannot be made, or the work should stop
   */
  static BlobLock take(Path lock, FetchListener listener, Waits waits) {
    Path file = lock.toAbsolutePath().normalize();
    AtomicFile.createFolders(file.getParent());
    boolean told = false;
    while (!HELD.add(file)) {
      told = told(file, listener, told);
      waits.sleep(BETWEEN);
    }
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        while (!isLocked(channel)) {
          told = told(file, listener, told);
          waits.sleep(BETWEEN);
        }
        return new BlobLock(file, channel);
      } catch (RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      HELD.remove(file);
      throw FileErrors.cannotWrite(file, e);
    } catch (RuntimeException | Error e) {
      HELD.remove(file);
      throw e;
    }
  }

  private static boolean told(Path file, FetchListener listener, boolean before) {
    if (!before) {
      listener.waiting("another process fetches the same file; waiting for " + file);
    }
    return true;
  }

  /**
   * True if the lock is held, or if the file system knows none: hashes are checked all the same.
   */
  private static boolean isLocked(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileErrors.cannotWrite(file, e);
    } finally {
      HELD.remove(file);
    }
  }
}
