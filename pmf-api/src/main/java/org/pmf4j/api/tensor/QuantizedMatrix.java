package org.pmf4j.api.tensor;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

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
    if (matrix.dtype() != DType.FLOAT32 || matrix.shape().rank() != 2) {
      throw new IllegalArgumentException(matrix + " is no matrix FLOAT32 [out, in]");
    }
    int out = Math.toIntExact(matrix.shape().dim(0));
    int in = Math.toIntExact(matrix.shape().dim(1));
    FloatBuffer weights = matrix.data().asFloatBuffer();
    float[] scales = new float[out];
    ByteBuffer values = HostTensor.direct(Math.multiplyExact(out, in), DType.INT8);
    float[][] rows = new float[Math.min(BLOCK, out)][in];
    byte[] line = new byte[rows.length];
    for (int from = 0; from < out; from += rows.length) {
      int count = Math.min(rows.length, out - from);
      for (int o = 0; o < count; o++) {
        weights.get(rows[o]);
        scales[from + o] = scale(rows[o]);
      }
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < count; o++) {
          line[o] = (byte) Math.rint(rows[o][i] / scales[from + o]);
        }
        values.put(i * out + from, line, 0, count);
      }
    }
    return new QuantizedMatrix(
        new HostTensor(Shape.of(in, out), DType.INT8, values), HostTensor.of(scales, out));
  }

  /** Of zeros alone any will do. */
  private static float scale(float[] row) {
    float most = 0;
    for (float weight : row) {
      most = Math.max(most, Math.abs(weight));
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
