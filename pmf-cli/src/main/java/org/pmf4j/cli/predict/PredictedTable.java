package org.pmf4j.cli.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.data.TableStream;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.CutSamples;
import org.pmf4j.core.model.Prediction;
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
   * Writes all predictions. The file is there when the last row is, and before that as it was.
   *
   * @throws org.pmf4j.api.error.PmfException with row, column and reason of what is wrong
   */
  PredictedRows write(Path out) {
    TableStream.Piece first = table.next(FIRST, progress);
    first.requireNotNamed(out);
    try (Classifier classifier = model.load(batchSize)) {
      AtomicFile.write(out, stream -> print(stream, first, classifier, out));
    }
    LOG.info("{}: {} predictions saved", out, rows);
    return new PredictedRows(rows, missing, cuts());
  }

  /** Of all rows, where each piece told of its own. */
  private List<CutSamples> cuts() {
    return cuts.values().stream()
        .map(c -> c.of(rows - missing.getOrDefault(c.encoder(), 0L)))
        .toList();
  }

  private void print(OutputStream stream, TableStream.Piece first, Classifier classifier, Path out)
      throws IOException {
    PredictionFile.Writer writer = file.to(stream, classifier.task());
    long total = table.ended() ? first.examples().size() : Progress.UNKNOWN;
    try (Progress.Bar bar = progress.begin("predict", total, "samples")) {
      for (TableStream.Piece piece = first;
          piece != null;
          piece = table.next(Math.max(PIECE, BATCHES * batchSize), Progress.SILENT)) {
        piece.requireNotNamed(out);
        List<Example> examples = piece.examples();
        List<Prediction> predictions = classifier.predict(examples, progress.within(bar));
        for (int i = 0; i < predictions.size(); i++) {
          writer.add(piece.cells().get(i), predictions.get(i));
        }
        classifier
            .cuts(examples, Progress.SILENT)
            .forEach(cut -> cuts.merge(cut.encoder(), cut, CutSamples::and));
        rows += examples.size();
        ModalityPattern.missing(examples, model.modalities())
            .forEach((m, n) -> missing.merge(m, (long) n, Long::sum));
      }
    }
    writer.flush();
  }
}
