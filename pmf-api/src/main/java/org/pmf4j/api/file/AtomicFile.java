package org.pmf4j.api.file;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;

/**
 * Writes files whole or not at all: the content goes to a temporary file beside the target, is
 * forced to the disk, and takes the target's name in one step. A process that is killed, or a disk
 * that runs full, leaves the old file as it was. Has no state: any thread may call it.
 */
public final class AtomicFile {
  private static final int BUFFER = 1 << 16;
  private static final int TRIES = 40;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final Pattern TEMPORARY =
      Pattern.compile("\\..+\\.\\d+-[0-9a-f]{16}\\.tmp", Pattern.DOTALL);

  private AtomicFile() {}

  /** Writes a file's content to a stream. */
  @FunctionalInterface
  public interface StreamContent {
    /**
     * Writes everything to {@code out}, which the caller closes; called again after an interrupt.
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file's content to a channel. */
  @FunctionalInterface
  public interface ChannelContent {
    /**
     * Writes everything to {@code out}, which the caller closes; called again after an interrupt.
     */
    void writeTo(FileChannel out) throws IOException;
  }

  /**
   * Writes bytes.
   *
   * @throws PmfException naming the target and the reason, if it cannot be written
   */
  public static void write(Path target, byte[] content) {
    write(target, out -> out.write(content));
  }

  /**
   * Writes a text in UTF-8.
   *
   * @throws PmfException naming the target and the reason, if it cannot be written
   */
  public static void write(Path target, String content) {
    write(target, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes what {@code content} puts into a buffered stream.
   *
   * @param target in a folder that exists; a symbolic link is followed
   * @throws PmfException naming the target and the reason, if it cannot be written; what else
   *     {@code content} throws passes through
   */
  public static void write(Path target, StreamContent content) {
    writeChannel(
        target,
        channel -> {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
          content.writeTo(out);
          out.flush();
        });
  }

  /**
   * Writes what {@code content} puts into a channel.
   *
   * @param target in a folder that exists; a symbolic link is followed
   * @throws PmfException naming the target and the reason, if it cannot be written; what else
   *     {@code content} throws passes through
   */
  public static void writeChannel(Path target, ChannelContent content) {
    try {
      Path file = followed(target);
      replace(
          file,
          out -> {
            content.writeTo(out);
            out.force(true);
          });
      forceFolder(file);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(target, e);
    }
  }

  /**
   * Writes what can be made again: whole or not at all for every reader, and whatever is killed,
   * but not forced to the disk, so that after a power cut its content must be checked.
   *
   * @param target in a folder that exists
   * @throws PmfException naming the target and the reason, if it cannot be written
   */
  public static void writeUnforced(Path target, ChannelContent content) {
    try {
      replace(target, content);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(target, e);
    }
  }

  /**
   * Makes a folder and those above it, where they are missing.
   *
   * @throws PmfException naming the folder and the reason, if it cannot be made
   */
  public static void createFolders(Path folder) {
    if (Files.isDirectory(folder)) {
      return; // also where it is a symbolic link, which Java's own call would not follow
    }
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw PmfException.environment(
          folder + ": the folder cannot be made: " + e.getFile() + " is " + what(e.getFile()), e);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }

  /**
   * Removes what writers that were killed have left in a folder. Only for who alone writes there: a
   * writer that lives would lose its file.
   */
  public static void removeLeftovers(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        if (isTemporary(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }

  /** True for the name of a file that is being written, or was when its writer was killed. */
  public static boolean isTemporary(Path file) {
    return TEMPORARY.matcher(file.getFileName().toString()).matches();
  }

  private static String what(String name) {
    return Files.isSymbolicLink(Path.of(name)) ? "a symbolic link that leads nowhere" : "a file";
  }

  /** An interrupt closes a channel; a file that was begun is written to its end all the same. */
  private static void replace(Path target, ChannelContent content) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          replaceOnce(target, content);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void replaceOnce(Path target, ChannelContent content) throws IOException {
    if (Files.isDirectory(target)) {
      throw new IOException("there is a folder of that name");
    }
    Path temporary = temporary(target);
    try {
      try (FileChannel out =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(out);
      }
      rename(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path temporary(Path target) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    String name =
        String.format(
            Locale.ROOT,
            ".%s.%d-%s.tmp",
            target.getFileName(),
            ProcessHandle.current().pid(),
            random);
    return target.resolveSibling(name);
  }

  private static Path followed(Path target) throws IOException {
    return Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
  }

  /**
   * Gives a whole file another name in the same file system, in place of a file that has it.
   *
   * @throws PmfException naming the target and the reason, if that cannot be done
   */
  public static void move(Path from, Path to) {
    try {
      rename(from, to);
      forceFolder(to);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(to, e);
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        renameOnce(from, to);
        return;
      } catch (AccessDeniedException e) {
        // Windows replaces no file that somebody, or what looks for viruses, reads just now
        if (File.separatorChar == '/' || tries == TRIES) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  private static void renameOnce(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Network file systems may know no atomic rename; theirs replaces the whole file all the same
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes the new name last through a power cut, where a folder can be forced at all. */
  private static void forceFolder(Path target) {
    try (FileChannel folder =
        FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Windows opens no folders; the content itself is safe
      return;
    }
  }
}
