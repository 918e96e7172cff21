package org.pmf4j.modalities.image;

import java.util.stream.IntStream;

/**
 * For each position of an output, which positions of the input a filter reads and with what share.
 * The filter widens by the factor by which the image shrinks.
 *
 * @param first the first position read
 * @param shares of the positions from there on; they add up to 1 unless they are all 0
 */
record FilterWeights(int[] first, double[][] shares) {

  static FilterWeights of(int from, int to, Filter filter) {
    double scale = (double) from / to;
    double widening = Math.max(scale, 1);
    double support = filter.support() * widening;
    int[] first = new int[to];
    double[][] shares = new double[to][];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int low = Math.max((int) (centre - support + 0.5), 0);
      int high = Math.min((int) (centre + support + 0.5), from);
      double[] w =
          IntStream.range(low, high)
              .mapToDouble(x -> filter.at((x - centre + 0.5) * (1 / widening)))
              .toArray();
      first[i] = low;
      shares[i] = normalized(w);
    }
    return new FilterWeights(first, shares);
  }

  private static double[] normalized(double[] w) {
    double sum = 0;
    for (double each : w) {
      sum += each;
    }
    for (int i = 0; i < w.length; i++) {
      w[i] = sum == 0 ? w[i] : w[i] / sum;
    }
    return w;
  }
}
