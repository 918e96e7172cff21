package org.pmf4j.core.file;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
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
    return cause instanceof EOFException ? "it ends too early" : told(cause);
  }

  private static String writeReason(Path target, IOException cause) {
    if (Files.isDirectory(target)) {
      return "there is a folder of that name";
    }
    String told = told(cause);
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
    Path folder = target.toAbsolutePath().getParent();
    if (cause instanceof AccessDeniedException || plain.endsWith("(permission denied)")) {
      return "no permission to write in " + folder;
    }
    if (cause instanceof NoSuchFileException) {
      return "there is no folder " + folder;
    }
    return told;
  }

  private static String told(IOException cause) {
    if (cause instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("unknown reason");
  }
}
