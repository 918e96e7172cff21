package org.pmf4j.spark.hadoop;

import java.nio.file.InvalidPathException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.AtomicFile.StreamContent;

/**
 * A file or a folder that the driver alone reads or writes: on its own disk, unless its name has
 * the scheme of another file system. Immutable, so that any number of threads may share it.
 */
public sealed interface DriverPlace {
  /**
   * One on the driver's disk.
   *
   * @param path of it
   */
  record Near(java.nio.file.Path path) implements DriverPlace {
    @Override
    public DriverPlace beside(String extension) {
      java.nio.file.Path whole = path.toAbsolutePath();
      return new Near(whole.resolveSibling(whole.getFileName() + extension));
    }

    @Override
    public void write(StreamContent content, Configuration hadoop) {
      AtomicFile.createFolders(path.toAbsolutePath().getParent());
      AtomicFile.write(path, content);
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * One elsewhere.
   *
   * @param path its whole name
   */
  record Far(Path path) implements DriverPlace {
    @Override
    public DriverPlace beside(String extension) {
      return new Far(path.suffix(extension));
    }

    @Override
    public void write(StreamContent content, Configuration hadoop) {
      HadoopWriting.write(HadoopFiles.system(path, hadoop), path, content);
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A name that means the same in every process of a cluster whose disks have the same files. */
  default String whole() {
    return this instanceof Near near ? near.path().toAbsolutePath().toString() : toString();
  }

  /** The same name with something behind it. */
  DriverPlace beside(String extension);

  /**
   * Writes a file, in place of one that is there.
   *
   * @throws PmfException naming it and the reason, if it cannot be written
   */
  void write(StreamContent content, Configuration hadoop);

  /**
   * What a user has named.
   *
   * @param name a path of the driver's disk, or one with a scheme
   * @throws PmfException if it is neither, or there is no such file system
   */
  static DriverPlace of(String name, Configuration hadoop) {
    if (!HadoopFiles.hasScheme(name)) {
      return near(name);
    }
    Path whole = HadoopFiles.qualified(HadoopFiles.path(name), hadoop);
    return HadoopFiles.isLocal(whole) ? new Near(HadoopFiles.local(whole)) : new Far(whole);
  }

  private static DriverPlace near(String name) {
    try {
      return new Near(java.nio.file.Path.of(name));
    } catch (InvalidPathException e) {
      throw PmfException.usage(Quote.value(name) + " is no path");
    }
  }
}
