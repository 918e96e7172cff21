package org.pmf4j.spark.hadoop;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.pmf4j.api.file.AtomicFile.StreamContent;

/**
 * Writes files of a Hadoop file system aside and renames them, so that others find each whole or
 * not at all. Has no state: any thread may call it.
 */
public final class HadoopWriting {
  private HadoopWriting() {}

  /**
   * Writes a file, in place of one that is there.
   *
   * @throws org.pmf4j.api.error.PmfException naming the file and the reason, if it cannot be
   *     written
   */
  public static void write(FileSystem files, Path file, StreamContent content) {
    Path aside = aside(file);
    try {
      try (var out = files.create(aside, true)) {
        content.writeTo(out);
      }
      rename(files, aside, file);
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotWrite(file, e);
    } finally {
      remove(files, aside);
    }
  }

  /** Many file systems rename onto no file: there is another machine's, or a broken one. */
  private static void rename(FileSystem files, Path aside, Path file) throws IOException {
    if (files.rename(aside, file)) {
      return;
    }
    files.delete(file, false);
    if (!files.rename(aside, file) && !files.exists(file)) {
      throw new IOException("the file system does not rename what was written");
    }
  }

  private static void remove(FileSystem files, Path aside) {
    try {
      files.delete(aside, false);
    } catch (IOException e) {
      return; // what failed before is told; 'pmf cache prune' knows the name
    }
  }

  /** As files of one machine are called that are being written. */
  private static Path aside(Path file) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return new Path(
        file.getParent(),
        String.format(
            Locale.ROOT, ".%s.%d-%s.tmp", file.getName(), ProcessHandle.current().pid(), random));
  }
}
