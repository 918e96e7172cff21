package org.pmf4j.cli.predict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.model.CutSamples;

/**
 * How many rows were predicted.
 *
 * @param rows all of them
 * @param missing for each modality of the model, how many rows lack it
 * @param cuts for each encoder that saw a part of some, of how many
 */
record PredictedRows(long rows, Map<String, Long> missing, List<CutSamples> cuts) {
  /** Copies the collections. */
  PredictedRows {
    cuts = List.copyOf(cuts);
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }
}
