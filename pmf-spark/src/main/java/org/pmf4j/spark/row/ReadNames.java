package org.pmf4j.spark.row;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.data.Columns;

/**
 * Which columns are read, as it goes to executors. Immutable, so that any number of threads may
 * share it.
 *
 * @param named by encoder
 * @param label the column of labels
 */
public record ReadNames(Map<String, List<String>> named, String label) implements Serializable {
  /** The same columns. */
  public static ReadNames of(Columns columns) {
    Map<String, List<String>> named = new LinkedHashMap<>();
    columns.named().forEach((encoder, names) -> named.put(encoder, new ArrayList<>(names)));
    return new ReadNames(named, columns.label());
  }

  /** The same columns. */
  public Columns columns() {
    return new Columns(named, label);
  }
}
