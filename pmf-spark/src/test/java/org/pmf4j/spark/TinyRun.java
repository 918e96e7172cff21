package org.pmf4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfig.Existing;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.train.SparkTraining;
import org.pmf4j.spark.train.TrainingFiles;

/**
 * A run of three epochs over the sixteen rows of the tiny table, with a checkpoint after each step:
 * as one machine has it, and as a cluster is asked for it.
 */
public final class TinyRun {
  /** As executors have it, with one thread. */
  public static final Engine ENGINE = new Engine(Pmf.DEFAULT_BACKEND, "cpu", 1);

  private static final int BATCH = 4;
  private static final int SHARDS = 3;

  /** Of 16 rows: steps of 3 shards, the last of an epoch of 1. */
  private static final TrainSettings SETTINGS =
      TrainSettings.DEFAULT
          .with("epochs", 3)
          .with("batch-size", BATCH)
          .with("accumulation", SHARDS)
          .with("checkpoint-steps", 1)
          .with("learning-rate", 5e-3);

  private static byte[] whole;

  private TinyRun() {}

  /** The run on one machine, into a folder. */
  public static TrainConfigBuilder config(Path out, Path cache) {
    TrainConfigBuilder b =
        TrainConfig.builder()
            .data(TinyModel.table())
            .validation(TinyModel.table())
            .out(out)
            .probes(false)
            .cache(new CacheConfig(Optional.of(cache), CachedTrunks.Storage.FP32))
            .training(SETTINGS);
    encoders().forEach(b::encoder);
    return b;
  }

  public static Map<String, Path> encoders() {
    Map<String, Path> all = new LinkedHashMap<>();
    all.put("image", TinyModel.resource("encoders/image-16"));
    all.put("text", TinyModel.resource("encoders/text-16"));
    return all;
  }

  /** What one machine ends with that is not interrupted; trained once. */
  public static synchronized byte[] adapter() {
    if (whole == null) {
      try {
        Path folder = Files.createTempDirectory("tiny-run");
        whole = adapter(pmf().train(config(folder.resolve("out"), folder).build()).model());
        FileUtil.fullyDelete(folder.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return whole;
  }

  /** The trained weights of a model, byte for byte. */
  public static byte[] adapter(Path model) {
    try {
      return Files.readAllBytes(model.resolve("adapter_model.safetensors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Pmf pmf() {
    return TinyModel.pmf();
  }

  /**
   * The same run on a cluster.
   *
   * @param encoders by name, their places
   * @param cache folder of all caches
   * @param other settings of training than the run's own
   */
  static void onCluster(
      Map<String, String> encoders,
      String cache,
      TrainingFiles files,
      Existing existing,
      Map<String, String> other,
      TrainingListener listener) {
    Map<String, String> training = new LinkedHashMap<>();
    for (String key : List.of("epochs", "checkpoint-steps", "learning-rate", "patience")) {
      training.put(key, String.valueOf(SETTINGS.toMap().get(key)));
    }
    training.putAll(other);
    SparkSession session = LocalCluster.session();
    new SparkTraining(ENGINE, encoders, cache, BATCH * SHARDS, SHARDS, training)
        .run(
            session,
            files,
            TrainConfig.builder().existing(existing).probes(false),
            Progress.SILENT,
            listener);
  }
}
