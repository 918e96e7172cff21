package org.pmf4j.core.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Hears how training goes. Called by the thread that trains. */
@FunctionalInterface
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = epoch -> {};

  /**
   * Something that was left open has been decided; heard before the work on it begins.
   *
   * @param all decisions, in the order in which they were made
   */
  default void decided(List<Decision> all) {}

  /** The first epoch, or that which is gone on with, begins, with all settings told. */
  default void begins(TrainSettings settings) {}

  /**
   * A checkpoint has been written, from which the run can go on: with it the log's lines so far,
   * and the best epoch's weights. Heard before the next step; what is thrown here ends the run.
   *
   * @param checkpoint the file
   */
  default void saved(Path checkpoint) {}

  /** An epoch has ended. */
  void epochEnded(Epoch epoch);

  /** Two that hear the same, this one first. */
  default TrainingListener and(TrainingListener other) {
    return new BothListeners(this, other);
  }

  /**
   * What the data have decided.
   *
   * @param setting its name on the command line, without dashes
   * @param value what it was set to, as it is written there
   * @param reason why, such as {@code 3 different labels}
   */
  record Decision(String setting, String value, String reason) {}

  /**
   * An epoch that has ended.
   *
   * @param number from 1
   * @param loss mean training loss
   * @param validation metrics by name; empty without validation data
   * @param best true if its metric is the best so far
   * @param seconds it took, validation included
   */
  record Epoch(
      int number, double loss, Map<String, Double> validation, boolean best, double seconds) {}
}
