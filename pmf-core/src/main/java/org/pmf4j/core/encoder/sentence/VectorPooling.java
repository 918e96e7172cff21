package org.pmf4j.core.encoder.sentence;

import java.util.List;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.tensor.Tensor;

/**
 * Pooling, and what is done with its vector.
 *
 * @param pooling what makes it
 * @param steps what is done with it, in order
 */
record VectorPooling(Pooling pooling, List<VectorStep> steps) implements Pooling {
  @Override
  public Tensor rows(Tensor states) {
    return pooling.rows(states);
  }

  @Override
  public Tensor pool(Tensor rows, Tensor mask) {
    Tensor vectors = pooling.pool(rows, mask);
    for (VectorStep step : steps) {
      vectors = step.apply(vectors);
    }
    return vectors;
  }
}
