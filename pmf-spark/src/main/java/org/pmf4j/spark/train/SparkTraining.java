package org.pmf4j.spark.train;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.pretrain.EncoderMaking;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.RunDecisions;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.run.TrainReport;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.executor.Places;
import org.pmf4j.spark.hadoop.DriverPlace;
import org.pmf4j.spark.hadoop.HadoopFiles;

/**
 * A run whose steps executors compute, and what of it is the cluster's. Immutable, so that any
 * number of threads may share it.
 *
 * @param engine what computes, here and on executors
 * @param encoders by name, their places on any Hadoop file system, or {@code hf:org/name}
 * @param cache folder of all caches, on any Hadoop file system
 * @param batchSize rows of a step
 * @param shards parts of a step, each a task
 * @param training settings of training by name, as texts, without those of batches
 */
public record SparkTraining(
    Engine engine,
    Map<String, String> encoders,
    String cache,
    int batchSize,
    int shards,
    Map<String, String> training) {
  private static final List<String> OF_BATCHES = List.of("batch-size", "accumulation");

  /**
   * Copies the maps.
   *
   * @throws PmfException if a step cannot be cut into so many shards
   */
  public SparkTraining {
    encoders = new LinkedHashMap<>(encoders);
    training = new LinkedHashMap<>(training);
    if (shards < 1 || batchSize < shards) {
      throw PmfException.usage(
          "shards is a number from 1 to the batch-size, so that each has a row; it is "
              + shards
              + " of "
              + batchSize);
    }
    for (String key : OF_BATCHES) {
      if (training.containsKey(key)) {
        throw PmfException.usage(
            "the training setting " + key + " follows from batch-size and shards: give those");
      }
    }
  }

  /**
   * Trains, and saves the model. Where its folder is on another file system than the driver's disk,
   * each checkpoint is there before the next step.
   *
   * @param files that it reads and writes
   * @param config of the run, without these, encoders, cache and settings of training
   * @return with the folder that the driver trained in
   * @throws PmfException as {@link Pmf#train} does
   */
  public TrainReport run(
      SparkSession spark,
      TrainingFiles files,
      TrainConfigBuilder config,
      Progress progress,
      TrainingListener listener) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Configuration hadoop = context.hadoopConfiguration();
    ShownNames shown = new ShownNames();
    DriverPlace out = DriverPlace.of(files.out(), hadoop);
    try (WorkingFolder folder = WorkingFolder.open(out, hadoop, shown)) {
      config.data(TrainingFiles.table(files.data(), hadoop, shown)).out(folder.path());
      files.validation().ifPresent(v -> config.validation(TrainingFiles.table(v, hadoop, shown)));
      encoders.forEach((name, place) -> encoder(name, place, out, config, hadoop));
      TrainReport report = run(context, config, progress, listener.and(folder.publishing()));
      folder.publish();
      return report;
    } catch (PmfException e) {
      throw shown.shown(e);
    }
  }

  /** A model that is elsewhere names encoders by where they are, and not by the driver's copies. */
  private static void encoder(
      String name, String place, DriverPlace out, TrainConfigBuilder config, Configuration hadoop) {
    Path folder = Places.local(place, hadoop);
    config.encoder(name, folder);
    if (out instanceof DriverPlace.Far) {
      config.encoderSource(
          name, HadoopFiles.hasScheme(place) ? place : folder.toAbsolutePath().toString());
    }
  }

  private TrainReport run(
      JavaSparkContext context,
      TrainConfigBuilder config,
      Progress progress,
      TrainingListener listener) {
    Path elsewhere = Path.of("kept by executors");
    config
        .training(settings(), open())
        .cache(new CacheConfig(Optional.of(elsewhere), CachedTrunks.Storage.FP32));
    SparkWorkers workers = new SparkWorkers(context, engine, encoders, cache);
    try (Pmf pmf = Pmf.open(engine.backend(), here(context))) {
      return pmf.train(config.build(), progress, listener, EncoderMaking.SILENT, workers);
    }
  }

  /** As many threads as a task has: what the driver adds up is then the same, too. */
  private BackendOptions here(JavaSparkContext context) {
    int cpus = context.getConf().getInt("spark.task.cpus", 1);
    return new BackendOptions(engine.device(), engine.threads() == 0 ? cpus : engine.threads());
  }

  /** A step's shards are the batches that it accumulates. */
  private TrainSettings settings() {
    TrainSettings all =
        TrainSettings.DEFAULT
            .with("batch-size", (batchSize + shards - 1) / shards)
            .with("accumulation", shards);
    for (Map.Entry<String, String> one : training.entrySet()) {
      all = all.with(one.getKey(), one.getValue());
    }
    return all;
  }

  private Set<Setting<?>> open() {
    Set<Setting<?>> open = new HashSet<>(RunDecisions.DECIDABLE);
    open.removeIf(setting -> training.containsKey(setting.name()));
    return open;
  }
}
