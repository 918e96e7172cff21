package org.pmf4j.core.run;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.training.TrainSettings;

/**
 * What a configuration may leave open.
 *
 * @param precision or null
 * @param task or null
 * @param training with defaults for what is open
 * @param open settings of training that nobody has chosen
 */
record OpenChoices(
    MatrixPrecision precision, String task, TrainSettings training, Set<Setting<?>> open) {

  /** True if the task is left to the labels. */
  boolean isTaskOpen() {
    return task == null;
  }

  /** True if a setting of training is left to the rows. */
  boolean isOpen(Setting<?> setting) {
    return open.contains(setting);
  }

  /** These with the task chosen. */
  OpenChoices with(String kind) {
    return new OpenChoices(precision, kind, training, open);
  }

  /** These with a setting of training chosen. */
  OpenChoices with(Setting<?> setting, Object value) {
    Set<Setting<?>> rest = new LinkedHashSet<>(open);
    rest.remove(setting);
    return new OpenChoices(precision, task, training.with(setting.name(), value), rest);
  }

  /**
   * These with what was chosen before in place of what is open.
   *
   * @param resumes whether it was chosen by a run that is gone on with, not for a model
   */
  OpenChoices settled(EarlierChoices earlier, boolean resumes) {
    Optional<MatrixPrecision> type =
        precision == null
            ? earlier.get(TrainConfig.PRECISION).flatMap(MatrixPrecision::named)
            : Optional.of(precision);
    String kind = task == null ? earlier.get(TrainConfig.TASK).orElse(null) : task;
    OpenChoices settled = new OpenChoices(type.orElse(null), kind, training, open);
    if (resumes) {
      for (Setting<?> setting : open) {
        Optional<String> value = earlier.get(setting.name());
        if (value.isPresent()) {
          settled = settled.with(setting, value.get());
        }
      }
    }
    return settled;
  }
}
