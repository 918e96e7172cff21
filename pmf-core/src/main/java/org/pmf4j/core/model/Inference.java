package org.pmf4j.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.trunk.TrunkBatches;
import org.pmf4j.core.trunk.Trunks;

/**
 * Runs a model over many examples, preparing batches ahead. A batch holds examples that have the
 * same modalities, so that what they lack is not computed. Several threads may use it at once.
 *
 * @param model the model
 * @param trunks what its fusion layers start from
 * @param task what its outputs mean
 * @param batchSize examples in a batch
 */
public record Inference(FusedModel model, Trunks trunks, Task task, int batchSize) {

  /**
   * A prediction for each example, in order.
   *
   * @throws org.pmf4j.api.error.PmfException naming an example that has none of the modalities, or
   *     lacks one that the method cannot do without, before anything is computed; naming one whose
   *     prediction is not a number; of the kind STOPPED, if {@code progress} asks to stop
   */
  public List<Prediction> predict(String what, List<Example> examples, Progress progress) {
    List<Prediction> all = new ArrayList<>(examples.size());
    predict(what, examples, progress, all::add);
    return all;
  }

  /**
   * The same, one by one.
   *
   * @param each takes a prediction when those of all examples before it were taken, as soon as its
   *     batch is computed
   */
  public void predict(
      String what, List<Example> examples, Progress progress, Consumer<Prediction> each) {
    model.require(examples);
    Prediction[] predictions = new Prediction[examples.size()];
    Outputs outputs = new Outputs(model, task);
    int[] taken = {0};
    new TrunkBatches(trunks, modalities(), batchSize)
        .forEach(
            what,
            examples,
            progress,
            (rows, prepared) -> {
              List<Prediction> some =
                  outputs.predictions(
                      model.logits(trunks, prepared), rows.stream().map(examples::get).toList());
              for (int i = 0; i < rows.size(); i++) {
                predictions[rows.get(i)] = some.get(i);
              }
              while (taken[0] < predictions.length && predictions[taken[0]] != null) {
                each.accept(predictions[taken[0]++]);
              }
            });
  }

  /**
   * Compares predictions with labels, and, where rows lack modalities, once more for the rows of
   * each pattern of what is there.
   *
   * @throws org.pmf4j.api.error.PmfException naming the row of a label that the task does not know,
   *     before anything is computed
   */
  public EvaluationResult evaluate(String what, List<Example> examples, Progress progress) {
    return answers(what, examples, progress).result();
  }

  /** As {@link #evaluate}, with what was said of each row. */
  public Answers answers(String what, List<Example> examples, Progress progress) {
    examples.forEach(task::target);
    return Answers.of(task, examples, predict(what, examples, progress), modalities());
  }

  private Set<String> modalities() {
    return model.encoders().names();
  }
}
