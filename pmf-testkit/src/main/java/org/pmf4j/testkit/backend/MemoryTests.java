package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * Memory outside the Java heap over many runs. The allowance is for the allocator's own habits; a
 * leak of one activation a step, 190 MiB in all, goes beyond it sixfold.
 */
abstract class MemoryTests extends BackendTests {
  private static final int STEPS = 2000;
  private static final long ALLOWED_MIB = 32;

  /** Lengths from 20 to 77: an activation [8, n, 64] takes 97 KiB on average. */
  private static final List<HostTensor> SEQUENCES =
      IntStream.range(0, 20)
          .mapToObj(i -> TrainingLoop.sequences(i, 20 + 3 * ((i * 7) % 20)))
          .toList();

  MemoryTests(BackendConformance subject) {
    super(subject);
  }

  @BeforeEach
  void assumeMeasurable() {
    NativeMemory.assumeMeasurable();
  }

  @Test
  void trainingStepsOfVaryingLengthsLeaveNothingBehind() {
    assumeCan(Capability.TRAINING);
    try (TrainingLoop loop = new TrainingLoop(backend(), 99)) {
      boundedGrowth("training steps", i -> loop.step(SEQUENCES.get(i % SEQUENCES.size())));
    }
  }

  @Test
  void inferenceThatIsGivenUpHalfwayLeavesNothingBehind() {
    try (Program fails =
            backend()
                .inference(
                    "fails",
                    in -> {
                      Tensor y = in.get("x").add(1).mul(2);
                      return Named.of("y", y.reshape(7, 11, 13));
                    });
        Tensor x = backend().tensor(SEQUENCES.get(0))) {
      boundedGrowth(
          "failing runs",
          i -> {
            try {
              fails.run(Named.of("x", x));
            } catch (IllegalArgumentException expected) {
              return;
            }
            throw new AssertionError("the reshape should have been refused");
          });
    }
  }

  private static void boundedGrowth(String what, java.util.function.IntConsumer step) {
    IntStream.range(0, STEPS / 10).forEach(step);
    long before = NativeMemory.residentKib();
    IntStream.range(0, STEPS).forEach(step);
    long grownMib = (NativeMemory.residentKib() - before) / 1024;
    assertThat(grownMib)
        .as("MiB by which native memory grew over %d %s", STEPS, what)
        .isLessThan(ALLOWED_MIB);
  }
}
