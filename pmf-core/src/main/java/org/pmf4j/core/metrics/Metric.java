package org.pmf4j.core.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.Task;

/** A number that says how good predictions are, and which way is better. */
public enum Metric {
  /** Mean loss, as in training without smoothing or class weights. */
  LOSS(Direction.SMALLER_IS_BETTER),
  /** Share of rows that are right; for multi-label tasks, right in every label. */
  ACCURACY(Direction.LARGER_IS_BETTER),
  /** Mean of the classes' F1. */
  MACRO_F1(Direction.LARGER_IS_BETTER),
  /** F1 over all decisions together. */
  MICRO_F1(Direction.LARGER_IS_BETTER),
  /** Mean over the classes of the area under the ROC curve, each class against the rest. */
  AUROC(Direction.LARGER_IS_BETTER),
  /** Area under the ROC curve of all decisions together. */
  MICRO_AUROC(Direction.LARGER_IS_BETTER),
  /** Mean over the classes of the average precision. */
  MAP(Direction.LARGER_IS_BETTER),
  /** Average precision of all decisions together. */
  MICRO_MAP(Direction.LARGER_IS_BETTER),
  /** Mean absolute error, in the target's unit. */
  MAE(Direction.SMALLER_IS_BETTER),
  /** Root of the mean squared error, in the target's unit. */
  RMSE(Direction.SMALLER_IS_BETTER),
  /** Coefficient of determination, R². */
  R2(Direction.LARGER_IS_BETTER);

  /** Which way a metric improves. */
  public enum Direction {
    /** As for errors. */
    SMALLER_IS_BETTER,
    /** As for shares. */
    LARGER_IS_BETTER
  }

  private final Direction direction;

  Metric(Direction direction) {
    this.direction = direction;
  }

  /** The name in settings and files, such as {@code macro_f1}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Which way it improves. */
  public Direction direction() {
    return direction;
  }

  /**
   * True if {@code value} is better than {@code best}.
   *
   * @param value NaN is never better
   * @param best NaN if there was none before
   */
  public boolean better(double value, double best) {
    if (Double.isNaN(value) || Double.isNaN(best)) {
      return !Double.isNaN(value);
    }
    return direction == Direction.LARGER_IS_BETTER ? value > best : value < best;
  }

  /**
   * The metric of that name.
   *
   * @throws PmfException listing the names there are
   */
  public static Metric named(String key) {
    return Arrays.stream(values())
        .filter(m -> m.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                PmfException.usage(
                    String.format(
                        Locale.ROOT,
                        "unknown metric '%s'; known: %s",
                        key,
                        String.join(", ", keys()))));
  }

  /**
   * The metric that a task is usually judged by.
   *
   * @param task its kind; an unknown one is refused where the task is made
   */
  public static Metric usual(String task) {
    return switch (task) {
      case Task.MULTI_LABEL -> MAP;
      case Task.REGRESSION -> MAE;
      default -> ACCURACY;
    };
  }

  /**
   * A measured value.
   *
   * @param measured values by name
   * @throws PmfException listing what was measured, if this was not
   */
  public static double value(Map<String, Double> measured, String key) {
    Double value = measured.get(named(key).key());
    if (value == null) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "metric '%s' cannot be measured on these data; measured: %s",
              key,
              String.join(", ", measured.keySet())));
    }
    return value;
  }

  private static List<String> keys() {
    return Arrays.stream(values()).map(Metric::key).toList();
  }
}
