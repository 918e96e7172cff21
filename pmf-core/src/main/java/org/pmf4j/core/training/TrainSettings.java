package org.pmf4j.core.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/**
 * How a run is trained. Immutable, so that any number of threads may share it.
 *
 * @param epochs passes over the data, at least 1
 * @param batchSize samples in a batch, at least 1
 * @param accumulation batches whose gradients make one optimizer step, at least 1
 * @param learningRate the peak, above 0 and at most 1
 * @param warmup share of all steps with a rising rate, 0 to below 1
 * @param weightDecay of AdamW
 * @param beta2 decay of AdamW's second moment
 * @param clip largest global norm of the gradients; 0 for no clipping
 * @param patience epochs without a better metric after which training stops; 0 for never
 * @param metric the validation metric that chooses the best epoch
 * @param seed of everything random
 * @param shuffle whether rows are shuffled in every epoch and put together by length
 * @param checkpointSteps optimizer steps between checkpoints; 0 for one at each epoch's end
 */
public record TrainSettings(
    int epochs,
    int batchSize,
    int accumulation,
    double learningRate,
    double warmup,
    double weightDecay,
    double beta2,
    double clip,
    int patience,
    String metric,
    long seed,
    boolean shuffle,
    int checkpointSteps) {

  /** Settings that suit many data sets. */
  public static final TrainSettings DEFAULT =
      new TrainSettings(10, 32, 1, 3e-3, 0.1, 0.01, 0.98, 1, 0, "accuracy", 0, true, 0);

  /** Refuses values out of range. */
  public TrainSettings {
    require(epochs >= 1, "epochs", "at least 1", epochs);
    require(batchSize >= 1, "batch-size", "at least 1", batchSize);
    require(accumulation >= 1, "accumulation", "at least 1", accumulation);
    require(
        learningRate > 0 && learningRate <= 1,
        "learning-rate",
        "above 0 and at most 1",
        learningRate);
    require(warmup >= 0 && warmup < 1, "warmup", "0 to below 1", warmup);
    require(weightDecay >= 0, "weight-decay", "0 or more", weightDecay);
    require(beta2 > 0 && beta2 < 1, "beta2", "above 0 and below 1", beta2);
    require(clip >= 0, "clip", "0 or more", clip);
    require(patience >= 0, "patience", "0 or more", patience);
    require(checkpointSteps >= 0, "checkpoint-steps", "0 or more", checkpointSteps);
  }

  /** The settings by their names on the command line, in order. */
  public Map<String, Object> toMap() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("epochs", epochs);
    m.put("batch-size", batchSize);
    m.put("accumulation", accumulation);
    m.put("learning-rate", learningRate);
    m.put("warmup", warmup);
    m.put("weight-decay", weightDecay);
    m.put("beta2", beta2);
    m.put("clip", clip);
    m.put("patience", patience);
    m.put("metric", metric);
    m.put("seed", seed);
    m.put("shuffle", shuffle);
    m.put("checkpoint-steps", checkpointSteps);
    return m;
  }

  /**
   * These settings with one of them changed.
   *
   * @param key a key of {@link #toMap()}
   * @param value a number, boolean or string, or its text
   * @throws PmfException for an unknown key or a value of the wrong kind
   */
  public TrainSettings with(String key, Object value) {
    Map<String, Object> m = toMap();
    if (!m.containsKey(key)) {
      throw PmfException.usage("unknown setting '" + key + "'; known: " + m.keySet());
    }
    m.put(key, Settings.convert(key, value, m.get(key)));
    return new TrainSettings(
        (Integer) m.get("epochs"),
        (Integer) m.get("batch-size"),
        (Integer) m.get("accumulation"),
        (Double) m.get("learning-rate"),
        (Double) m.get("warmup"),
        (Double) m.get("weight-decay"),
        (Double) m.get("beta2"),
        (Double) m.get("clip"),
        (Integer) m.get("patience"),
        (String) m.get("metric"),
        (Long) m.get("seed"),
        (Boolean) m.get("shuffle"),
        (Integer) m.get("checkpoint-steps"));
  }

  private static void require(boolean ok, String key, String range, Object found) {
    if (!ok) {
      throw PmfException.usage(key + " must be " + range + ", got " + found);
    }
  }
}
