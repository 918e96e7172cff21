package org.pmf4j.api.modality;

import java.nio.file.Path;
import java.util.Objects;

/** One raw value of one modality, before any preprocessing. */
public sealed interface Source {
  /** What messages call it: a path, or the beginning of a text. */
  String describe();

  /** A text. */
  record Text(String text) implements Source {
    /** Refuses null. */
    public Text {
      Objects.requireNonNull(text, "text");
    }

    @Override
    public String describe() {
      return text.length() <= 40 ? '"' + text + '"' : '"' + text.substring(0, 40) + "…\"";
    }
  }

  /** A file. */
  record File(Path path) implements Source {
    /** Refuses null. */
    public File {
      Objects.requireNonNull(path, "path");
    }

    @Override
    public String describe() {
      return path.toString();
    }
  }

  /**
   * Bytes in memory, in the format that a file would have.
   *
   * @param name for messages
   * @param bytes not copied; must not change
   */
  record Bytes(String name, byte[] bytes) implements Source {
    @Override
    public String describe() {
      return name;
    }
  }
}
