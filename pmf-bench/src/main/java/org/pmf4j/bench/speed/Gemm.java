package org.pmf4j.bench.speed;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.encoder.MatrixPrecision;

/**
 * A plain product of two matrices of the engine that the work runs on: what the machine gives at
 * best, in the same minutes.
 */
final class Gemm implements AutoCloseable {
  /** Key of its rounds. */
  static final String KEY = "gemm";

  private final Backend backend;
  private final Tensor square;
  private final Program product;

  /**
   * A product of two matrices of {@code size} × {@code size}.
   *
   * @param precision of both, which are in no integers
   */
  Gemm(Backend backend, int size, MatrixPrecision precision) {
    this.backend = backend;
    this.square = backend.tensor(matrix(size, precision));
    this.product =
        backend.inference(
            "gemm",
            in -> {
              Tensor x = in.get("x");
              return Named.of("y", x.matmul(x).slice(0, 0, 1));
            });
  }

  private static HostTensor matrix(int size, MatrixPrecision precision) {
    SplittableRandom random = new SplittableRandom(1);
    if (precision != MatrixPrecision.BFLOAT16) {
      float[] values = new float[size * size];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextDouble() - 0.5);
      }
      return HostTensor.of(values, size, size);
    }
    ByteBuffer values = HostTensor.direct(size * size, DType.BFLOAT16);
    for (int i = 0; i < size * size; i++) {
      int bits = Float.floatToRawIntBits((float) (random.nextDouble() - 0.5));
      values.putShort(2 * i, (short) (bits >>> 16));
    }
    return new HostTensor(Shape.of(size, size), DType.BFLOAT16, values);
  }

  /** Operations of a product of this size, in GFLOP. */
  static double gflop(int size) {
    return 2 * Math.pow(size, 3) / 1e9;
  }

  /** Multiplies. */
  void run() {
    try (Tensor y = product.run(Named.of("x", square)).get("y")) {
      backend.read(y);
    }
  }

  @Override
  public void close() {
    product.close();
    square.close();
  }
}
