package org.pmf4j.api.nn;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.tensor.Tensor;

/**
 * Zeros around a tensor, as {@code torch.nn.functional.pad} puts them there. Has no state; used by
 * the thread that runs a program.
 *
 * @since API version 2
 */
public final class ZeroPadding {
  private ZeroPadding() {}

  /**
   * Puts zeros before and after what is there along one axis.
   *
   * @param x with at least one element along the axis, of which there may be any number
   * @param before how many, at least 0
   * @param after how many, at least 0
   * @return {@code x} itself where both are 0
   */
  public static Tensor around(Tensor x, int axis, long before, long after) {
    List<Tensor> parts = new ArrayList<>();
    addZeros(parts, x, axis, before);
    parts.add(x);
    addZeros(parts, x, axis, after);
    return Tensor.concat(axis, parts);
  }

  /**
   * Zeros in pieces no longer than what they are the shape of, of which one place is there at
   * least.
   */
  private static void addZeros(List<Tensor> parts, Tensor x, int axis, long count) {
    long most = Math.max(1, x.shape().dim(axis));
    for (long left = count; left > 0; left -= most) {
      parts.add(x.slice(axis, 0, Math.min(left, most)).filled(0, x.dtype()));
    }
  }
}
