package org.pmf4j.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.Targets;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.trunk.Trunks;

/**
 * Rows of a step whose gradients are computed in one place, such as a batch of those that a step
 * accumulates. For one thread at a time.
 *
 * @param rows as they are seen in this epoch
 * @param targets a vector a row
 * @param weights a number a row; they sum to 1
 * @param share of the shard in the step, above 0 to 1
 */
public record Shard(List<Example> rows, float[][] targets, float[] weights, double share) {
  /** Copies the list. */
  public Shard {
    rows = List.copyOf(rows);
  }

  /**
   * A part for each pattern of modalities: what is missing is then missing from the program.
   *
   * @param trunks that prepare them
   * @param modalities the model's, in order
   */
  List<Batch<HostTensor>> parts(Trunks trunks, Set<String> modalities) {
    List<Batch<HostTensor>> parts = new ArrayList<>();
    for (List<Integer> group : ModalityPattern.group(rows, modalities).values()) {
      parts.add(trunks.prepare(group.stream().map(rows::get).toList()).with(targets(group)));
    }
    return parts;
  }

  /** Of some rows: vectors [B, C], and weights [B, 1]. */
  private Targets<HostTensor> targets(List<Integer> some) {
    int classes = targets[0].length;
    float[] t = new float[some.size() * classes];
    float[] w = new float[some.size()];
    for (int i = 0; i < some.size(); i++) {
      System.arraycopy(targets[some.get(i)], 0, t, i * classes, classes);
      w[i] = weights[some.get(i)];
    }
    return new Targets<>(HostTensor.of(t, some.size(), classes), HostTensor.of(w, some.size(), 1));
  }
}
