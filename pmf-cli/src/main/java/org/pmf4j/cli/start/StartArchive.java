package org.pmf4j.cli.start;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.pmf4j.api.error.Quote;

/**
 * The file of classes that the launcher has the JVM start by. A JVM passes over one that does not
 * fit it, and starts more slowly. Immutable, so that any number of threads may share it.
 *
 * @param file that was given; empty where there was none
 * @param used whether the JVM took it
 */
public record StartArchive(Optional<Path> file, boolean used) {
  private static final String GIVEN = "pmf.start.archive";

  /** What this process was started by. */
  public static StartArchive ofProcess() {
    return of(System.getProperties());
  }

  /** What a JVM with such properties was started by. */
  static StartArchive of(Properties properties) {
    Optional<Path> file = Optional.ofNullable(properties.getProperty(GIVEN)).map(Path::of);
    // A JVM that was told of an archive shares what is in that, or nothing
    boolean sharing = properties.getProperty("java.vm.info", "").contains("sharing");
    return new StartArchive(file, file.isPresent() && sharing);
  }

  /** True for one that was given in vain. */
  public boolean misfits() {
    return file.isPresent() && !used;
  }

  /** The same in words. */
  public String told() {
    return file.map(f -> Quote.plain(f.toString()))
        .map(f -> used ? "by the archive " + f : "the archive " + f + " does not fit this Java")
        .orElse("without an archive of classes");
  }
}
