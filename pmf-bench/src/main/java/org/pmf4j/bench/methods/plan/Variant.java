package org.pmf4j.bench.methods.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.core.training.TrainSettings;

/**
 * A method with all its settings: a row of the comparison. Immutable, so that any number of threads
 * may share it.
 *
 * @param name in tables, unique
 * @param ablation the table of ablations that it belongs to; null for one of the methods compared
 * @param method the fusion method
 * @param tuning what becomes of the encoders' weights
 * @param encoders names of those that it is built on
 * @param settings of the method, complete
 * @param training all settings of training but the seed
 * @param encoderLearningRate peak of the learning rate of the encoders' own weights; null where
 *     they are frozen
 * @param cached whether it trains from cached trunk outputs
 */
public record Variant(
    String name,
    String ablation,
    String method,
    Tuning tuning,
    List<String> encoders,
    Map<String, Object> settings,
    Map<String, Object> training,
    Double encoderLearningRate,
    boolean cached) {
  private static final String SEED = "seed";

  /** Copies the collections. */
  public Variant {
    encoders = List.copyOf(encoders);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    Map<String, Object> unseeded = new LinkedHashMap<>(training);
    unseeded.remove(SEED);
    training = Collections.unmodifiableMap(unseeded);
  }

  /** The settings of training for one seed. */
  public TrainSettings training(long seed) {
    TrainSettings settings = TrainSettings.DEFAULT.with(SEED, seed);
    for (Map.Entry<String, Object> e : training.entrySet()) {
      settings = settings.with(e.getKey(), e.getValue());
    }
    return settings;
  }
}
