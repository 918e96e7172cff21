package org.pmf4j.core.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final Map<String, Modality> columns;
  private final Progress progress;
  private final Problems problems = new Problems();
  private final List<Example> examples = new ArrayList<>();

  /**
   * Checks of tables with these columns.
   *
   * @param columns by column, the modality that reads it
   */
  public TableChecks(Map<String, Modality> columns, Progress progress) {
    this.columns = new LinkedHashMap<>(columns);
    this.progress = progress;
  }

  /**
   * Reads a table.
   *
   * @return it, with rows that must not be used before {@link #finish} has passed
   * @throws PmfException naming the file, if it is none, lacks a column, or cannot be read on
   */
  public Table read(Path file, Table.Labelled labelled) {
    Table table = Table.read(file, columns, labelled, problems);
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
  public Table training(Path file, String kind) {
    Table table = labelled(file, kind);
    for (String column : columns.keySet()) {
      if (table.examples().stream().allMatch(e -> e.source(column).isEmpty())
          && problems.isEmpty()) {
        problems.add(
            file
                + ", column "
                + Quote.name(column)
                + ": blank in every row, so that nothing can be learnt of it; leave its encoder"
                + " out");
      }
    }
    return table;
  }

  /** Reads a labelled table to validate on; see {@link #training}. */
  public Table labelled(Path file, String kind) {
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

  /** Tries the labels of a table. */
  public void targets(Task task, Table table) {
    for (Example example : table.examples()) {
      if (example.label().isPresent()) {
        collect(() -> task.target(example));
      }
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
    SourceChecks.run(examples, columns, progress, problems);
    problems.report();
  }
}
