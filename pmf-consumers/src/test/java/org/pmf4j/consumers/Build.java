package org.pmf4j.consumers;

import java.nio.file.Path;

/** What the build that runs these tests tells of itself. */
final class Build {
  static final String VERSION = System.getProperty("pmf.version");

  /** The root of the sources. */
  static final Path ROOT = Path.of(System.getProperty("pmf.root"));

  /** The folder of a module that the build writes to. */
  static final String FOLDER = System.getProperty("pmf.build");

  /** The system whose native libraries are tested. */
  static final String SYSTEM = System.getProperty("pmf.system");

  static final Path MAVEN = Path.of(System.getProperty("maven.home"), "bin", "mvn");

  /** Where the build found what it depends on. */
  static final Path REPOSITORY = Path.of(System.getProperty("maven.repository"));

  /** What these tests write. */
  static final Path TARGET = ROOT.resolve("pmf-consumers").resolve(FOLDER);

  static final Path PROJECTS = ROOT.resolve("pmf-consumers/src/it");

  /** Tiny encoders and a table of 16 rows. */
  static final Path SAMPLES = ROOT.resolve("pmf-parity/src/test/resources/parity/pmf");

  private Build() {}
}
