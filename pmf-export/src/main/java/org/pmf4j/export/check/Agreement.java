package org.pmf4j.export.check;

import java.util.Arrays;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;

/**
 * How far a graph's logits are from the backend's. Immutable, so that any number of threads may
 * share it.
 *
 * @param rows that were compared
 * @param largest difference of two logits, NaN where one was no number
 * @param changed rows whose prediction differs; of a regression none can be told
 */
public record Agreement(int rows, double largest, int changed) {
  /** Of no rows. */
  public static final Agreement NONE = new Agreement(0, 0, 0);

  /** True if no two logits are further apart. */
  public boolean within(double tolerance) {
    return largest <= tolerance;
  }

  /** The same with one more batch. */
  Agreement and(Task task, HostTensor expected, HostTensor found) {
    int outputs = Math.toIntExact(expected.shape().dim(1));
    float[] a = expected.floats();
    float[] b = found.floats();
    double most = largest;
    int others = changed;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs((double) a[i] - b[i]));
    }
    for (int from = 0; from < a.length; from += outputs) {
      others += differ(task, part(a, from, outputs), part(b, from, outputs)) ? 1 : 0;
    }
    return new Agreement(rows + a.length / outputs, most, others);
  }

  private static float[] part(float[] all, int from, int count) {
    return Arrays.copyOfRange(all, from, from + count);
  }

  private static boolean differ(Task task, float[] a, float[] b) {
    return !(task instanceof Task.Regression)
        && !new Prediction(task, a).label().equals(new Prediction(task, b).label());
  }
}
