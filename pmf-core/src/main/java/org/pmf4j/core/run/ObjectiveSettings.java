package org.pmf4j.core.run;

import static org.pmf4j.api.setting.Kind.Bound.excluding;
import static org.pmf4j.api.setting.Kind.Bound.including;

import java.util.List;
import java.util.Map;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;

/**
 * What the training of a fused model makes of its rows and their targets. Immutable, so that any
 * number of threads may share it.
 *
 * @param values of {@link #ALL}
 */
public record ObjectiveSettings(Settings values) {
  /** Share of the target probability spread over all classes. */
  public static final Setting<Double> LABEL_SMOOTHING =
      Setting.real(
          "label-smoothing",
          0,
          including(0),
          excluding(1),
          "share of the target spread over all classes");

  /** Probability with which each modality of a training row is dropped. */
  public static final Setting<Double> MODALITY_DROPOUT =
      Setting.real(
          "modality-dropout",
          0,
          including(0),
          excluding(1),
          "probability with which each modality of a row is dropped in an epoch, never all");

  /** How classes are weighted in the loss. */
  public static final Setting<ClassWeights> CLASS_WEIGHTS =
      Setting.choice(
          "class-weights", ClassWeights.EQUAL, "equal, or balanced to weigh rare classes more");

  /** All of them, in the order in which they are listed and saved. */
  public static final List<Setting<?>> ALL =
      List.of(LABEL_SMOOTHING, MODALITY_DROPOUT, CLASS_WEIGHTS);

  /** Targets as they stand in the table. */
  public static final ObjectiveSettings DEFAULT = new ObjectiveSettings(Settings.defaults("", ALL));

  /** How classes are weighted in the loss. */
  public enum ClassWeights {
    /** Every sample counts the same. */
    EQUAL,
    /** A sample counts in inverse proportion to how often its class occurs. */
    BALANCED
  }

  /** Share of the target probability spread over all classes, 0 to below 1. */
  public double labelSmoothing() {
    return values.get(LABEL_SMOOTHING);
  }

  /** Probability with which each modality of a training row is dropped, 0 to below 1. */
  public double modalityDropout() {
    return values.get(MODALITY_DROPOUT);
  }

  /** How classes are weighted in the loss. */
  public ClassWeights classWeights() {
    return values.get(CLASS_WEIGHTS);
  }

  /** The settings by their names on the command line, in order. */
  public Map<String, Object> toMap() {
    return values.toMap();
  }

  /** These settings with one of them changed. */
  public <T> ObjectiveSettings with(Setting<T> setting, T value) {
    return new ObjectiveSettings(values.with(setting, value));
  }
}
