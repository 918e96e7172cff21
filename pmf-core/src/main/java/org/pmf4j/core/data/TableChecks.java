package org.pmf4j.core.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.core.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that can be told of tables before any work on them: they are read, every label is tried and
 * the header of every file looked at, and what is wrong is told in one error at {@link #finish}.
 * Not for several threads.
 */
public final class TableChecks {
  private static final Logger LOG = LoggerFactory.getLogger(TableChecks.class);
  private static final int SHOWN = 10;

  private final Map<String, Modality> modalities;
  private final TableReader reader;
  private final Progress progress;
  private final Problems problems = new Problems();
  private final List<Example> examples = new ArrayList<>();

  /**
   * Checks of tables.
   *
   * @param modalities by encoder, what reads its cells
   * @param reader of the tables
   */
  public TableChecks(Map<String, Modality> modalities, TableReader reader, Progress progress) {
    this.modalities = new LinkedHashMap<>(modalities);
    this.reader = reader;
    this.progress = progress;
  }

  /**
   * Reads a table.
   *
   * @return it, with rows that must not be used before {@link #finish} has passed
   * @throws PmfException naming the file, if it is none, lacks a column, or cannot be read on
   */
  public Table read(TableLocation file, Table.Labelled labelled) {
    Table table = reader.read(file, modalities, labelled, problems);
    examples.addAll(table.examples());
    LOG.info("{}: {} rows", file, table.examples().size());
    return table;
  }

  /**
   * Reads a labelled table to train on.
   *
   * @param kind of the task, one of {@link Task#KINDS}
   * @return it, with rows that must not be used before {@link #finish} has passed
   * @throws PmfException as {@link #read} does
   */
  public Table training(TableLocation file, String kind) {
    Table table = labelled(file, kind);
    for (String encoder : modalities.keySet()) {
      if (table.examples().stream().allMatch(e -> e.source(encoder).isEmpty())
          && problems.isEmpty()) {
        problems.add(
            file
                + ", column "
                + reader.columns().shown(encoder)
                + ": blank in every row, so that nothing can be learnt of it; leave its encoder"
                + " out");
      }
    }
    return table;
  }

  /** Reads a labelled table to validate on; see {@link #training}. */
  public Table labelled(TableLocation file, String kind) {
    Table table = read(file, Table.Labelled.REQUIRED);
    for (Example example : table.examples()) {
      if (example.label().isPresent()) {
        collect(() -> Task.check(kind, example));
      }
    }
    return table;
  }

  /**
   * Makes the task of what was read, unless something is wrong with it.
   *
   * @throws PmfException telling all that is wrong so far, or for labels that make no such task
   */
  public Task task(String kind, Table training) {
    if (!problems.isEmpty()) {
      finish();
    }
    return Task.of(kind, training.examples());
  }

  /**
   * Tries the labels of a table.
   *
   * @return its rows, without those whose labels the task does not know, where these are skipped
   */
  public List<Example> targets(Task task, Table table) {
    boolean skip = reader.options().unknownLabels() == UnknownLabels.SKIP;
    Map<String, Integer> unknown = new TreeMap<>();
    List<Example> known = new ArrayList<>();
    for (Example example : table.examples()) {
      Optional<String> stranger = skip ? task.unknown(example) : Optional.empty();
      stranger.ifPresent(label -> unknown.merge(label, 1, Integer::sum));
      if (stranger.isEmpty()) {
        known.add(example);
        if (example.label().isPresent()) {
          collect(() -> task.target(example));
        }
      }
    }
    if (!unknown.isEmpty()) {
      skipped(table, known.size(), unknown);
    }
    return known;
  }

  private static void skipped(Table table, int known, Map<String, Integer> unknown) {
    int all = table.examples().size();
    String labels =
        unknown.entrySet().stream()
            .limit(SHOWN)
            .map(e -> Quote.value(e.getKey()) + " " + e.getValue())
            .collect(Collectors.joining(", "));
    LOG.warn(
        "{}: {} of {} rows skipped, whose labels training lacks: {}{}",
        table.location(),
        all - known,
        all,
        labels,
        unknown.size() > SHOWN ? ", … (" + unknown.size() + " labels)" : "");
    if (known == 0) {
      throw PmfException.input(
          table.location() + ": no row has a label that training has; " + labels);
    }
  }

  /** Adds values that came without a table. */
  public void add(Example example) {
    examples.add(example);
  }

  private void collect(Runnable check) {
    try {
      check.run();
    } catch (PmfException e) {
      if (e.kind() != ErrorKind.INPUT) {
        throw e;
      }
      problems.add(e.getMessage());
    }
  }

  /**
   * Looks at the files that the rows name, and ends here if anything is wrong.
   *
   * @throws PmfException with file, row, column and reason of the first ten, and how many more
   */
  public void finish() {
    SourceChecks.run(examples, modalities, progress, problems);
    problems.report();
  }
}
