package org.pmf4j.spark.predict;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.spark.row.RowExamples;

/**
 * The rows of a partition with their predictions, some batches of them in memory at any time. For
 * one thread at a time.
 */
final class PredictedPartition implements Iterator<Row> {
  /** So that batches are prepared while others are computed. */
  private static final int BATCHES = 4;

  private final Iterator<Row> rows;
  private final RowExamples examples;
  private final Classifier classifier;
  private final PredictionTask task;
  private final Iterator<Row> none = List.<Row>of().iterator();
  private final int partition = TaskContext.getPartitionId();
  private Iterator<Row> piece = none;
  private long row;

  PredictedPartition(
      Iterator<Row> rows, RowExamples examples, Classifier classifier, PredictionTask task) {
    this.rows = rows;
    this.examples = examples;
    this.classifier = classifier;
    this.task = task;
  }

  @Override
  public boolean hasNext() {
    return piece.hasNext() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (!piece.hasNext()) {
      if (!rows.hasNext()) {
        throw new NoSuchElementException();
      }
      piece = none; // so that its rows are not held while the next are computed
      piece = predicted().iterator();
    }
    return piece.next();
  }

  private static final class Asked {
    private final Row row;
    private Example example;
    private Prediction prediction;
    private String reason;

    Asked(Row row) {
      this.row = row;
    }
  }

  private List<Row> predicted() {
    List<Asked> all = new ArrayList<>();
    while (rows.hasNext() && all.size() < BATCHES * task.batchSize()) {
      Asked asked = new Asked(rows.next());
      row++;
      attempt(asked, () -> asked.example = examples.example(asked.row, place()));
      all.add(asked);
    }
    List<Asked> whole = all.stream().filter(a -> a.example != null).toList();
    if (!together(whole)) {
      whole.forEach(a -> attempt(a, () -> predict(List.of(a))));
    }
    task.count(all.size(), all.stream().filter(a -> a.reason != null).count());
    return all.stream().map(this::told).toList();
  }

  private String place() {
    return RowExamples.place(partition, row);
  }

  /** Computes rows in whole batches; false if one of them is to blame, which is found alone. */
  private boolean together(List<Asked> asked) {
    try {
      predict(asked);
      return true;
    } catch (PmfException e) {
      if (task.keepsBadRows() && isOfRow(e)) {
        return false;
      }
      throw e;
    }
  }

  private void predict(List<Asked> asked) {
    Iterator<Asked> next = asked.iterator();
    classifier.predict(
        asked.stream().map(a -> a.example).toList(),
        Progress.SILENT,
        prediction -> next.next().prediction = prediction);
  }

  private void attempt(Asked asked, Runnable work) {
    try {
      work.run();
    } catch (PmfException e) {
      if (!task.keepsBadRows() || !isOfRow(e)) {
        throw e;
      }
      asked.reason = e.getMessage();
    }
  }

  /** What no other row would suffer from; a file system out of reach is nobody's fault here. */
  private static boolean isOfRow(PmfException e) {
    return e.kind() == ErrorKind.INPUT || e.kind() == ErrorKind.COMPUTATION;
  }

  private Row told(Asked asked) {
    return asked.reason == null
        ? task.outputs().answered(asked.row, asked.prediction)
        : task.outputs().refused(asked.row, asked.reason);
  }
}
