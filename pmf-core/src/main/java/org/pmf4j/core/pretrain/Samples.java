package org.pmf4j.core.pretrain;

import java.util.List;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;

/**
 * Rows of a table of which one modality is read.
 *
 * @param modality that every row has
 * @param rows in the table's order
 */
record Samples(String modality, List<Example> rows) {
  int count() {
    return rows.size();
  }

  Source source(int row) {
    return rows.get(row).requireSource(modality);
  }

  /** Prepares a row; what is wrong with it is told with its place. */
  Named<HostTensor> prepare(int row, Preprocessor preprocessor) {
    return rows.get(row).prepare(modality, preprocessor);
  }

  /** All values. */
  List<Source> sources() {
    return rows.stream().map(e -> e.requireSource(modality)).toList();
  }
}
