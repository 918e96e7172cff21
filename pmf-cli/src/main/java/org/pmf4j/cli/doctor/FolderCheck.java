package org.pmf4j.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.hub.HubEnvironment;

/** Looks at the folders that are written to without being named: are they there, and how large. */
final class FolderCheck {
  private static final double GIB = Math.pow(1024, 3);

  /** Less than this is filled by one cache of base-size trunks. */
  private static final double SCARCE_GIB = 1;

  private FolderCheck() {}

  static List<Finding> findings() {
    Path home = Path.of(System.getProperty("user.home"));
    List<Finding> all = new ArrayList<>();
    all.add(of("temporary folder", Path.of(System.getProperty("java.io.tmpdir")), "TMPDIR", ""));
    CacheConfig.DEFAULT.root().ifPresent(p -> all.add(sized("trunk cache", p, "PMF_CACHE")));
    all.add(sized("models of the hub", HubEnvironment.ofProcess().cache().root(), "HF_HOME"));
    all.add(sized("libraries of PyTorch", home.resolve(".djl.ai"), "DJL_CACHE_DIR"));
    all.add(sized("libraries of TensorFlow", home.resolve(".javacpp"), null));
    return all;
  }

  private static Finding sized(String subject, Path folder, String variable) {
    if (!Files.isDirectory(folder)) {
      return of(subject, folder, variable, ", not made yet");
    }
    String size = String.format(Locale.ROOT, ", %.2f GiB", size(folder) / GIB);
    return of(subject, folder, variable, size);
  }

  /**
   * Looks at a folder, which need not be there if it can be made.
   *
   * @param variable of the environment that puts it elsewhere; null if there is none
   * @param told of what is in it
   */
  static Finding of(String subject, Path folder, String variable, String told) {
    Path there = folder.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    String name = Quote.plain(folder.toString());
    String elsewhere =
        variable == null ? "give it to this user" : "give it to this user, or set " + variable;
    if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
      return Finding.missing(subject, name + " cannot be written", elsewhere);
    }
    try {
      double free = Files.getFileStore(there).getUsableSpace() / GIB;
      String found = String.format(Locale.ROOT, "%s%s, %.1f GiB free", name, told, free);
      return free < SCARCE_GIB
          ? Finding.slow(
              subject, found, "make room" + (variable == null ? "" : ", or set " + variable))
          : Finding.ok(subject, found);
    } catch (IOException e) {
      return Finding.missing(subject, name + " cannot be read", elsewhere);
    }
  }

  /** Of all files below it, links not followed; what cannot be read counts nothing. */
  private static long size(Path folder) {
    long[] sum = new long[1];
    SimpleFileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(folder, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of no file: each has been passed over
    }
    return sum[0];
  }
}
