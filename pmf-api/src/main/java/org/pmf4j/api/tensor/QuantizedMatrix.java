package org.pmf4j.api.tensor;

import java.nio.ByteBuffer;

/**
 * The weight of a linear layer in 8-bit integers: each output has a scale of its own, and its
 * weights are that times whole numbers from −{@value #LARGEST} to {@value #LARGEST}. These are 7
 * bits: a processor with AVX2 and nothing newer adds two products of 8 bits in 16, which 255 times
 * 127 twice does not fit into. So results are the same on all processors. Immutable, so that any
 * number of threads may share it.
 *
 * @param values INT8 [in, out], the order in which engines of integers multiply
 * @param scales FLOAT32 [out], above 0
 * @since API version 2
 */
public record QuantizedMatrix(HostTensor values, HostTensor scales) {
  /** The largest whole number that stands for a weight. */
  public static final int LARGEST = 64;

  /** Outputs that are turned at once, whose bytes fill a line of a processor's cache. */
  private static final int BLOCK = 64;

  /** Checks types and shapes. */
  public QuantizedMatrix {
    boolean fits =
        values.dtype() == DType.INT8
            && scales.dtype() == DType.FLOAT32
            && values.shape().rank() == 2
            && scales.shape().equals(Shape.of(values.shape().dim(1)));
    if (!fits) {
      throw new IllegalArgumentException(values + " and " + scales + " are no quantized matrix");
    }
  }

  /**
   * Rounds a matrix, halves to even.
   *
   * @param matrix FLOAT32 [out, in]
   */
  public static QuantizedMatrix of(HostTensor matrix) {
    int out = Math.toIntExact(matrix.shape().dim(0));
    int in = Math.toIntExact(matrix.shape().dim(1));
    float[] weights = matrix.floats();
    float[] scales = new float[out];
    for (int o = 0; o < out; o++) {
      scales[o] = scale(weights, o * in, in);
    }
    ByteBuffer values = HostTensor.direct(weights.length, DType.INT8);
    byte[] line = new byte[BLOCK];
    for (int from = 0; from < out; from += BLOCK) {
      int count = Math.min(BLOCK, out - from);
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < count; o++) {
          line[o] = (byte) Math.rint(weights[(from + o) * in + i] / scales[from + o]);
        }
        values.put(i * out + from, line, 0, count);
      }
    }
    return new QuantizedMatrix(
        new HostTensor(Shape.of(in, out), DType.INT8, values), HostTensor.of(scales, out));
  }

  /** Of zeros alone any will do. */
  private static float scale(float[] weights, int from, int count) {
    float most = 0;
    for (int i = from; i < from + count; i++) {
      most = Math.max(most, Math.abs(weights[i]));
    }
    return most == 0 ? 1 : most / LARGEST;
  }

  /** What the integers stand for, FLOAT32 [out, in]. */
  public HostTensor floats() {
    int in = Math.toIntExact(values.shape().dim(0));
    int out = Math.toIntExact(values.shape().dim(1));
    float[] each = scales.floats();
    ByteBuffer whole = values.data();
    float[] weights = new float[in * out];
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        weights[o * in + i] = whole.get(i * out + o) * each[o];
      }
    }
    return HostTensor.of(weights, out, in);
  }
}
