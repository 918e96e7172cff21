package org.pmf4j.spark.hadoop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of a folder's files, as a small file says it. Immutable, so that any number of
 * threads may share it.
 *
 * @param written by name, in the order in which they take their places, their lengths
 * @param removed names
 */
record FolderChange(Map<String, Long> written, List<String> removed) {
  private static final String END = "end";

  FolderChange {
    written = new LinkedHashMap<>(written);
    removed = List.copyOf(removed);
  }

  boolean isEmpty() {
    return written.isEmpty() && removed.isEmpty();
  }

  /** One line for each file, and one that tells that this is all. */
  String text() {
    StringBuilder text = new StringBuilder();
    written.forEach((name, length) -> text.append(length).append(' ').append(name).append('\n'));
    removed.forEach(name -> text.append("- ").append(name).append('\n'));
    return text.append(END).append('\n').toString();
  }

  /** Empty for a text that was not written to its end. */
  static Optional<FolderChange> of(String text) {
    if (!text.endsWith("\n" + END + "\n")) {
      return Optional.empty();
    }
    Map<String, Long> written = new LinkedHashMap<>();
    List<String> removed = new ArrayList<>();
    for (String line : text.substring(0, text.length() - END.length() - 1).split("\n")) {
      int at = line.indexOf(' ');
      String name = line.substring(at + 1);
      if (line.charAt(0) == '-') {
        removed.add(name);
      } else {
        written.put(name, Long.valueOf(line.substring(0, at)));
      }
    }
    return Optional.of(new FolderChange(written, removed));
  }
}
