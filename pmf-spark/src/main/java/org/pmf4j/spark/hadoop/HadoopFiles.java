package org.pmf4j.spark.hadoop;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * Names of files, and the file systems that have them. Has no state: any thread may call it. File
 * systems are shared within the process and never closed.
 */
public final class HadoopFiles {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private HadoopFiles() {}

  /** Whether a name says of which file system it is. */
  public static boolean hasScheme(String name) {
    return SCHEME.matcher(name.strip()).matches();
  }

  /**
   * A name that a user wrote.
   *
   * @param name a path, or a URI such as {@code hdfs://host/folder}
   * @throws PmfException if it is none
   */
  public static Path path(String name) {
    try {
      return new Path(name.strip());
    } catch (IllegalArgumentException e) {
      throw PmfException.input(Quote.value(name) + " is no path of a file system", e);
    }
  }

  /**
   * The whole name, with scheme and host; a relative one starts from the user's folder.
   *
   * @throws PmfException if there is no such file system, or it cannot be reached
   */
  public static Path qualified(Path path, Configuration hadoop) {
    return system(path, hadoop).makeQualified(path);
  }

  /**
   * The file system that has a file; not to be closed.
   *
   * @throws PmfException if there is none of that scheme, or it cannot be reached
   */
  public static FileSystem system(Path path, Configuration hadoop) {
    try {
      return path.getFileSystem(hadoop);
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotRead(path, e);
    }
  }

  /** Whether a whole name is of this machine's own file system. */
  public static boolean isLocal(Path whole) {
    return "file".equals(whole.toUri().getScheme());
  }

  /** A file of this machine's own file system. */
  public static java.nio.file.Path local(Path whole) {
    return java.nio.file.Path.of(whole.toUri().getPath());
  }
}
