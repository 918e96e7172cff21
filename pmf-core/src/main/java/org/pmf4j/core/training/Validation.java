package org.pmf4j.core.training;

import java.util.Map;

/** Measures a model on data that it is not trained on. */
@FunctionalInterface
public interface Validation {
  /** Metrics by name. */
  Map<String, Double> measure();
}
