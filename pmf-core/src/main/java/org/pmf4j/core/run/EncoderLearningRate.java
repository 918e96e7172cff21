package org.pmf4j.core.run;

import static org.pmf4j.api.setting.Kind.Bound.excluding;
import static org.pmf4j.api.setting.Kind.Bound.including;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.core.model.PlannedMethod;

/**
 * The learning rate of the encoders' own weights, of a method that trains them. Immutable, so that
 * any number of threads may share it.
 *
 * @param values of {@link #SETTING}, or of nothing where the encoders are frozen
 */
public record EncoderLearningRate(Optional<Settings> values) {
  /** Pretrained weights are changed little; what begins at random learns faster. */
  public static final Setting<Double> SETTING =
      Setting.real(
          "encoder-learning-rate",
          1e-4,
          excluding(0),
          including(1),
          "peak of the learning rate of the encoders' own weights, where the method trains them");

  /**
   * The rate of a run.
   *
   * @param given what was chosen, or its text; nothing for the default
   * @throws PmfException if it is out of range, or was given for encoders that stay frozen
   */
  public static EncoderLearningRate of(Optional<?> given, PlannedMethod method) {
    Settings settings = Settings.defaults("", List.of(SETTING));
    if (given.isPresent()) {
      settings = settings.with(Map.of(SETTING.name(), given.get()));
    }
    if (method.plan().tuning() == Tuning.FULL) {
      return new EncoderLearningRate(Optional.of(settings));
    }
    if (given.isPresent()) {
      throw PmfException.usage(
          SETTING.name()
              + " goes with a method that trains the encoders; "
              + method.name()
              + " freezes them");
    }
    return new EncoderLearningRate(Optional.empty());
  }

  /** The peak, above 0 and at most 1; nothing where the encoders are frozen. */
  public Optional<Double> value() {
    return values.map(v -> v.get(SETTING));
  }

  /** By what the run's learning rate is multiplied for these weights. */
  double factor(TrainConfig config) {
    return value().map(v -> v / config.training().learningRate()).orElse(1.0);
  }

  /** Its entry among the settings of a run, which has none where the encoders are frozen. */
  Map<String, Object> toMap() {
    return values.map(Settings::toMap).orElse(Map.of());
  }
}
