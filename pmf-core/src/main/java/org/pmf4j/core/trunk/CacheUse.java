package org.pmf4j.core.trunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.file.FileErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The use of a cache by runs, of this process and of others, at the same time: while one lasts, the
 * cache is not removed. The system holds a shared lock on the file {@value #NAME} and lets go of it
 * with the process, however that ends. The file tells which encoder the cache is of, and its time
 * when it was used last. Several threads may use it at once.
 */
final class CacheUse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CacheUse.class);

  /** The file in a cache's folder. */
  static final String NAME = ".pmf.cache";

  /**
   * Of this process, by folder: a second channel to a file would, when closed, take the system's
   * lock from the first.
   */
  private static final Map<Path, CacheUse> HELD = new HashMap<>();

  private final Path folder;
  private final Path encoder;
  private final FileChannel channel;
  private int users = 1;

  private CacheUse(Path folder, Path encoder, FileChannel channel) {
    this.folder = folder;
    this.encoder = encoder;
    this.channel = channel;
  }

  /**
   * Begins a use; where the place has no locks or cannot be written, it is used without one.
   *
   * @param folder that exists
   * @param encoder where the encoder was read
   * @return to be closed; empty where there is no lock
   */
  static Optional<CacheUse> begin(Path folder, Path encoder) {
    synchronized (HELD) {
      try {
        Path real = folder.toRealPath();
        CacheUse held = HELD.get(real);
        if (held == null) {
          held = new CacheUse(real, encoder, lock(real.resolve(NAME), encoder));
          HELD.put(real, held);
        } else {
          held.users++;
        }
        return Optional.of(held);
      } catch (IOException e) {
        LOG.debug("{}: used without a lock: {}", folder, FileErrors.reason(e));
        return Optional.empty();
      }
    }
  }

  private static FileChannel lock(Path file, Path encoder) throws IOException {
    while (true) {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        FileLock shared = channel.lock(0, Long.MAX_VALUE, true);
        if (shared.isShared() && Files.exists(file)) {
          // By this channel alone: a second one would take the lock away, when closed
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(encoder.toString().getBytes(StandardCharsets.UTF_8)), 0);
          return channel;
        }
        // Whoever removed the cache has just removed this file with it: make the next one
        Files.createDirectories(file.getParent());
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
      channel.close();
    }
  }

  /**
   * Where the encoder of a cache was last read.
   *
   * @throws IOException if that is not told, as in caches of an earlier version
   */
  static String encoder(Path folder) throws IOException {
    synchronized (HELD) {
      CacheUse held = HELD.get(folder.toRealPath());
      return held == null
          ? Files.readString(folder.resolve(NAME), StandardCharsets.UTF_8)
          : held.encoder.toString();
    }
  }

  /**
   * Does something that nobody may use the cache in.
   *
   * @param folder of a cache
   * @return false if it is in use, and nothing was done
   * @throws IOException as the work throws it, or where there are no locks
   */
  static boolean alone(Path folder, Work work) throws IOException {
    synchronized (HELD) {
      if (HELD.containsKey(folder.toRealPath())) {
        return false;
      }
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(NAME),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          FileLock whole = channel.tryLock()) {
        if (whole == null) {
          return false;
        }
        work.run();
        return true;
      }
    }
  }

  /** What is done to files. */
  interface Work {
    void run() throws IOException;
  }

  /** Ends the use. */
  @Override
  public void close() {
    synchronized (HELD) {
      users--;
      if (users > 0) {
        return;
      }
      HELD.remove(folder);
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("{}: {}", folder, FileErrors.reason(e));
      }
    }
  }
}
