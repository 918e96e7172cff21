package org.pmf4j.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.model.Int8Layers;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.export.check.Agreement;
import org.pmf4j.export.check.BackendCheck;
import org.pmf4j.export.check.PatternRows;
import org.pmf4j.export.files.ExportFolder;
import org.pmf4j.export.files.GraphFile;
import org.pmf4j.export.int8.Int8Loss;
import org.pmf4j.export.int8.LayerErrors;
import org.pmf4j.onnx.TracingBackend;

/**
 * Finds the linear layers that may be in integers: first those whose products are close, then,
 * while the model loses too much on the rows, fewer, the worst first. For one thread at a time.
 *
 * @param writer of the graphs
 * @param check of graphs against the model
 * @param rows of the table
 * @param mostLost see {@link ExportRequest.Int8}
 */
record Int8Export(GraphWriter writer, BackendCheck check, List<Example> rows, double mostLost) {
  /**
   * A layer that is further off stays in single precision: those of no outliers are off by a
   * hundredth or two.
   */
  static final double MOST_ERROR = 0.1;

  /** Rows on which layers are measured: errors differ little between rows. */
  private static final int MEASURED_ROWS = 32;

  /**
   * What was found.
   *
   * @param written the files
   * @param checked each graph against the model
   * @param report on all
   */
  record Found(
      GraphWriter.Written written, List<ExportReport.Checked> checked, Int8Report report) {}

  /**
   * Writes graphs in integers that lose no more than they may.
   *
   * @throws PmfException of the kind COMPUTATION, if there are none
   */
  Found write(ExportFolder folder, Progress progress) {
    LayerErrors errors = errors(folder.path(), progress);
    List<LayerErrors.Layer> layers = errors.worstFirst();
    if (layers.isEmpty()) {
      throw PmfException.usage(
          "--int8: no frozen linear layer of the model's encoders can be in 8-bit integers");
    }
    int kept = errors.beyond(MOST_ERROR);
    Int8Loss loss = null;
    for (int more = 1; kept < layers.size(); kept += more, more *= 2) {
      Int8Layers inFloat = errors.keeping(kept);
      folder.clear();
      GraphWriter.Written written = write(folder.path(), inFloat, progress);
      List<ExportReport.Checked> checked = new ArrayList<>();
      loss = loss(folder.path(), written.graphs(), checked, progress);
      if (loss.lost() <= mostLost) {
        return new Found(written, checked, new Int8Report(loss, layers, inFloat, mostLost));
      }
    }
    throw tooMuch(loss);
  }

  private GraphWriter.Written write(Path folder, Int8Layers inFloat, Progress progress) {
    try (TracingBackend tracing = TracingBackend.open(writer.request().opset())) {
      return writer.write(folder, tracing, Optional.of(inFloat), progress);
    }
  }

  /** By a graph that computes both, of the pattern with most modalities. */
  private LayerErrors errors(Path folder, Progress progress) {
    ModalityPattern fullest = writer.patterns().get(0);
    LayerErrors errors = new LayerErrors(writer.saved().modalities());
    try (TracingBackend tracing = TracingBackend.measuring(writer.request().opset())) {
      GraphFile graph =
          writer
              .of(fullest)
              .write(folder, tracing, Optional.of(Int8Layers.NONE), progress)
              .graphs()
              .get(0);
      List<Example> some = some(fullest).stream().limit(MEASURED_ROWS).toList();
      check.each(
          "measure " + fullest,
          folder.resolve(graph.name()),
          graph.graph(),
          some,
          progress,
          run -> errors.add(run.outputs()));
    }
    return errors;
  }

  private Int8Loss loss(
      Path folder, List<GraphFile> graphs, List<ExportReport.Checked> checked, Progress progress) {
    Int8Loss.Sum sum = new Int8Loss.Sum(writer.saved().task(), writer.saved().modalities());
    for (GraphFile g : graphs) {
      List<Example> some = some(g.pattern());
      Path file = folder.resolve(g.name());
      Agreement found = check.of("check " + g.pattern(), file, g.graph(), some, progress, sum::add);
      checked.add(new ExportReport.Checked(g, found));
    }
    return sum.loss();
  }

  private List<Example> some(ModalityPattern pattern) {
    return PatternRows.required(pattern, rows, List.copyOf(writer.saved().modalities()));
  }

  private PmfException tooMuch(Int8Loss loss) {
    String why =
        loss == null
            ? "no linear layer is close to itself in 8-bit integers"
            : String.format(
                Locale.ROOT,
                "whichever layers are in 8-bit integers, %s on %d rows, more than the %.2f %% that"
                    + " --most-lost allows",
                Int8Report.lost(loss),
                loss.rows(),
                100 * mostLost);
    return PmfException.computation("--int8: " + why + "; nothing is exported");
  }
}
