package org.pmf4j.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a folder, which one run has at a time, of this process or of another. The
 * system holds the lock on the file {@code .pmf.lock} and lets go of it with the process, however
 * that ends; the file is removed where the run ends by itself, and means nothing where it is left.
 * For one thread at a time.
 */
public final class FolderLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
  private static final String NAME = ".pmf.lock";
  private static final int LONGEST = 200;

  /** A second channel to the file would, when closed, take the system's lock from this process. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;
  private final Deque<Path> made;

  private FolderLock(Path folder, FileChannel channel, Deque<Path> made) {
    this.folder = folder;
    this.channel = channel;
    this.made = made;
  }

  /**
   * Takes the lock, and makes the folder where it is missing. What killed writers have left in the
   * folder is removed.
   *
   * @throws PmfException if another run has it, or the folder cannot be made or written to
   */
  public static FolderLock take(Path folder) {
    Deque<Path> made = new ArrayDeque<>();
    for (Path f = folder.toAbsolutePath(); f != null && !Files.exists(f); f = f.getParent()) {
      made.addLast(f);
    }
    AtomicFile.createFolders(folder);
    Path real;
    try {
      real = folder.toRealPath();
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
    if (!HELD.add(real)) {
      throw inUse(folder, "of this process");
    }
    try {
      FolderLock lock = new FolderLock(real, lock(folder, real.resolve(NAME)), made);
      AtomicFile.removeLeftovers(real);
      return lock;
    } catch (RuntimeException | Error e) {
      HELD.remove(real);
      throw e;
    }
  }

  /**
   * Works with the lock held.
   *
   * @param folder made where it is missing, and removed again if nothing was put into it
   * @throws PmfException if another run has it, or the folder cannot be made or written to
   */
  public static <T> T holding(Path folder, Supplier<T> work) {
    FolderLock lock = take(folder);
    try {
      return work.get();
    } finally {
      lock.close();
    }
  }

  /** True for the file that the lock is held on, which is no content of a folder. */
  public static boolean isLockFile(Path file) {
    return file.endsWith(NAME);
  }

  private static FileChannel lock(Path folder, Path file) {
    try {
      while (true) {
        FileChannel channel =
            FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
          if (tryLock(folder, channel)) {
            if (Files.exists(file)) {
              tell(channel);
              return channel;
            }
            // Whoever had it before has just removed the file: take the next one
          } else {
            throw inUse(folder, holder(channel));
          }
        } catch (IOException | RuntimeException e) {
          channel.close();
          throw e;
        }
        channel.close();
      }
    } catch (IOException e) {
      throw FileErrors.cannotWrite(file, e);
    }
  }

  private static boolean tryLock(Path folder, FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      throw inUse(folder, "of this process");
    } catch (IOException e) {
      LOG.warn(
          "{}: the file system has no locks ({}); see to it that no other run writes there",
          folder,
          FileErrors.reason(e));
      return true;
    }
  }

  private static void tell(FileChannel channel) throws IOException {
    String text =
        String.format(Locale.ROOT, "process %d on %s", ProcessHandle.current().pid(), host());
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String holder(FileChannel channel) {
    ByteBuffer text = ByteBuffer.allocate(LONGEST);
    try {
      channel.read(text, 0);
    } catch (IOException e) {
      return "of another process";
    }
    String told = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
    return told.matches("process \\d+ on [\\w.-]+") ? "(" + told + ")" : "of another process";
  }

  /** The machine's name as the system knows it; asking a name server could take its time. */
  private static String host() {
    try {
      String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return name.replaceAll("[^\\w.-]", "-");
    } catch (IOException | RuntimeException e) {
      return "this-machine";
    }
  }

  private static PmfException inUse(Path folder, String holder) {
    return PmfException.usage(
        folder
            + ": another run "
            + holder
            + " is writing to this folder; wait for its end, stop it, or choose another folder");
  }

  /** Lets go of the folder; one that was made by {@link #take} and is still empty is removed. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve(NAME));
      channel.close();
      for (Path f : made) {
        if (!isEmpty(f)) {
          return;
        }
        Files.deleteIfExists(f);
      }
    } catch (IOException e) {
      LOG.warn("{}: the lock file cannot be removed: {}", folder, FileErrors.reason(e));
    } finally {
      HELD.remove(folder);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var inside = Files.newDirectoryStream(folder)) {
      return !inside.iterator().hasNext();
    }
  }
}
