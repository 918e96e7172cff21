package org.pmf4j.core.probe;

import org.pmf4j.core.training.TargetRows;

/**
 * What a linear model is fitted to. Not changed once it is made, so that any number of threads may
 * share it.
 *
 * @param features of the rows, standardised
 * @param targets a vector a row, and how much it counts, as in training
 */
record ProbeRows(Features features, TargetRows targets) {
  /** Number of rows. */
  int count() {
    return features.rows();
  }

  /** Number of outputs. */
  int outputs() {
    return targets.targets()[0].length;
  }

  /** Some of the rows. */
  ProbeRows only(int... rows) {
    return new ProbeRows(features.only(rows), targets.only(rows));
  }

  /** The sum of what rows count. */
  double weight() {
    double sum = 0;
    for (float w : targets.weights()) {
      sum += w;
    }
    return sum;
  }
}
