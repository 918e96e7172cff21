package org.pmf4j.core.model;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableChecks;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.data.TableStream;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.progress.Progress;

/**
 * Reads tables as a model wants them.
 *
 * @param modalities the model's, in order
 * @param task what its labels mean
 * @param reader of the tables
 */
record ModelTables(Named<Modality> modalities, Task task, TableReader reader) {
  /**
   * Reads and checks a table; see {@link SavedModel#read}.
   *
   * @throws PmfException for anything that is wrong with it
   */
  List<Example> read(
      TableLocation file, Table.Labelled labelled, Set<String> without, Progress progress) {
    Map<String, Modality> left = without(without);
    TableChecks checks = new TableChecks(left, reader(left), progress);
    List<Example> examples;
    if (labelled == Table.Labelled.REQUIRED) {
      examples = checks.targets(task, checks.labelled(file, task.kind()));
    } else {
      examples = checks.read(file, labelled).examples();
    }
    checks.finish();
    return examples;
  }

  /**
   * Opens a table that is read piece by piece; see {@link SavedModel#stream}.
   *
   * @throws PmfException if it is none, or lacks a column
   */
  TableStream stream(TableLocation file, Set<String> without) {
    Map<String, Modality> left = without(without);
    return TableStream.open(reader(left), file, left);
  }

  private Map<String, Modality> without(Set<String> without) {
    requireKnown(without);
    Map<String, Modality> left = new LinkedHashMap<>(modalities.asMap());
    left.keySet().removeAll(without);
    if (left.isEmpty()) {
      throw PmfException.usage("nothing is left without " + String.join(", ", without));
    }
    return left;
  }

  /** Columns of encoders that are left out are not asked for. */
  private TableReader reader(Map<String, Modality> left) {
    reader.columns().requireFit(modalities.names());
    Map<String, List<String>> named = new LinkedHashMap<>(reader.columns().named());
    named.keySet().retainAll(left.keySet());
    return reader.with(reader.options().with(new Columns(named, reader.columns().label())));
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
    TableChecks checks = new TableChecks(modalities.asMap(), reader, Progress.SILENT);
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
