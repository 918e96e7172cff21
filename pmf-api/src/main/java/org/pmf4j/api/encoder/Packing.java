package org.pmf4j.api.encoder;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * Where the real tokens of a padded batch stand, so that what is done to each token alone – linear
 * layers, norms, activations – can be done to the real ones side by side and to no padding. Made on
 * the host, which knows the lengths. For the thread that runs its program.
 *
 * @param rows INT64 [T], for each real token its row among all B · N
 * @param places INT64 [B, N], for each token its place among the real ones, T where it is padding
 */
public record Packing(Tensor rows, Tensor places) {

  /**
   * The real tokens.
   *
   * @param padded [B, N, d]
   * @return [1, T, d]
   */
  public Tensor pack(Tensor padded) {
    long d = padded.dim(2);
    return Neural.gather(padded.reshape(Tensor.INFER, d), rows).reshape(1, Tensor.INFER, d);
  }

  /**
   * Back to a padded batch, with zeros where there is padding.
   *
   * @param packed [1, T, d]
   * @return [B, N, d]
   */
  public Tensor unpack(Tensor packed) {
    Tensor first = packed.slice(1, 0, 1);
    DType type = packed.dtype();
    Tensor table = Tensor.concat(1, packed, first.filled(0, type));
    return Neural.gather(table.reshape(Tensor.INFER, packed.dim(2)), places);
  }
}
