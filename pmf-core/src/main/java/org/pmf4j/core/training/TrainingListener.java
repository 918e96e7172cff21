package org.pmf4j.core.training;

import java.util.Map;

/** Hears how training goes. Called by the thread that trains. */
@FunctionalInterface
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = epoch -> {};

  /** An epoch has ended. */
  void epochEnded(Epoch epoch);

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
