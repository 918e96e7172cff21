package org.pmf4j.cli.cache;

import java.io.IOException;
import java.nio.file.Path;

/** Places on the disk, behind all links. */
final class TrunkPlace {
  private TrunkPlace() {}

  /** The place of a folder; the folder as it is named where it is not there. */
  static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.toAbsolutePath().normalize();
    }
  }
}
