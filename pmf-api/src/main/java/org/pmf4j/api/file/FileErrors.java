package org.pmf4j.api.file;

import java.io.EOFException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;

/**
 * Says in one line why a file could not be read or written. Has no state: any thread may call it.
 */
public final class FileErrors {
  private FileErrors() {}

  /** A file that cannot be read: bad input, naming the file and the reason. */
  public static PmfException cannotRead(Path file, IOException cause) {
    if (cause instanceof ClosedByInterruptException) {
      return PmfException.stopped("stopped while " + file + " was read");
    }
    return PmfException.input(file + ": cannot be read: " + readReason(file, cause), cause);
  }

  /** A file or folder that cannot be written: the machine's refusal, naming target and reason. */
  public static PmfException cannotWrite(Path target, IOException cause) {
    if (cause instanceof ClosedByInterruptException) {
      return PmfException.stopped("stopped while " + target + " was written");
    }
    return PmfException.environment(
        target + ": cannot be written: " + writeReason(target, cause), cause);
  }

  /** A folder that cannot be listed: the machine's refusal, naming the folder and the reason. */
  public static PmfException cannotList(Path folder, IOException cause) {
    String reason =
        cause instanceof AccessDeniedException ? "no permission to read it" : reason(cause);
    return PmfException.environment(folder + ": cannot be listed: " + reason, cause);
  }

  /** Whether nobody reads any more what is written, as where {@code head} has seen enough. */
  public static boolean isBrokenPipe(IOException cause) {
    String told = reason(cause).toLowerCase(Locale.ROOT);
    return told.contains("broken pipe") || told.contains("pipe is being closed");
  }

  /**
   * What went wrong, without the file's name: the first line of what the system said, and nothing
   * of what Java says around it.
   */
  public static String reason(IOException cause) {
    if (cause instanceof FileSystemException f) {
      return f.getReason() == null ? kind(f) : f.getReason();
    }
    String message = cause.getMessage();
    return message == null
        ? "the disk or the connection to it reports an error"
        : message.lines().findFirst().orElse("unknown reason");
  }

  private static String kind(FileSystemException cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (cause instanceof AccessDeniedException) {
      return "no permission";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "something of that name is there already";
    }
    if (cause instanceof DirectoryNotEmptyException) {
      return "the folder there is not empty";
    }
    return "the file system refuses it";
  }

  private static String readReason(Path file, IOException cause) {
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
      return "there is no such file";
    }
    if (cause instanceof AccessDeniedException) {
      return "no permission to read it";
    }
    if (cause instanceof CharacterCodingException) {
      return "it is not valid UTF-8";
    }
    return cause instanceof EOFException ? "it ends too early" : reason(cause);
  }

  private static String writeReason(Path target, IOException cause) {
    String told = reason(cause);
    String plain = told.toLowerCase(Locale.ROOT);
    if (plain.contains("no space left") || plain.contains("not enough space")) {
      return "the disk is full; free some space and try again";
    }
    if (plain.contains("quota")) {
      return "the disk quota is used up; free some space and try again";
    }
    if (plain.contains("read-only file system")) {
      return "the file system is read-only";
    }
    Path folder = refused(target, cause).toAbsolutePath().getParent();
    if (cause instanceof AccessDeniedException || plain.endsWith("(permission denied)")) {
      boolean windows = File.separatorChar == '\\';
      return "no permission to write in " + folder + (windows ? ", or another has it open" : "");
    }
    if (cause instanceof NoSuchFileException) {
      return "there is no folder " + folder;
    }
    return Files.isDirectory(target) ? "there is a folder of that name" : told;
  }

  /** What the system refused, which may stand in the folder that is the target. */
  private static Path refused(Path target, IOException cause) {
    return cause instanceof FileSystemException f && f.getFile() != null
        ? Path.of(f.getFile())
        : target;
  }
}
