package org.pmf4j.spark.hadoop;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;

/**
 * Says in one line why a file of a Hadoop file system could not be read or written. Has no state:
 * any thread may call it.
 */
public final class HadoopErrors {
  /** Names of classes, which clients put into what they say, and which tell a user nothing. */
  private static final Pattern LIBRARY = Pattern.compile("\\b[a-z]\\w*(\\.\\w+)*\\.[A-Z]\\w+");

  private HadoopErrors() {}

  /**
   * A file that cannot be read: bad input, or a file system out of reach; or what is told already.
   */
  public static PmfException cannotRead(Path file, Throwable cause) {
    if (cause instanceof PmfException told) {
      return told;
    }
    Throwable reason = told(cause);
    String line = file + ": cannot be read: " + reason(file, reason);
    return isUnreachable(reason)
        ? PmfException.environment(line, cause)
        : PmfException.input(line, cause);
  }

  /** A file that cannot be written: the file system's refusal; or what is told already. */
  public static PmfException cannotWrite(Path file, Throwable cause) {
    if (cause instanceof PmfException told) {
      return told;
    }
    return PmfException.environment(
        file + ": cannot be written: " + reason(file, told(cause)), cause);
  }

  /** Clients wrap what happened, some of them in what is no IOException, and the network deeply. */
  private static Throwable told(Throwable cause) {
    List<Throwable> chain = Stream.iterate(cause, Objects::nonNull, Throwable::getCause).toList();
    return chain.stream()
        .filter(HadoopErrors::isUnreachable)
        .findFirst()
        .or(() -> chain.stream().filter(IOException.class::isInstance).findFirst())
        .orElse(cause);
  }

  /** Also where it was there a moment ago, and ended in the middle of an answer. */
  private static boolean isUnreachable(Throwable told) {
    return told instanceof UnknownHostException
        || told instanceof SocketException
        || told instanceof SocketTimeoutException
        || told instanceof ClosedChannelException
        || told instanceof EOFException;
  }

  private static String reason(Path file, Throwable told) {
    if (told instanceof UnsupportedFileSystemException) {
      return "no file system is set up for "
          + file.toUri().getScheme()
          + ": names; its jar may be missing on the class path of Spark";
    }
    if (isUnreachable(told)) {
      return "the file system "
          + file.toUri().getScheme()
          + "://"
          + file.toUri().getAuthority()
          + " cannot be reached";
    }
    if (told instanceof FileNotFoundException) {
      return "there is no such file";
    }
    if (told instanceof AccessControlException || told instanceof AccessDeniedException) {
      return "no permission";
    }
    if (!(told instanceof IOException refusal)) {
      return "the file system refuses it";
    }
    String said = FileErrors.reason(refusal);
    String plain = said.toLowerCase(Locale.ROOT);
    boolean full = plain.contains("no space left") || plain.contains("quota");
    if (full) {
      return "the disk is full, or the quota used up";
    }
    if (said.contains("NoSuchBucket")) {
      return "there is no such bucket";
    }
    return LIBRARY.matcher(said).find() ? "the file system refuses it" : said;
  }
}
