package org.pmf4j.core.metrics;

import java.util.ArrayList;
import java.util.List;

/** Counts decisions by their probability. */
final class CalibrationBins {
  private static final int BINS = 10;

  private final long[] decisions = new long[BINS];
  private final long[] right = new long[BINS];
  private final double[] probabilities = new double[BINS];

  /**
   * Takes in a decision.
   *
   * @param probability from 0 to 1
   */
  void add(double probability, boolean isRight) {
    int bin = 0;
    while (bin < BINS - 1 && probability > edge(bin + 1)) {
      bin++;
    }
    decisions[bin]++;
    right[bin] += isRight ? 1 : 0;
    probabilities[bin] += probability;
  }

  Calibration result() {
    List<Calibration.Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      bins.add(
          new Calibration.Bin(
              edge(i),
              edge(i + 1),
              decisions[i],
              probabilities[i] / decisions[i],
              (double) right[i] / decisions[i]));
    }
    return new Calibration(bins);
  }

  private static double edge(int bin) {
    return (double) bin / BINS;
  }
}
