package org.pmf4j.spark.train;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.pmf4j.api.error.PmfException;

/**
 * What users call that of which the driver has copies, so that messages name it as they do. For one
 * thread at a time.
 */
final class ShownNames {
  /** Longer paths come before those that they begin with. */
  private final Map<String, String> names = new TreeMap<>(Comparator.reverseOrder());

  void add(Path copy, String name) {
    names.put(copy.toString(), name);
  }

  /** The same failure, which names no copy. */
  PmfException shown(PmfException failure) {
    String told = failure.getMessage();
    for (Map.Entry<String, String> name : names.entrySet()) {
      told = told.replace(name.getKey(), name.getValue());
    }
    return told.equals(failure.getMessage())
        ? failure
        : new PmfException(failure.kind(), told, failure);
  }
}
