package org.pmf4j.testkit.plain;

/**
 * The Gauss error function by its series of positive terms, erf x = 2/√π · e^−x² · (x + 2x³/3 +
 * 4x⁵/15 + …), which loses no digits to cancellation (Abramowitz and Stegun, 7.1.6).
 */
final class Erf {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

  /** Beyond it erf is 1 to the last bit of a double. */
  private static final double END = 6;

  /** 2 / (2n + 1): what takes one term of the series to the next, together with x². */
  private static final double[] RATIOS = new double[200];

  static {
    for (int n = 0; n < RATIOS.length; n++) {
      RATIOS[n] = 2.0 / (2 * n + 1);
    }
  }

  private Erf() {}

  static double of(double x) {
    if (Math.abs(x) > END) {
      return Math.signum(x);
    }
    double square = x * x;
    double term = x;
    double sum = x;
    for (int n = 1; n < RATIOS.length && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= square * RATIOS[n];
      sum += term;
    }
    return TWO_OVER_ROOT_PI * Math.exp(-square) * sum;
  }

  /** Its derivative. */
  static double slope(double x) {
    return TWO_OVER_ROOT_PI * Math.exp(-x * x);
  }
}
