package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;

/**
 * What is closed by one thread while another computes with it. The call that is under way finishes,
 * or ends with {@link IllegalStateException}; the process lives, and nobody waits for ever.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ClosingTests extends BackendTests {
  private static final int THREADS = 4;

  /** How long threads close things under each other: {@code -Dpmf.closing.seconds=600} for more. */
  private static final long MILLIS = 1_000L * Long.getLong("pmf.closing.seconds", 2);

  ClosingTests(BackendConformance subject) {
    super(subject);
  }

  /** A checking backend refuses what is tested here. */
  @BeforeEach
  void doNotCheck() {
    assumeThat(backend().info().name()).doesNotStartWith("checking-");
  }

  @Test
  void closingEverythingUnderARunNeitherWaitsForItNorFreesWhatItUses() throws Exception {
    AtomicReference<Runnable> close = new AtomicReference<>();
    Backend backend = open();
    Tensor weight = backend.tensor(NdArray.normal(1, 8, 8).toHost(DType.FLOAT32));
    Tensor input = backend.tensor(NdArray.normal(2, 4, 8).toHost(DType.FLOAT32));
    Program program =
        backend.inference(
            "closed under its run",
            in -> {
              Tensor first = in.get("x").matmul(weight);
              Threads.run(close.get());
              return Named.of("y", first.matmul(weight));
            });
    close.set(
        () -> {
          weight.close();
          input.close();
          program.close();
          backend.close();
        });
    String end = endOf(() -> program.run(Named.of("x", input)).get("y").close());
    assertThat(end).isIn("finished", "IllegalStateException");
    assertThatThrownBy(() -> program.run(Named.of("x", input)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> backend.read(weight)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anIntermediateResultThatAnotherThreadClosesStaysUntilItsRunEnds() throws Exception {
    Backend backend = backend();
    try (Tensor input = backend.tensor(HostTensor.of(new float[] {1, 2}, 2));
        Program program =
            backend.inference(
                "closed from outside",
                in -> {
                  Tensor made = in.get("x").mul(2);
                  Threads.run(made::close);
                  return Named.of("y", made.add(1));
                })) {
      assertThat(endOf(() -> program.run(Named.of("x", input)).get("y").close()))
          .isIn("finished", "IllegalStateException");
    }
  }

  @Test
  void threadsThatCloseThingsUnderEachOtherGetAnswersOrIllegalStateException(TestReporter reporter)
      throws Exception {
    long seed = new Random().nextLong();
    reporter.publishEntry("seed", Long.toString(seed));
    Map<String, Integer> ends = new ConcurrentHashMap<>();
    long until = System.nanoTime() + MILLIS * 1_000_000;
    int rounds = 0;
    while (System.nanoTime() < until) {
      try (Stage stage = new Stage(open(), seed + rounds++)) {
        List<Future<?>> acts = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int t = 0; t < THREADS; t++) {
          Random random = new Random(seed * 31 + t + rounds);
          acts.add(threads.submit(() -> stage.act(random, ends)));
        }
        for (Future<?> act : acts) {
          act.get();
        }
        threads.shutdown();
      }
    }
    reporter.publishEntry("rounds", Integer.toString(rounds));
    reporter.publishEntry("calls that ended by", new TreeMap<>(ends).toString());
    assertThat(ends.keySet()).as("seed %d", seed).isSubsetOf("finished", "IllegalStateException");
    assertThat(ends).as("seed %d", seed).containsKeys("finished", "IllegalStateException");
  }

  private static String endOf(Runnable call) {
    try {
      call.run();
      return "finished";
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  /** One backend with something of each kind, which threads use and close at random. */
  private static final class Stage implements AutoCloseable {
    private final Backend backend;
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private final Parameter parameter;

    Stage(Backend backend, long seed) {
      this.backend = backend;
      for (int i = 0; i < 4; i++) {
        tensors.add(backend.tensor(NdArray.normal(seed + i, 64, 64).toHost(DType.FLOAT32)));
      }
      parameter = backend.parameter("p", NdArray.normal(seed, 64, 64).toHost(DType.FLOAT32));
      for (int i = 0; i < 3; i++) {
        Tensor weight = tensors.get(i);
        programs.add(
            backend.inference(
                "under fire",
                in ->
                    Named.of(
                        "y",
                        in.get("x").matmul(weight).exp().matmul(parameter.value()).sum(0, 1))));
      }
    }

    void act(Random random, Map<String, Integer> ends) {
      for (int i = 0; i < 12; i++) {
        Tensor any = tensors.get(random.nextInt(tensors.size()));
        Program program = programs.get(random.nextInt(programs.size()));
        int what = random.nextInt(100);
        Runnable call =
            what < 60
                ? () -> run(program, any)
                : what < 80
                    ? () -> backend.read(any)
                    : what < 86
                        ? any::close
                        : what < 90
                            ? program::close
                            : what < 92
                                ? parameter::close
                                : what < 94
                                    ? backend::close
                                    : () -> Thread.currentThread().interrupt();
        ends.merge(endOf(call), 1, Integer::sum);
        Thread.interrupted();
      }
    }

    private void run(Program program, Tensor any) {
      try (Tensor y = program.run(Named.of("x", any)).get("y")) {
        backend.read(y);
      }
    }

    @Override
    public void close() {
      programs.forEach(Program::close);
      tensors.forEach(Tensor::close);
      parameter.close();
      backend.close();
    }
  }

  /** Does something on a thread of its own, and waits for it. */
  private static final class Threads {
    static void run(Runnable body) {
      Thread thread = new Thread(body, "closer");
      thread.start();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
