package org.pmf4j.core.pytorch;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Checkpoints beside the script that made them. */
final class Resources {
  private Resources() {}

  static Path path(String name) {
    try {
      return Path.of(Resources.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
