package org.pmf4j.api.nn;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * A fully connected layer, y = x · weightᵀ + bias. A BFLOAT16 weight makes the product in that
 * precision, while what goes in and comes out keeps the type of {@code x}. Used by whichever thread
 * runs the program that it is part of, by several at once.
 *
 * @param weight as it is stored, [out, in] or the other way round; {@link #matrix} is [out, in]
 *     always
 * @param bias [out] in the weight's type, or null for none
 * @param layout how the weight is stored
 */
public record Linear(Tensor weight, Tensor bias, Layout layout) {

  /**
   * The order of a stored weight's dimensions.
   *
   * @since API version 2
   */
  public enum Layout {
    /** [out, in], as {@code torch.nn.Linear} has it. */
    OUT_IN,
    /** [in, out], as {@code Conv1D} of GPT-2 has it. */
    IN_OUT
  }

  /**
   * A layer whose weight is stored as it is used.
   *
   * @param weight [out, in]
   * @param bias [out] in the weight's type, or null for none
   */
  public Linear(Tensor weight, Tensor bias) {
    this(weight, bias, Layout.OUT_IN);
  }

  /** The weight [out, in], inside a program. */
  public Tensor matrix() {
    return layout == Layout.OUT_IN ? weight : weight.transpose();
  }

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
    return Neural.linear(in, matrix(), bias).cast(type);
  }
}
