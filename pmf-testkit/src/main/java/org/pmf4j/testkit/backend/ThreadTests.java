package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;

/** Several threads on one backend. The time limits only turn a deadlock into a failure. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ThreadTests extends BackendTests {
  private static final int THREADS = 2;
  private static final int STEPS = 40;

  ThreadTests(BackendConformance subject) {
    super(subject);
  }

  @Test
  void threadsThatTrainDifferentParametersGetTheBitsThatEachGetsAlone() throws Exception {
    assumeCan(Capability.TRAINING);
    List<List<ByteBuffer>> alone = IntStream.range(0, THREADS).mapToObj(this::train).toList();
    List<List<ByteBuffer>> together = together(this::train);
    for (int i = 0; i < THREADS; i++) {
      assertThat(together.get(i)).as("thread %d, seed %d", i, seed(i)).isEqualTo(alone.get(i));
    }
  }

  private List<ByteBuffer> train(int thread) {
    try (TrainingLoop loop = new TrainingLoop(backend(), seed(thread))) {
      for (int i = 0; i < STEPS; i++) {
        loop.step(TrainingLoop.sequences(seed(thread) + i, 3 + i % 5));
      }
      return loop.state().stream().map(HostTensor::data).toList();
    }
  }

  private static long seed(int thread) {
    return 1000L * (thread + 1);
  }

  @Test
  void threadsThatShareAParameterGetTheirOwnGradients() throws Exception {
    assumeCan(Capability.TRAINING);
    try (Parameter shared = backend().parameter("shared", HostTensor.of(new float[] {2, 3}, 2))) {
      together(
          thread -> {
            for (int i = 1; i <= 200; i++) {
              float factor = thread * 1000 + i;
              float[] g =
                  Programs.train(
                          backend(),
                          Named.of("f", HostTensor.of(new float[] {factor}, 1)),
                          (in, tape) ->
                              Named.of(
                                  "g",
                                  tape.gradients(
                                          shared.value().mul(in.get("f")).sum(), List.of(shared))
                                      .get(0)))
                      .get("g")
                      .floats();
              assertThat(g).containsExactly(factor, factor);
            }
            return null;
          });
    }
  }

  @Test
  void threadsMayRunOneProgramAtOnce() throws Exception {
    NdArray weight = NdArray.normal(1, 16, 16);
    try (Program program =
        backend()
            .inference(
                "shared",
                in -> Named.of("y", Neural.softmax(in.get("x").matmul(in.get("w")), -1)))) {
      together(
          thread -> {
            NdArray x = NdArray.normal(seed(thread), 5 + thread, 16);
            Named<HostTensor> in =
                Named.of("x", x.toHost(DType.FLOAT32)).with("w", weight.toHost(DType.FLOAT32));
            ByteBuffer first = Programs.run(backend(), program, in).get("y").data();
            for (int i = 0; i < 200; i++) {
              assertThat(Programs.run(backend(), program, in).get("y").data()).isEqualTo(first);
            }
            return null;
          });
    }
  }

  private <T> List<T> together(ThreadBody<T> body) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try {
      List<Callable<T>> tasks =
          IntStream.range(0, THREADS)
              .mapToObj(
                  i ->
                      (Callable<T>)
                          () -> {
                            start.await();
                            return body.run(i);
                          })
              .toList();
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> f : threads.invokeAll(tasks)) {
        results.add(f.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** What one thread does. */
  @FunctionalInterface
  private interface ThreadBody<T> {
    T run(int thread);
  }
}
