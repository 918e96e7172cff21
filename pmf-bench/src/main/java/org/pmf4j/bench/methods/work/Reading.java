package org.pmf4j.bench.methods.work;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.CsvDialect;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.data.UnknownLabels;

/**
 * How tables are read. Immutable, so that any number of threads may share it.
 *
 * @param columns by encoder, those that it reads, where they are not of its name
 * @param label the column of labels
 * @param csv how CSV is written, by setting
 * @param unknownLabels what is done with rows whose labels training lacks
 * @param query what the training table is asked; null where it is no database
 * @param validationQuery what the validation table is asked; null where it is no database
 * @param testQuery what the test table is asked; null where it is no database
 */
public record Reading(
    Map<String, List<String>> columns,
    String label,
    Map<String, Object> csv,
    UnknownLabels unknownLabels,
    String query,
    String validationQuery,
    String testQuery) {
  /** Copies the maps. */
  public Reading {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    csv = Collections.unmodifiableMap(new LinkedHashMap<>(csv));
  }

  /** Of files that are read with these options. */
  public static Reading of(
      TableOptions options, String query, String validationQuery, String testQuery) {
    return new Reading(
        options.columns().named(),
        options.columns().label(),
        options.csv().values().toMap(),
        options.unknownLabels(),
        query,
        validationQuery,
        testQuery);
  }

  /** The same for the core. */
  public TableOptions options() {
    return new TableOptions(new Columns(columns, label), CsvDialect.of(csv), unknownLabels);
  }
}
