package org.pmf4j.core.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.progress.Progress;

@DisplayName("Filling the trunk cache")
@Timeout(600)
class BoundedFillTest {
  private static TinyEncoders tiny;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    tiny = new TinyEncoders();
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  @Test
  @DisplayName("holds a few samples in the backend's memory at once, with 64 processors too")
  void fewAtOnce() {
    Counting backend = new Counting(tiny.backend(), 3);
    List<Example> examples = texts(60);
    try (CachedTrunks trunks = trunks(backend)) {
      trunks.fill(examples, Progress.SILENT, 64);
    }
    assertThat(backend.runs.get()).isEqualTo(60);
    assertThat(backend.most.get()).isBetween(2, CachedTrunks.COMPUTED_AT_ONCE);
    assertThat(backend.running.get()).isZero();
  }

  @Test
  @DisplayName("ends when it is interrupted, with nothing running and the thread still interrupted")
  void interrupted() throws Exception {
    Counting backend = new Counting(tiny.backend(), 20);
    FutureTask<Boolean> fill =
        new FutureTask<>(
            () -> {
              try (CachedTrunks trunks = trunks(backend)) {
                assertThatThrownBy(() -> trunks.fill(texts(10_000), Progress.SILENT, 64))
                    .isInstanceOf(PmfException.class);
                assertThat(backend.running.get()).isZero();
              }
              return Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(fill);
    thread.start();
    assertThat(backend.begun.await(3, TimeUnit.MINUTES)).isTrue();
    thread.interrupt();
    assertThat(fill.get(3, TimeUnit.MINUTES)).isTrue();
    assertThat(backend.runs.get()).isLessThan(10_000);
  }

  private CachedTrunks trunks(Backend backend) {
    LoadedEncoder text = tiny.encoders().get("text");
    return new CachedTrunks(
        backend,
        Named.of("text", text),
        Named.of("text", 1),
        folder,
        CachedTrunks.Storage.FP32,
        CachedTrunks.Content.STATES);
  }

  private static List<Example> texts(int count) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Source text = new Source.Text("a text " + i);
      examples.add(new Example("row " + i, Map.of("text", text), Optional.empty()));
    }
    return examples;
  }

  /** The real backend, slowed down, with its runs counted. */
  private static final class Counting implements Backend {
    private final Backend real;
    private final long pause;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(5);

    Counting(Backend real, int milliseconds) {
      this.real = real;
      this.pause = TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    @Override
    public Program inference(String name, InferenceBody body) {
      Program program = real.inference(name, body);
      return new Program() {
        @Override
        public Named<Tensor> run(Named<Tensor> inputs) {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          begun.countDown();
          try {
            LockSupport.parkNanos(pause);
            runs.incrementAndGet();
            return program.run(inputs);
          } finally {
            running.decrementAndGet();
          }
        }

        @Override
        public void close() {
          program.close();
        }
      };
    }

    @Override
    public BackendInfo info() {
      return real.info();
    }

    @Override
    public Tensor tensor(HostTensor data) {
      return real.tensor(data);
    }

    @Override
    public Parameter parameter(String name, HostTensor initial) {
      return real.parameter(name, initial);
    }

    @Override
    public HostTensor read(Tensor tensor) {
      return real.read(tensor);
    }

    @Override
    public Program training(String name, TrainingBody body) {
      return real.training(name, body);
    }

    @Override
    public void close() {
      throw new AssertionError("the backend is its owner's");
    }
  }
}
