package org.pmf4j.core.training;

import static org.pmf4j.api.setting.Kind.Bound.excluding;
import static org.pmf4j.api.setting.Kind.Bound.including;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.core.metrics.Metric;

/**
 * How a run is trained. Immutable, so that any number of threads may share it.
 *
 * @param values of {@link #ALL}
 */
public record TrainSettings(Settings values) {
  /** Passes over the data. */
  public static final Setting<Integer> EPOCHS =
      Setting.whole("epochs", 10, 1, "passes over the data");

  private static final Setting<Integer> BATCH_SIZE =
      Setting.whole("batch-size", 32, 1, "samples in a batch");

  private static final Setting<Integer> ACCUMULATION =
      Setting.whole("accumulation", 1, 1, "batches whose gradients make one step");

  private static final Setting<Double> LEARNING_RATE =
      Setting.real("learning-rate", 3e-3, excluding(0), including(1), "peak of the learning rate");

  private static final Setting<Double> WARMUP =
      Setting.real(
          "warmup",
          0.1,
          including(0),
          excluding(1),
          "share of all steps with a rising learning rate");

  private static final Setting<Double> WEIGHT_DECAY =
      Setting.real("weight-decay", 0.01, 0, Double.POSITIVE_INFINITY, "weight decay of AdamW");

  private static final Setting<Double> BETA2 =
      Setting.real("beta2", 0.98, excluding(0), excluding(1), "decay of AdamW's second moment");

  private static final Setting<Double> CLIP =
      Setting.real(
          "clip", 1, 0, Double.POSITIVE_INFINITY, "largest norm of the gradients, 0 for no limit");

  /** Epochs without a better metric after which training stops; 0 for never. */
  public static final Setting<Integer> PATIENCE =
      Setting.whole(
          "patience", 0, 0, "stop after so many epochs without a better metric, 0 for never");

  /** The validation metric that chooses the best epoch. */
  public static final Setting<String> METRIC =
      Setting.word(
          "metric",
          Metric.ACCURACY.key(),
          Arrays.stream(Metric.values()).map(Metric::key).toList(),
          "validation metric that chooses the best epoch");

  private static final Setting<Long> SEED = Setting.any("seed", 0, "seed of everything random");

  private static final Setting<Boolean> SHUFFLE =
      Setting.truth("shuffle", true, "shuffle the rows in every epoch");

  private static final Setting<Integer> CHECKPOINT_STEPS =
      Setting.whole("checkpoint-steps", 0, 0, "steps between checkpoints, 0 for one an epoch");

  /** All of them, in the order in which they are listed and saved. */
  public static final List<Setting<?>> ALL =
      List.of(
          EPOCHS,
          BATCH_SIZE,
          ACCUMULATION,
          LEARNING_RATE,
          WARMUP,
          WEIGHT_DECAY,
          BETA2,
          CLIP,
          PATIENCE,
          METRIC,
          SEED,
          SHUFFLE,
          CHECKPOINT_STEPS);

  /** Settings that suit many data sets. */
  public static final TrainSettings DEFAULT = new TrainSettings(Settings.defaults("", ALL));

  /** Passes over the data. */
  public int epochs() {
    return values.get(EPOCHS);
  }

  /** Samples in a batch. */
  public int batchSize() {
    return values.get(BATCH_SIZE);
  }

  /** Batches whose gradients make one optimizer step. */
  public int accumulation() {
    return values.get(ACCUMULATION);
  }

  /** The peak. */
  public double learningRate() {
    return values.get(LEARNING_RATE);
  }

  /** Share of all steps with a rising rate. */
  public double warmup() {
    return values.get(WARMUP);
  }

  /** Weight decay of AdamW. */
  public double weightDecay() {
    return values.get(WEIGHT_DECAY);
  }

  /** Decay of AdamW's second moment. */
  public double beta2() {
    return values.get(BETA2);
  }

  /** Largest global norm of the gradients; 0 for no clipping. */
  public double clip() {
    return values.get(CLIP);
  }

  /** Epochs without a better metric after which training stops; 0 for never. */
  public int patience() {
    return values.get(PATIENCE);
  }

  /** The key of the validation metric that chooses the best epoch. */
  public String metric() {
    return values.get(METRIC);
  }

  /** Of everything random. */
  public long seed() {
    return values.get(SEED);
  }

  /** Whether rows are shuffled in every epoch and put together by length. */
  public boolean shuffle() {
    return values.get(SHUFFLE);
  }

  /** Optimizer steps between checkpoints; 0 for one at each epoch's end. */
  public int checkpointSteps() {
    return values.get(CHECKPOINT_STEPS);
  }

  /** The settings by their names on the command line, in order. */
  public Map<String, Object> toMap() {
    return values.toMap();
  }

  /**
   * These settings with one of them changed.
   *
   * @param key a key of {@link #toMap()}
   * @param value a number, boolean or string, or its text
   * @throws org.pmf4j.api.error.PmfException for an unknown key or a value out of range
   */
  public TrainSettings with(String key, Object value) {
    return new TrainSettings(values.with(Map.of(key, value)));
  }
}
