package org.pmf4j.cli.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.table.Cell;
import org.pmf4j.cli.rows.RowTarget;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.data.TableStream;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.CutSamples;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.core.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Predicts a table piece by piece, so that no more than a piece of it is in memory. */
final class PredictedTable {
  private static final Logger LOG = LoggerFactory.getLogger(PredictedTable.class);

  /** Rows that are checked before weights are read: all of most tables. Whole batches, as below. */
  private static final int FIRST = 10_240;

  private static final int PIECE = 1_024;

  /** So that batches are prepared while others are computed. */
  private static final int BATCHES = 4;

  private final SavedModel model;
  private final TableStream table;
  private final PredictionFile file;
  private final int batchSize;
  private final Progress progress;
  private final Map<String, Long> missing = new LinkedHashMap<>();
  private final Map<String, CutSamples> cuts = new LinkedHashMap<>();
  private long rows;

  PredictedTable(
      SavedModel model, TableStream table, PredictionFile file, int batchSize, Progress progress) {
    this.model = model;
    this.table = table;
    this.file = file;
    this.batchSize = batchSize;
    this.progress = progress;
  }

  /**
   * Writes all predictions. A file is there when the last row is, and before that as it was;
   * standard output gets rows as soon as their batch is computed.
   *
   * @throws org.pmf4j.api.error.PmfException with row, column and reason of what is wrong
   */
  PredictedRows write(RowTarget target) {
    // Who writes into a pipe may wait for answers before more
    int most = table.table().isStandardInput() ? batchSize : Math.max(PIECE, BATCHES * batchSize);
    TableStream.Piece first =
        table.next(table.table().isStandardInput() ? batchSize : FIRST, progress);
    target.ifFile(first::requireNotNamed);
    try (Classifier classifier = model.load(batchSize)) {
      target.write(stream -> print(stream, first, most, classifier, target));
    }
    LOG.info("{}: {} predictions saved", target, rows);
    return new PredictedRows(rows, missing, cuts());
  }

  /** Of all rows, where each piece told of its own. */
  private List<CutSamples> cuts() {
    return cuts.values().stream()
        .map(c -> c.of(rows - missing.getOrDefault(c.encoder(), 0L)))
        .toList();
  }

  private void print(
      OutputStream stream,
      TableStream.Piece first,
      int most,
      Classifier classifier,
      RowTarget target)
      throws IOException {
    PredictionWriter writer = file.to(stream, classifier.task());
    long total = table.ended() ? first.examples().size() : Progress.UNKNOWN;
    try (Progress.Bar bar = progress.begin("predict", total, "samples")) {
      for (TableStream.Piece piece = first;
          piece != null;
          piece = table.next(most, Progress.SILENT)) {
        target.ifFile(piece::requireNotNamed);
        predict(piece, classifier, writer, target, bar);
        List<Example> examples = piece.examples();
        classifier
            .cuts(examples, Progress.SILENT)
            .forEach(cut -> cuts.merge(cut.encoder(), cut, CutSamples::and));
        ModalityPattern.missing(examples, model.modalities())
            .forEach((m, n) -> missing.merge(m, (long) n, Long::sum));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.end();
  }

  private void predict(
      TableStream.Piece piece,
      Classifier classifier,
      PredictionWriter writer,
      RowTarget target,
      Progress.Bar bar) {
    Iterator<List<Cell>> own = piece.values().iterator();
    classifier.predict(
        piece.examples(),
        progress.within(bar),
        prediction -> {
          try {
            writer.add(own.next(), prediction);
            rows++;
            if (target.isStandardOutput() && (rows % batchSize == 0 || !own.hasNext())) {
              writer.flush();
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
