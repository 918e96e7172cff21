package org.pmf4j.cli.option;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.training.TrainSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Epochs, batches, optimizer: the options behind {@link TrainSettings}. For one thread at a time.
 */
@Command
public final class TrainingOptions {
  @Mixin private final SettingOptions options;

  /**
   * Options.
   *
   * @param defaults what they are where they are not given; the metric is the command's to choose
   */
  public TrainingOptions(TrainSettings defaults) {
    options =
        new SettingOptions(
            defaults.values(), Map.of(TrainSettings.METRIC.name(), "the task's usual one"));
  }

  /**
   * Options, some of which are decided by the rows where they are not given.
   *
   * @param defaults what the others are
   * @param decided by name, what the help says in place of a default
   */
  public TrainingOptions(TrainSettings defaults, Map<String, String> decided) {
    options = new SettingOptions(defaults.values(), decided);
  }

  /**
   * The settings, with defaults for what was not given.
   *
   * @throws org.pmf4j.api.error.PmfException for a value out of range or an unknown metric
   */
  public TrainSettings settings() {
    return new TrainSettings(options.settings());
  }

  /** Those of some settings that were not given. */
  public Set<Setting<?>> open(Set<Setting<?>> some) {
    return some.stream().filter(s -> !options.has(s)).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The settings.
   *
   * @param usualMetric used where none was chosen
   * @throws org.pmf4j.api.error.PmfException for a value out of range or an unknown metric
   */
  public TrainSettings settings(Metric usualMetric) {
    Settings chosen = options.settings();
    return new TrainSettings(
        options.has(TrainSettings.METRIC)
            ? chosen
            : chosen.with(TrainSettings.METRIC, usualMetric.key()));
  }
}
