package org.pmf4j.modalities;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The files that make_preprocessing_fixtures.py made. */
public final class Fixtures {
  private Fixtures() {}

  /** A file or folder of theirs. */
  public static Path path(String name) {
    try {
      return Path.of(Fixtures.class.getResource("/preprocessing/").toURI()).resolve(name);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A JSON file of theirs. */
  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(path(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
