package org.pmf4j.cli.predict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many rows were predicted.
 *
 * @param rows all of them
 * @param missing for each modality of the model, how many rows lack it
 */
record PredictedRows(long rows, Map<String, Long> missing) {
  /** Copies the map. */
  PredictedRows {
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }
}
