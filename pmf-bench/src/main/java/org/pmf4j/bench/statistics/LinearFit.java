package org.pmf4j.bench.statistics;

import java.util.Arrays;

/**
 * The straight line of least squares. Immutable, so that any number of threads may share it.
 *
 * @param intercept y at x = 0
 * @param slope change of y for one unit of x
 * @param r2 the share of the variance of y that the line explains, 0 to 1; 1 where y is constant
 *     and the line meets it
 */
public record LinearFit(double intercept, double slope, double r2) {

  /**
   * Fits a line.
   *
   * @throws IllegalArgumentException unless there are two different values of x
   */
  public static LinearFit of(double[] x, double[] y) {
    if (x.length != y.length || Arrays.stream(x).distinct().count() < 2) {
      throw new IllegalArgumentException("a line needs two places");
    }
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    double slope = xy / xx;
    double r2 = yy == 0 ? 1 : xy * xy / (xx * yy);
    return new LinearFit(meanY - slope * meanX, slope, r2);
  }

  /** y on the line. */
  public double at(double x) {
    return intercept + slope * x;
  }
}
