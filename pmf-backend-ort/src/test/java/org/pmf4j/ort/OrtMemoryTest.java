package org.pmf4j.ort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.backend.NativeMemory;

/** Memory outside the Java heap over many runs, and over many sessions. */
@DisplayName("Native memory of ONNX Runtime stays bounded")
class OrtMemoryTest {
  private static final int WIDTH = 128;

  /**
   * For the allocator's habits; a leak of one result a step, 150 MiB in all, is five times that.
   */
  private static final long ALLOWED_MIB = 32;

  private Backend backend;
  private Tensor weight;

  @BeforeEach
  void open() {
    NativeMemory.assumeMeasurable();
    backend = new OrtBackendFactory().open(BackendOptions.DEFAULT);
    weight = backend.tensor(NdArray.normal(3, WIDTH, WIDTH).toHost(DType.FLOAT32));
  }

  @AfterEach
  void close() {
    weight.close();
    backend.close();
  }

  @Test
  void overThousandsOfRunsOfVaryingLengths() {
    try (Program program = backend.inference("layer", this::layer)) {
      boundedGrowth(5000, i -> run(program, 2 + i % 7, 1 + i * 7 % 40));
    }
  }

  /** Each number of dimensions and size of the last asks for a session of its own. */
  @Test
  void overHundredsOfSessionsOfWhichFewAreKept() {
    try (Program program =
        backend.inference("last", in -> Named.of("y", in.get("x").exp().sum(3)))) {
      boundedGrowth(600, i -> run(program, 2, 2, 2, 2 + i));
    }
  }

  @Test
  void overHundredsOfProgramsThatAreClosed() {
    boundedGrowth(
        600,
        i -> {
          try (Program program = backend.inference("layer", this::layer)) {
            run(program, 3, 5);
          }
        });
  }

  private Named<Tensor> layer(Named<Tensor> in) {
    Tensor x = in.get("x");
    Tensor states = x.shape().rank() == 2 ? x.reshape(Tensor.KEEP, Tensor.INFER, 1) : x;
    Tensor wide = states.matmul(weight.slice(0, 0, 1));
    return Named.of("y", Neural.gelu(Neural.linear(wide, weight, null)));
  }

  private void run(Program program, long... dims) {
    try (Tensor x = backend.tensor(NdArray.normal(1, dims).toHost(DType.FLOAT32))) {
      program.run(Named.of("x", x)).get("y").close();
    }
  }

  private static void boundedGrowth(int steps, IntConsumer step) {
    IntStream.range(0, steps / 10).forEach(step);
    long before = NativeMemory.residentKib();
    IntStream.range(0, steps).forEach(step);
    assertThat((NativeMemory.residentKib() - before) / 1024)
        .as("MiB by which native memory grew over %d steps", steps)
        .isLessThan(ALLOWED_MIB);
  }
}
