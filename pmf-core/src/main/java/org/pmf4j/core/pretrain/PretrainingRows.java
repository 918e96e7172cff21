package org.pmf4j.core.pretrain;

import java.util.AbstractList;
import java.util.List;
import org.pmf4j.api.error.PmfException;
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
record PretrainingRows(String modality, List<Example> rows) {
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

  /**
   * What a modality found wrong with one of all values, with its place if it begins with a name.
   */
  PmfException placed(PmfException e) {
    return rows.stream()
        .filter(row -> e.getMessage().startsWith(row.requireSource(modality).describe() + ":"))
        .findFirst()
        .map(row -> row.at(modality, e))
        .orElse(e);
  }

  /** All values; what is kept elsewhere is read when the list is asked for it. */
  List<Source> sources() {
    return new AbstractList<>() {
      @Override
      public Source get(int row) {
        Source source = PretrainingRows.this.source(row);
        return source instanceof Source.Stored kept ? kept.read() : source;
      }

      @Override
      public int size() {
        return count();
      }
    };
  }
}
