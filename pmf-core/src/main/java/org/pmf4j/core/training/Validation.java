package org.pmf4j.core.training;

import java.util.Map;
import org.pmf4j.core.progress.Progress;

/** Measures a model on data that it is not trained on. Called by the thread that trains. */
@FunctionalInterface
public interface Validation {
  /**
   * Metrics by name.
   *
   * @param progress shows it, and may ask to stop
   * @throws org.pmf4j.api.error.PmfException of the kind STOPPED, if it was asked to stop
   */
  Map<String, Double> measure(Progress progress);
}
