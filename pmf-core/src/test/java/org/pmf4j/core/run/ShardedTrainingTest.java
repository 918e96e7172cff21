package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.pretrain.EncoderMaking;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.TrainConfig.Existing;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.core.trunk.EntryFiles;
import org.pmf4j.core.trunk.LocalEntries;

@DisplayName("Training whose gradients others compute")
class ShardedTrainingTest {
  /** Of 16 rows: each step has 3 shards, the last of an epoch 1. */
  private static final TrainSettings SETTINGS = TinyRun.settings(4).with("accumulation", 3);

  @TempDir private static Path shared;
  private static Pmf pmf;
  private static Path whole;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    pmf = Pmf.open(TinyEncoders.BACKEND, new BackendOptions("auto", 1));
    whole = pmf.train(config(shared.resolve("whole")).build()).model();
  }

  @AfterAll
  static void close() {
    pmf.close();
  }

  private static TrainConfigBuilder config(Path out) {
    return TinyRun.config(out, SETTINGS);
  }

  /**
   * Some computers, each of which gets shards at random and in any order.
   *
   * @param count of them
   * @param steps may be computed before the workers are gone
   */
  private record Places(int count, int steps, Random random) implements ShardWorkers {
    @Override
    public Session begin(ShardSetup setup) {
      List<ShardComputer> computers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        computers.add(pmf.shards(setup, TinyEncoders.directories(), ShardedTrainingTest::noCache));
      }
      AtomicInteger step = new AtomicInteger();
      return new Session() {
        @Override
        public List<ShardGradients> compute(
            int epoch, Map<String, HostTensor> parameters, List<Shard> shards) {
          if (step.getAndIncrement() == steps) {
            throw PmfException.computation("the workers are gone");
          }
          List<ShardGradients> done = new ArrayList<>(Collections.nCopies(shards.size(), null));
          List<Integer> order = new ArrayList<>();
          for (int i = 0; i < shards.size(); i++) {
            order.add(i);
          }
          Collections.shuffle(order, random);
          for (int i : order) {
            ShardComputer computer = computers.get(random.nextInt(count));
            done.set(i, computer.compute(step.get(), parameters, shards.get(i)));
          }
          return done;
        }

        @Override
        public void close() {
          computers.forEach(ShardComputer::close);
        }
      };
    }
  }

  private static EntryFiles noCache(String name) {
    return new LocalEntries(shared.resolve(name));
  }

  private static Random random() {
    long seed = System.nanoTime();
    System.out.println("seed of who computes what: " + seed);
    return new Random(seed);
  }

  private static Path train(TrainConfig config, ShardWorkers workers) {
    return pmf.train(config, Progress.SILENT, TrainingListener.NONE, EncoderMaking.SILENT, workers)
        .model();
  }

  @Test
  @DisplayName(
      "ends with the bits of one machine that accumulates as many batches, whoever computes")
  void sameBits() throws IOException {
    for (int count = 1; count <= 3; count++) {
      Path out = folder.resolve("by-" + count);
      train(config(out).build(), new Places(count, Integer.MAX_VALUE, random()));
      assertThat(TinyRun.adapter(out)).isEqualTo(TinyRun.adapter(whole));
    }
  }

  @Test
  @DisplayName("goes on from a checkpoint that one machine left, and one machine from its own")
  void movesBetween() throws IOException {
    TrainSettings often = SETTINGS.with("checkpoint-steps", 1);
    Path out = folder.resolve("out");
    TrainConfig begin = config(out).training(often).build();
    assertThatThrownBy(() -> train(begin, new Places(2, 3, random())))
        .isInstanceOf(PmfException.class)
        .hasMessage("the workers are gone");
    AtomicInteger asked = new AtomicInteger();
    TrainConfig on = config(out).training(often).existing(Existing.RESUME).build();
    assertThatThrownBy(
            () ->
                pmf.train(
                    on,
                    Progress.SILENT.until(() -> asked.getAndIncrement() >= 2),
                    TrainingListener.NONE))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STOPPED));
    train(on, new Places(1, Integer.MAX_VALUE, random()));
    assertThat(TinyRun.adapter(out)).isEqualTo(TinyRun.adapter(whole));
  }

  @Test
  @DisplayName("is refused where a worker has another encoder of the same name")
  void refusesOtherEncoders() {
    ShardWorkers workers =
        setup -> {
          Map<String, Path> others = new LinkedHashMap<>(TinyEncoders.directories());
          others.computeIfPresent("text", (name, path) -> path.resolveSibling("text-12"));
          pmf.shards(setup, others, ShardedTrainingTest::noCache);
          throw new AssertionError("not refused");
        };
    assertThatThrownBy(() -> train(config(folder.resolve("out")).build(), workers))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("text-12: is not the encoder text of this run")
        .hasMessageContaining("differ from those on the driver");
  }
}
