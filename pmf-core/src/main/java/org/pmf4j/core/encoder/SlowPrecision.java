package org.pmf4j.core.encoder;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * Tells, once, that a device is slow at BFLOAT16. Where the backend does not say that it is fast,
 * it is measured by a product of a few milliseconds. For any thread.
 */
final class SlowPrecision {
  /** A device that is this much slower is told of; less is within what measuring can tell. */
  private static final double NOTICEABLE = 1.25;

  private static final int ROWS = 64;
  private static final int WIDTH = 512;
  private static final int ROUNDS = 5;

  private final Backend backend;
  private final AtomicBoolean asked = new AtomicBoolean();

  SlowPrecision(Backend backend) {
    this.backend = backend;
  }

  /** A warning for the first that asks, if the device is slow. */
  Optional<String> warning() {
    if (backend.info().can(Capability.FAST_BFLOAT16) || !asked.compareAndSet(false, true)) {
      return Optional.empty();
    }
    return warning(seconds(DType.BFLOAT16) / seconds(DType.FLOAT32));
  }

  /**
   * What to tell of a device.
   *
   * @param times how many times as long as in FLOAT32 a product takes
   */
  Optional<String> warning(double times) {
    if (times < NOTICEABLE) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "--precision bf16 is slow here: a matrix product takes %.1f times as long as in fp32 on"
                + " %s (%s), which lacks instructions for it; use fp32, unless memory is short",
            times,
            backend.info().device(),
            backend.info().name()));
  }

  /** The fastest of some rounds: what disturbs only makes them slower. */
  private double seconds(DType type) {
    float[] numbers = new float[WIDTH * WIDTH];
    Arrays.fill(numbers, 0.5f);
    long best = Long.MAX_VALUE;
    try (Program product = backend.inference("precision", SlowPrecision::product);
        Program rounding = backend.inference("rounding", in -> in.map(t -> t.cast(type)));
        Tensor whole = backend.tensor(HostTensor.of(numbers, WIDTH, WIDTH));
        Tensor matrix = rounding.run(Named.of("w", whole)).get("w")) {
      for (int i = 0; i < ROUNDS; i++) {
        long began = System.nanoTime();
        try (Tensor y = product.run(Named.of("w", matrix)).get("y")) {
          backend.read(y);
        }
        best = Math.min(best, System.nanoTime() - began);
      }
    }
    return best / 1e9;
  }

  private static Named<Tensor> product(Named<Tensor> in) {
    Tensor w = in.get("w");
    return Named.of("y", w.slice(0, 0, ROWS).matmul(w).slice(0, 0, 1).cast(DType.FLOAT32));
  }
}
