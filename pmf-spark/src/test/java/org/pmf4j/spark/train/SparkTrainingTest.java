package org.pmf4j.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.pretrain.EncoderMaking;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.Shard;
import org.pmf4j.core.run.ShardGradients;
import org.pmf4j.core.run.ShardSetup;
import org.pmf4j.core.run.ShardWorkers;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfig.Existing;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.spark.LocalCluster;
import org.pmf4j.spark.TinyRun;

@DisplayName("Training on executors")
class SparkTrainingTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;

  /** Of a run that failed, tasks may still write into the cache, which is to be removed. */
  @AfterEach
  void awaitTasks() {
    LocalCluster.awaitIdle();
  }

  private static TrainConfigBuilder config(Path out) {
    return TinyRun.config(out, shared.resolve("cache"));
  }

  private static SparkWorkers workers(JavaSparkContext context) {
    Map<String, String> places = new LinkedHashMap<>();
    TinyRun.encoders().forEach((name, path) -> places.put(name, path.toUri().toString()));
    return new SparkWorkers(context, TinyRun.ENGINE, places, shared.resolve("cache").toString());
  }

  private static Path train(TrainConfig config, ShardWorkers workers) {
    return TinyRun.pmf()
        .train(config, Progress.SILENT, TrainingListener.NONE, EncoderMaking.SILENT, workers)
        .model();
  }

  @Test
  @DisplayName("on two of them ends with the bits of one machine")
  void sameBits() {
    Path out = train(config(folder.resolve("out")).build(), workers(LocalCluster.context()));
    assertThat(TinyRun.adapter(out)).isEqualTo(TinyRun.adapter());
  }

  @Test
  @DisplayName("ends with the same bits when one of them is killed in the middle of an epoch")
  void survivesKill() {
    ShardWorkers workers = workers(LocalCluster.context());
    Path out = train(config(folder.resolve("out")).build(), new Before(workers, 3, this::killOne));
    assertThat(TinyRun.adapter(out)).isEqualTo(TinyRun.adapter());
    assertThat(LocalCluster.processes()).as("another has taken its place").hasSize(2);
  }

  private void killOne() {
    long process = LocalCluster.processes().values().iterator().next();
    assertThat(ProcessHandle.of(process).orElseThrow().destroyForcibly()).isTrue();
  }

  @Test
  @DisplayName("that is cut off goes on from its checkpoint, there or on one machine")
  void goesOn() {
    Path out = folder.resolve("out");
    ShardWorkers workers = workers(LocalCluster.context());
    ShardWorkers cut =
        new Before(
            workers,
            5,
            () -> {
              throw PmfException.computation("cut off");
            });
    assertThatThrownBy(() -> train(config(out).build(), cut)).hasMessage("cut off");
    TrainConfig on = config(out).existing(Existing.RESUME).build();
    assertThatThrownBy(
            () -> TinyRun.pmf().train(on, Progress.SILENT.until(() -> true), TrainingListener.NONE))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STOPPED));
    train(on, workers);
    assertThat(TinyRun.adapter(out)).isEqualTo(TinyRun.adapter());
  }

  @Test
  @DisplayName("is refused for a method that trains the encoders, with the reason")
  void refusesTuning() {
    TrainConfig config = config(folder.resolve("out")).method("mbt").build();
    assertThatThrownBy(() -> train(config, workers(LocalCluster.context())))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("trains the encoders' own weights");
    assertThat(folder.resolve("out/adapter_model.safetensors")).doesNotExist();
  }

  @Test
  @DisplayName("tells in one line which encoder an executor does not have, or has otherwise")
  void otherEncoders() {
    Map<String, String> missing = places("text", folder.resolve("none"));
    assertThatThrownBy(() -> train(config(folder.resolve("a")).build(), with(missing)))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(folder.resolve("none").toString());
    Map<String, String> other =
        places("text", TinyRun.encoders().get("text").resolveSibling("text-12"));
    assertThatThrownBy(() -> train(config(folder.resolve("b")).build(), with(other)))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("text-12: is not the encoder text of this run");
  }

  private static Map<String, String> places(String changed, Path place) {
    Map<String, String> places = new LinkedHashMap<>();
    TinyRun.encoders().forEach((name, path) -> places.put(name, path.toUri().toString()));
    places.put(changed, place.toUri().toString());
    return places;
  }

  private static SparkWorkers with(Map<String, String> places) {
    return new SparkWorkers(
        LocalCluster.context(), TinyRun.ENGINE, places, shared.resolve("cache").toString());
  }

  /**
   * Workers, before one of whose steps something happens.
   *
   * @param step counted from 1
   */
  private record Before(ShardWorkers workers, int step, Runnable what) implements ShardWorkers {
    @Override
    public Session begin(ShardSetup setup) {
      Session session = workers.begin(setup);
      int[] steps = {0};
      return new Session() {
        @Override
        public List<ShardGradients> compute(
            int epoch, Map<String, HostTensor> parameters, List<Shard> shards) {
          if (++steps[0] == step) {
            what.run();
          }
          return session.compute(epoch, parameters, shards);
        }

        @Override
        public void close() {
          session.close();
        }
      };
    }
  }
}
