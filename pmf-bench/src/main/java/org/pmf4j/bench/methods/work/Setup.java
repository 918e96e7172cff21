package org.pmf4j.bench.methods.work;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.bench.methods.plan.Cell;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.ObjectiveSettings;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.trunk.CachedTrunks;

/**
 * What all cells share.
 *
 * @param data table to train on
 * @param validation table that chooses the best epoch
 * @param test table that the saved weights are measured on; may be the validation table
 * @param reading how these are read
 * @param task kind of task
 * @param encoders directories by modality
 * @param encoderSettings by modality, settings of its encoder that differ from the defaults
 * @param precision of the encoders' matrices
 * @param objective what is made of rows and their targets, by setting
 * @param backend its name
 * @param device it runs on
 * @param threads that one operation may use; 0 for the engine's choice
 * @param plugins folder of plugins; null for none
 */
public record Setup(
    String data,
    String validation,
    String test,
    Reading reading,
    String task,
    Map<String, String> encoders,
    Map<String, Map<String, String>> encoderSettings,
    MatrixPrecision precision,
    Map<String, Object> objective,
    String backend,
    String device,
    int threads,
    String plugins) {
  /** Copies the maps. */
  public Setup {
    encoders = Collections.unmodifiableMap(new LinkedHashMap<>(encoders));
    encoderSettings = Collections.unmodifiableMap(new LinkedHashMap<>(encoderSettings));
    objective = Collections.unmodifiableMap(new LinkedHashMap<>(objective));
  }

  /** The table to train on. */
  public TableLocation dataTable() {
    return TableLocation.of(data, reading.query());
  }

  /** The table that chooses the best epoch. */
  public TableLocation validationTable() {
    return TableLocation.of(validation, reading.validationQuery());
  }

  /** The table that the saved weights are measured on. */
  public TableLocation testTable() {
    return TableLocation.of(test, reading.testQuery());
  }

  /** Opens the backend; the caller closes it. */
  Pmf open() {
    BackendOptions options = new BackendOptions(device, threads);
    return plugins == null
        ? Pmf.open(backend, options)
        : Pmf.open(backend, options, Path.of(plugins));
  }

  /** Training on all encoders; the folder is not touched before training begins. */
  TrainConfigBuilder all(Path folder) {
    TrainConfigBuilder b = common(folder);
    encoders.keySet().forEach(name -> encoder(b, name));
    return b;
  }

  /**
   * Training of a cell.
   *
   * @param folder of the model
   * @param cache folder of the cache; not used by a variant without one
   */
  TrainConfig config(Cell cell, Path folder, Path cache) {
    TrainConfigBuilder b = common(folder);
    cell.variant().encoders().forEach(name -> encoder(b, name));
    cell.variant().settings().forEach(b::setting);
    return b.method(cell.variant().method())
        .training(cell.variant().training(cell.seed()))
        .encoderLearningRate(cell.variant().encoderLearningRate())
        .cache(
            cell.variant().cached()
                ? new CacheConfig(Optional.of(cache), CachedTrunks.Storage.FP32)
                : CacheConfig.NONE)
        .existing(TrainConfig.Existing.RESUME)
        .build();
  }

  private void encoder(TrainConfigBuilder b, String name) {
    b.encoder(name, Path.of(encoders.get(name)));
    encoderSettings
        .getOrDefault(name, Map.of())
        .forEach((key, value) -> b.encoderSetting(name, key, value));
  }

  private TrainConfigBuilder common(Path folder) {
    return TrainConfig.builder()
        .data(dataTable())
        .validation(validationTable())
        .tables(reading.options())
        .task(task)
        .precision(precision)
        .probes(false)
        .objective(new ObjectiveSettings(ObjectiveSettings.DEFAULT.values().with(objective)))
        .out(folder);
  }
}
