package org.pmf4j.cli.doctor;

import org.pmf4j.cli.start.StartArchive;

/** Looks at how this process was started. */
final class StartCheck {
  private StartCheck() {}

  static Finding of(StartArchive archive) {
    return archive.misfits()
        ? Finding.slow(
            "start",
            archive.told(),
            "remove that file, and the next start makes another; or leave options that change"
                + " how the JVM keeps classes out of JAVA_OPTS")
        : Finding.ok("start", archive.told());
  }
}
