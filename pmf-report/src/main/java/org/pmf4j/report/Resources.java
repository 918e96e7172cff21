package org.pmf4j.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that come with the class path. */
final class Resources {
  private Resources() {}

  /**
   * A text, with the line ends by which browsers hash it.
   *
   * @param name as {@link Class#getResource} takes it, from this package on
   */
  static String text(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
