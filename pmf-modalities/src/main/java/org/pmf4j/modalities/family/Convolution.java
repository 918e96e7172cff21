package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.nn.ZeroPadding;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * A convolution over time, as one matrix product over windows. Where windows do not overlap by
 * much, as here, laying them out costs less than the product, which runs at full speed then.
 *
 * @param weight [out, C, kernel]
 * @param bias [out], or null for none
 * @param stride steps from one window to the next
 * @param padding zeros at both ends
 */
record Convolution(Tensor weight, Tensor bias, int stride, int padding) {

  /** A convolution under its usual names. */
  static Convolution of(
      Weights weights, String name, int in, int out, int kernel, int stride, int padding) {
    Tensor bias = weights.matrix(name + ".bias", out);
    return new Convolution(
        weights.matrix(name + ".weight", out, in, kernel), bias, stride, padding);
  }

  /** A convolution without bias or padding under its usual name. */
  static Convolution unbiased(
      Weights weights, String name, int in, int out, int kernel, int stride) {
    return new Convolution(weights.matrix(name + ".weight", out, in, kernel), null, stride, 0);
  }

  /** [B, T, C] → [B, (T + 2 · padding − kernel) / stride + 1, out]. */
  Tensor apply(Tensor x) {
    int kernel = (int) weight.dim(2);
    Tensor windows = windows(padded(x, padding, padding), kernel, stride);
    Tensor flat = weight.permute(0, 2, 1).reshape(Tensor.KEEP, kernel * weight.dim(1));
    Tensor result = new Linear(flat, bias).apply(windows);
    windows.close();
    return result;
  }

  /** Zeros before and after, along time: [B, T, C] → [B, before + T + after, C]. */
  static Tensor padded(Tensor x, long before, long after) {
    return ZeroPadding.around(x, 1, before, after);
  }

  /**
   * What a convolution sees at each place. A window is put together from stretches as long as a
   * stride, each of which is a reshape of all of them; where T is not known, from its taps.
   *
   * @param x [B, T, C], T at least {@code kernel}
   * @return [B, (T − kernel) / stride + 1, kernel · C]
   */
  static Tensor windows(Tensor x, int kernel, int stride) {
    return x.shape().dim(1) == Shape.UNKNOWN
        ? byTap(x, kernel, stride)
        : byStretch(x, kernel, stride);
  }

  /** Of what each tap sees there is as much as of what the last one sees. */
  private static Tensor byTap(Tensor x, int kernel, int stride) {
    Tensor last = x.slice(1, kernel - 1, -1).every(1, stride);
    List<Tensor> parts = new ArrayList<>();
    for (int tap = 0; tap < kernel - 1; tap++) {
      parts.add(x.slice(1, tap, -1).every(1, stride).sliceLike(1, last, 1));
    }
    parts.add(last);
    return Tensor.concat(2, parts);
  }

  private static Tensor byStretch(Tensor x, int kernel, int stride) {
    long count = (x.dim(1) - kernel) / stride + 1;
    int stretches = (kernel + stride - 1) / stride;
    long missing = (count + stretches - 1) * stride - x.dim(1);
    Tensor enough = missing > 0 ? padded(x, 0, missing) : x;
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < stretches; i++) {
      long from = (long) i * stride;
      Tensor stretch =
          enough
              .slice(1, from, from + count * stride)
              .reshape(Tensor.KEEP, count, stride * x.dim(2));
      int left = kernel - i * stride;
      parts.add(left < stride ? stretch.slice(2, 0, left * x.dim(2)) : stretch);
    }
    return Tensor.concat(2, parts);
  }
}
