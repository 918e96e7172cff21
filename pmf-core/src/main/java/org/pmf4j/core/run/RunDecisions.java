package org.pmf4j.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.core.data.DetectedTask;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener.Decision;

/**
 * What a run makes of that which was left open. The same rows decide the same. Immutable, so that
 * any number of threads may share it.
 *
 * @param config with nothing left open
 * @param all decisions, in order
 */
public record RunDecisions(TrainConfig config, List<Decision> all) {
  /** What may be left open, beside the task. */
  public static final Set<Setting<?>> DECIDABLE =
      Set.of(TrainSettings.EPOCHS, TrainSettings.PATIENCE, TrainSettings.METRIC);

  /** Steps that prompts and heads need to learn what there is to learn; see the documentation. */
  private static final int STEPS = 400;

  private static final int FEWEST_EPOCHS = 10;
  private static final int MOST_EPOCHS = 40;
  private static final int PATIENCE = 5;

  /** Copies the list. */
  public RunDecisions {
    all = List.copyOf(all);
  }

  /**
   * Decides.
   *
   * @param earlier decisions, which {@code config} holds already
   * @param data that was read for it
   */
  static RunDecisions of(TrainConfig config, List<Decision> earlier, RunData data) {
    return of(
        config, earlier, data.detected(), data.training().size(), data.validation().isPresent());
  }

  /**
   * Decides.
   *
   * @param earlier decisions, which {@code config} holds already
   * @param detected the task that labels look like, where it was left to them
   * @param rows to train on
   * @param validated whether there are rows to validate on
   */
  static RunDecisions of(
      TrainConfig config,
      List<Decision> earlier,
      Optional<DetectedTask> detected,
      int rows,
      boolean validated) {
    Decider decider = new Decider(config, earlier);
    detected.ifPresent(decider::task);
    decider.decide(
        TrainSettings.METRIC,
        Metric.usual(decider.config.task()).key(),
        "the usual one of such a task",
        validated);
    int batch = config.training().batchSize() * config.training().accumulation();
    int steps = (rows + batch - 1) / batch;
    decider.decide(
        TrainSettings.EPOCHS,
        Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, (STEPS + steps - 1) / steps)),
        String.format(Locale.ROOT, "%,d rows are %,d steps an epoch", rows, steps),
        true);
    decider.decide(
        TrainSettings.PATIENCE,
        validated ? PATIENCE : 0,
        "epochs without a better " + decider.config.training().metric() + " end the run",
        validated);
    return new RunDecisions(decider.config, decider.all);
  }

  /** The decision for a task. */
  static Decision taskOf(DetectedTask detected) {
    return new Decision(TrainConfig.TASK, detected.kind(), detected.reason());
  }

  private static final class Decider {
    private final List<Decision> all;
    private TrainConfig config;

    Decider(TrainConfig config, List<Decision> earlier) {
      this.config = config;
      this.all = new ArrayList<>(earlier);
    }

    void task(DetectedTask detected) {
      config = config.with(config.choices().with(detected.kind()));
      all.add(taskOf(detected));
    }

    void decide(Setting<?> setting, Object value, String reason, boolean told) {
      if (config.choices().isOpen(setting)) {
        config = config.with(config.choices().with(setting, value));
        if (told) {
          all.add(new Decision(setting.name(), value.toString(), reason));
        }
      }
    }
  }
}
