package org.pmf4j.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Evaluation;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.pipeline.Prefetch;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.trunk.Trunks;

/**
 * Runs a model over many examples, preparing batches ahead.
 *
 * @param model the model
 * @param trunks what its fusion layers start from
 * @param task what its outputs mean
 * @param batchSize examples in a batch
 */
public record Inference(FusedModel model, Trunks trunks, Task task, int batchSize) {

  /** A prediction for each example, in order. */
  public List<Prediction> predict(String what, List<Example> examples, Progress progress) {
    int n = examples.size();
    int batches = (n + batchSize - 1) / batchSize;
    List<Prediction> predictions = new ArrayList<>(n);
    try (Prefetch<Named<HostTensor>> ahead =
            new Prefetch<>(0, batches, i -> trunks.prepare(batch(examples, i)));
        Progress.Bar bar = progress.begin(what, n, "samples")) {
      for (int i = 0; i < batches; i++) {
        HostTensor logits = model.logits(trunks, ahead.take());
        int outputs = Math.toIntExact(logits.shape().dim(1));
        float[] all = logits.floats();
        for (int from = 0; from < all.length; from += outputs) {
          float[] one = Arrays.copyOfRange(all, from, from + outputs);
          predictions.add(new Prediction(task, one));
        }
        bar.advance(logits.shape().dim(0), "");
      }
    }
    return predictions;
  }

  /**
   * Compares predictions with labels.
   *
   * @throws org.pmf4j.api.error.PmfException naming the row of a label that the task does not know,
   *     before anything is computed
   */
  public EvaluationResult evaluate(String what, List<Example> examples, Progress progress) {
    List<float[]> targets = examples.stream().map(task::target).toList();
    List<Prediction> predictions = predict(what, examples, progress);
    Evaluation evaluation = Evaluation.of(task);
    for (int i = 0; i < targets.size(); i++) {
      evaluation.add(predictions.get(i).logits(), targets.get(i));
    }
    return evaluation.result();
  }

  private List<Example> batch(List<Example> examples, int i) {
    return examples.subList(i * batchSize, Math.min(examples.size(), (i + 1) * batchSize));
  }
}
