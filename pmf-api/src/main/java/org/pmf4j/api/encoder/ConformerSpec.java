package org.pmf4j.api.encoder;

/**
 * A Conformer layer (Gulati et al., 2020): half a feed-forward network, attention, a convolution
 * module over neighbouring tokens, half a feed-forward network again, each with a norm before it
 * and a residual sum, and a norm at the end.
 *
 * <p>The convolution module – norm, pointwise projection to a gated linear unit, depthwise
 * convolution, batch norm by saved statistics, activation, pointwise projection – is applied to a
 * sequence's own real tokens alone: padding is 0 before the depthwise convolution, as beyond the
 * ends, and prompts, which have no neighbours, pass by it. Immutable, so that any number of threads
 * may share it.
 *
 * @param transformer attention and the two feed-forward networks, which are equally wide; its
 *     activation and epsilon are those of the convolution module, too
 * @param kernel how many tokens the depthwise convolution sees, odd
 * @since API version 2
 */
public record ConformerSpec(TransformerSpec transformer, int kernel) {
  /**
   * Checks the kernel and where norms stand.
   *
   * @throws IllegalArgumentException if the kernel is even or below 1, or norms stand after
   */
  public ConformerSpec {
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException("the kernel must be odd, got " + kernel);
    }
    if (transformer.norm() != TransformerSpec.Norm.PRE) {
      throw new IllegalArgumentException("a Conformer's norms stand before what they norm");
    }
  }

  /**
   * Names of a layer's parts below its prefix.
   *
   * @param layer of attention and of the second feed-forward network, with their norms
   * @param firstNorm norm before the first feed-forward network
   * @param firstIn first layer of it
   * @param firstOut second layer of it
   * @param convolutionNorm norm before the convolution module
   * @param pointwiseIn its projection d → 2 d, {@code .weight} [2 d, d, 1] without bias
   * @param depthwise its convolution, {@code .weight} [d, 1, kernel] without bias
   * @param batchNorm its batch norm: {@code .weight}, {@code .bias}, {@code .running_mean} and
   *     {@code .running_var}
   * @param pointwiseOut its projection d → d, {@code .weight} [d, d, 1] without bias
   * @param finalNorm norm after the layer
   */
  public record Names(
      TransformerSpec.Names layer,
      String firstNorm,
      String firstIn,
      String firstOut,
      String convolutionNorm,
      String pointwiseIn,
      String depthwise,
      String batchNorm,
      String pointwiseOut,
      String finalNorm) {}
}
