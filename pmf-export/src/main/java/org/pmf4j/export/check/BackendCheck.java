package org.pmf4j.export.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.trunk.Trunks;
import org.pmf4j.export.engine.GraphSession;
import org.pmf4j.export.graph.ModalityInputs;
import org.pmf4j.export.graph.OpenTrace;
import org.pmf4j.export.graph.PatternBody;

/**
 * Gives a graph and a model on a backend the same inputs. For one thread at a time.
 *
 * @param model on the backend
 * @param trunks of the model
 * @param task what its outputs mean
 */
public record BackendCheck(FusedModel model, Trunks trunks, Task task) {
  private static final int ROWS_AT_ONCE = 8;

  /**
   * A batch that the graph and the model have computed.
   *
   * @param rows of it
   * @param expected the model's logits
   * @param outputs the graph's, by name
   */
  public record Run(List<Example> rows, HostTensor expected, Named<HostTensor> outputs) {
    /** The graph's logits. */
    public HostTensor logits() {
      return outputs.get(PatternBody.LOGITS);
    }
  }

  /**
   * Compares the logits of some rows.
   *
   * @param what for the progress, such as {@code check image+text}
   * @param file of the graph
   * @param graph what the file holds
   * @param rows that have the graph's modalities and no others
   * @throws org.pmf4j.api.error.PmfException as {@link #each} does
   */
  public Agreement of(
      String what, Path file, OpenTrace graph, List<Example> rows, Progress progress) {
    return of(what, file, graph, rows, progress, run -> {});
  }

  /**
   * The same, with each batch for who wants to know more of it.
   *
   * @param also takes the batches in order
   */
  public Agreement of(
      String what,
      Path file,
      OpenTrace graph,
      List<Example> rows,
      Progress progress,
      Consumer<Run> also) {
    List<Agreement> found = new ArrayList<>(List.of(Agreement.NONE));
    each(
        what,
        file,
        graph,
        rows,
        progress,
        run -> {
          found.set(0, found.get(0).and(task, run.expected(), run.logits()));
          also.accept(run);
        });
    return found.get(0);
  }

  /**
   * Runs the graph and the model on some rows, batch by batch.
   *
   * @param what for the progress, such as {@code check image+text}
   * @param file of the graph
   * @param graph what the file holds
   * @param rows that have the graph's modalities and no others
   * @param each takes the batches in order
   * @throws org.pmf4j.api.error.PmfException naming a row that cannot be read, or the file, if the
   *     engine refuses it; of the kind STOPPED, if {@code progress} asks to stop
   */
  public void each(
      String what,
      Path file,
      OpenTrace graph,
      List<Example> rows,
      Progress progress,
      Consumer<Run> each) {
    int atOnce = graph.batchIsOpen() ? ROWS_AT_ONCE : 1;
    try (GraphSession session = GraphSession.open(file);
        Progress.Bar bar = progress.begin(what, rows.size(), "rows")) {
      for (int from = 0; from < rows.size(); from += atOnce) {
        progress.checkStop("while the graphs were checked; nothing is exported");
        List<Example> some = rows.subList(from, Math.min(from + atOnce, rows.size()));
        each.accept(run(session, graph, some));
        bar.advance(some.size(), "");
      }
    }
  }

  private Run run(GraphSession session, OpenTrace graph, List<Example> some) {
    Batch<HostTensor> prepared = trunks.prepare(some);
    Map<String, ModalityInput<HostTensor>> filled = new LinkedHashMap<>();
    Named<HostTensor> given = Named.none();
    for (Map.Entry<String, ModalityInputs> e : graph.inputs().entrySet()) {
      requireFit(e.getValue(), prepared.encoderInput(e.getKey()), some);
      Named<HostTensor> inputs = e.getValue().fill(prepared.encoderInput(e.getKey()));
      given = given.with(inputs);
      filled.put(e.getKey(), new ModalityInput.EncoderInput<>(inputs.under(e.getKey() + ".")));
    }
    HostTensor expected = model.logits(trunks, Batch.of(Named.of(filled)));
    return new Run(some, expected, session.run(given));
  }

  private static void requireFit(
      ModalityInputs inputs, Named<HostTensor> batch, List<Example> rows) {
    long found = inputs.lengthOf(batch);
    if (inputs.length() != Shape.UNKNOWN && found > inputs.length()) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: %s is longer than --length %s=%d has it: its length is %d",
              rows.get(0).place() + (rows.size() > 1 ? " or one of the next" : ""),
              inputs.modality(),
              inputs.modality(),
              inputs.length(),
              found));
    }
  }
}
