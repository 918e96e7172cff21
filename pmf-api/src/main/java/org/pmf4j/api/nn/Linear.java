package org.pmf4j.api.nn;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * A fully connected layer, y = x · weightᵀ + bias. A BFLOAT16 weight makes the product in that
 * precision, while what goes in and comes out keeps the type of {@code x}. Used by whichever thread
 * runs the program that it is part of, by several at once.
 *
 * @param weight [out, in]
 * @param bias [out] in the weight's type, or null for none
 */
public record Linear(Tensor weight, Tensor bias) {
  /**
   * Applies the layer.
   *
   * @param x [..., in]
   * @return [..., out]
   */
  public Tensor apply(Tensor x) {
    return apply(x, x.dtype());
  }

  /**
   * Applies the layer, to a result of a type of choice.
   *
   * @param x [..., in]
   * @param type the weight's, to leave the product as it is, or another
   * @return [..., out]
   */
  public Tensor apply(Tensor x, DType type) {
    Tensor in = weight.dtype() == DType.BFLOAT16 ? x.cast(DType.BFLOAT16) : x;
    return Neural.linear(in, weight, bias).cast(type);
  }
}
