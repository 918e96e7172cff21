package org.pmf4j.modalities.family;

import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.tensor.Tensor;

/**
 * A pooling whose vector goes through something more, such as a norm.
 *
 * @param pooling gives one vector a sample
 * @param then what is done with it, [B, d] → [B, d]
 */
record ThenPooling(Pooling pooling, UnaryOperator<Tensor> then) implements Pooling {
  @Override
  public Tensor rows(Tensor states) {
    return pooling.rows(states);
  }

  @Override
  public Tensor pool(Tensor rows, Tensor mask) {
    return then.apply(pooling.pool(rows, mask));
  }
}
