package org.pmf4j.core.trunk;

import java.util.Optional;
import org.pmf4j.api.json.Json;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.ContentHash;

/** The content of sources that are in memory. Has no state: any thread may call it. */
public final class SourceHash {
  private SourceHash() {}

  /**
   * SHA-256 of a source's content, in hexadecimal digits.
   *
   * @return empty for a file, which may change between two looks at it
   */
  public static Optional<String> ofMemory(Source source) {
    if (source instanceof Source.Text text) {
      return Optional.of(ContentHash.of(text.text()));
    }
    if (source instanceof Source.Bytes bytes) {
      return Optional.of(ContentHash.of(bytes.bytes()));
    }
    if (source instanceof Source.Row row) {
      return Optional.of(ContentHash.of(Json.text(row.cells())));
    }
    return source instanceof Source.Stored kept ? Optional.of(kept.sha256()) : Optional.empty();
  }
}
