package org.pmf4j.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.cache.KeptFolder;

/** Looks at the folders that are written to without being named: are they there, and how large. */
final class FolderCheck {
  private static final double GIB = Math.pow(1024, 3);

  /** Less than this is filled by one cache of base-size trunks. */
  private static final double SCARCE_GIB = 1;

  private FolderCheck() {}

  static List<Finding> findings() {
    List<Finding> all = new ArrayList<>();
    all.add(of("temporary folder", Path.of(System.getProperty("java.io.tmpdir")), "TMPDIR", ""));
    KeptFolder.all().forEach(kept -> all.add(sized(kept)));
    return all;
  }

  private static Finding sized(KeptFolder kept) {
    String told =
        kept.exists()
            ? String.format(Locale.ROOT, ", %.2f GiB", kept.bytes() / GIB)
            : ", not made yet";
    return of(kept.subject(), kept.path(), kept.variable(), told);
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
}
