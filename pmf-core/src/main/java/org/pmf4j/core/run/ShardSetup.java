package org.pmf4j.core.run;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.KnownEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.trunk.CachedTrunks;

/**
 * What a place must know that computes gradients for a run, beside where its encoders are, shards
 * and the parameters' values. Immutable, so that any number of threads may share it; it may be sent
 * to another process.
 *
 * @param method the fusion method
 * @param methodSettings all of its settings
 * @param encoders by name, in order
 * @param precision of frozen matrices
 * @param cache how outputs of trunks are kept; null where they are computed in every step
 * @param seed of the run
 * @param outputs number of logits
 * @param loss that compares them with targets
 * @param trainingRows number of rows that are trained on
 */
public record ShardSetup(
    String method,
    Map<String, Object> methodSettings,
    Map<String, KnownEncoder> encoders,
    MatrixPrecision precision,
    Cache cache,
    long seed,
    int outputs,
    Loss loss,
    long trainingRows)
    implements Serializable {

  /** Copies the maps. */
  public ShardSetup {
    methodSettings = copy(methodSettings);
    encoders = copy(encoders);
  }

  /**
   * How outputs of trunks are kept.
   *
   * @param storage of numbers
   * @param content of an entry
   */
  public record Cache(CachedTrunks.Storage storage, CachedTrunks.Content content)
      implements Serializable {}

  /** What a run tells others. */
  static ShardSetup of(RunPlan plan, Task task, Loss loss, long trainingRows) {
    Map<String, KnownEncoder> encoders = new LinkedHashMap<>();
    plan.specs().asMap().forEach((name, spec) -> encoders.put(name, KnownEncoder.of(spec)));
    TrainConfig config = plan.config();
    CacheConfig cache = config.cache();
    return new ShardSetup(
        config.method(),
        plan.method().settings().toMap(),
        encoders,
        config.precision(),
        plan.cached() ? new Cache(cache.storage(), cache.content()) : null,
        config.training().seed(),
        task.labels().size(),
        loss,
        trainingRows);
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
