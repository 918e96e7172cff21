package org.pmf4j.core.model;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableChecks;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.progress.Progress;

/**
 * Reads tables as a model wants them.
 *
 * @param modalities the model's, in order
 * @param task what its labels mean
 */
record ModelTables(Named<Modality> modalities, Task task) {
  /**
   * Reads and checks a table; see {@link SavedModel#read}.
   *
   * @throws PmfException for anything that is wrong with it
   */
  Table read(Path file, Table.Labelled labelled, Set<String> without, Progress progress) {
    requireKnown(without);
    Map<String, Modality> columns = new LinkedHashMap<>(modalities.asMap());
    columns.keySet().removeAll(without);
    if (columns.isEmpty()) {
      throw PmfException.usage("nothing is left without " + String.join(", ", without));
    }
    TableChecks checks = new TableChecks(columns, progress);
    Table table;
    if (labelled == Table.Labelled.REQUIRED) {
      table = checks.labelled(file, task.kind());
      checks.targets(task, table);
    } else {
      table = checks.read(file, labelled);
    }
    checks.finish();
    return table;
  }

  /**
   * Reads and checks one record; see {@link SavedModel#record}.
   *
   * @throws PmfException for anything that is wrong with it
   */
  Map<String, Source> record(Map<String, String> cells, Path folder) {
    requireKnown(cells.keySet());
    Map<String, Source> sources = new LinkedHashMap<>();
    cells.forEach((name, cell) -> sources.put(name, modalities.get(name).parse(cell, folder)));
    TableChecks checks = new TableChecks(modalities.asMap(), Progress.SILENT);
    checks.add(Example.of(sources));
    checks.finish();
    return sources;
  }

  /**
   * Refuses names that are none of the model's modalities.
   *
   * @throws PmfException naming the first, and those there are
   */
  void requireKnown(Collection<String> names) {
    for (String m : names) {
      if (!modalities.has(m)) {
        throw PmfException.usage(
            String.format(
                Locale.ROOT,
                "the model has no modality %s; it has %s",
                Quote.value(m),
                String.join(", ", modalities.names())));
      }
    }
  }
}
