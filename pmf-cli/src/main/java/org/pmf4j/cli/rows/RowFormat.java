package org.pmf4j.cli.rows;

import java.nio.file.Path;
import java.util.Locale;

/** How rows are written. */
public enum RowFormat {
  /** CSV as RFC 4180 has it, with a header, in lines that end in LF. */
  CSV,
  /** A JSON object a line. */
  JSONL,
  /** One JSON list of objects, a line each. */
  JSON;

  /**
   * The one that the end of a name tells: {@code .jsonl}, {@code .ndjson}, {@code .json}, else CSV.
   */
  static RowFormat of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return JSONL;
    }
    return name.endsWith(".json") ? JSON : CSV;
  }
}
