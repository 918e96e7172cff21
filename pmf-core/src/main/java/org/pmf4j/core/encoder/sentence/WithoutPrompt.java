package org.pmf4j.core.encoder.sentence;

import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Tensor;

/**
 * Pooling of all tokens but the first ones, which are those of a prompt; the others keep their
 * places.
 *
 * @param pooling of all tokens
 * @param prompt how many are left out, above 0
 */
record WithoutPrompt(Pooling pooling, int prompt) implements Pooling {
  @Override
  public Tensor rows(Tensor states) {
    return pooling.rows(states);
  }

  @Override
  public Tensor pool(Tensor rows, Tensor mask) {
    DType type = rows.dtype();
    Tensor ones = rows.slice(2, 0, 1).filled(1, type);
    Tensor real = mask == null ? ones : mask.cast(type).reshape(Tensor.KEEP, Tensor.KEEP, 1);
    Tensor left = ones.slice(1, 0, prompt).filled(0, type);
    Tensor counted = Tensor.concat(1, left, real.slice(1, prompt, -1));
    Tensor flat = counted.reshape(Tensor.KEEP, Tensor.KEEP);
    return pooling.pool(rows, flat.greaterThan(flat.filled(0, type)));
  }
}
