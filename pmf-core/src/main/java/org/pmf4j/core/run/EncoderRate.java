package org.pmf4j.core.run;

import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.Tuning;

/**
 * The learning rate of the encoders' own weights, of a method that trains them.
 *
 * @param peak above 0
 * @param tuned whether they are trained
 */
record EncoderRate(double peak, boolean tuned) {
  private static final String KEY = "encoder-learning-rate";

  /**
   * The rate of a run.
   *
   * @throws PmfException if it is out of range, or was given for encoders that stay frozen
   */
  static EncoderRate of(TrainConfig config, FusionMethod method) {
    boolean tuned = method.tuning() == Tuning.FULL;
    if (!tuned && config.encoderLearningRate().isPresent()) {
      throw PmfException.usage(
          KEY + " goes with a method that trains the encoders; " + method.name() + " freezes them");
    }
    double peak = config.encoderLearningRate().orElse(TrainConfig.ENCODER_LEARNING_RATE);
    if (!(peak > 0 && peak <= 1)) {
      throw PmfException.usage(KEY + " must be above 0 and at most 1, got " + peak);
    }
    return new EncoderRate(peak, tuned);
  }

  /** By what the run's learning rate is multiplied for these weights. */
  double factor(TrainConfig config) {
    return peak / config.training().learningRate();
  }

  /** Its entry among the settings of a run, which has none where the encoders are frozen. */
  Map<String, Object> toMap() {
    return tuned ? Map.of(KEY, peak) : Map.of();
  }
}
