package org.pmf4j.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Task;

/**
 * What a model's outputs say of examples. Several threads may use it at once.
 *
 * @param model the model
 * @param task what its outputs mean
 */
public record Outputs(FusedModel model, Task task) {
  /**
   * A prediction for each example of a batch, in order.
   *
   * @param logits FLOAT32 [B, outputs], as {@link FusedModel#logits} gave them
   * @param examples B of them
   * @throws PmfException naming an example whose prediction is not a number, or the weights that
   *     are none
   */
  public List<Prediction> predictions(HostTensor logits, List<Example> examples) {
    int outputs = Math.toIntExact(logits.shape().dim(1));
    float[] all = logits.floats();
    List<Prediction> predictions = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      float[] one = Arrays.copyOfRange(all, i * outputs, (i + 1) * outputs);
      requireNumbers(examples.get(i), one);
      predictions.add(new Prediction(task, one));
    }
    return predictions;
  }

  private void requireNumbers(Example example, float... logits) {
    for (float l : logits) {
      if (!Float.isFinite(l)) {
        throw BrokenWeights.in(model.encoders())
            .orElse(
                PmfException.computation(
                    example.place()
                        + ": the prediction is not a number, though all weights are; look at what"
                        + " stands in this row"));
      }
    }
  }
}
