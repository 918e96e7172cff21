package org.example.series;

/** Changes the number of time steps by linear interpolation; the first and last step stay. */
final class Resampling {
  private Resampling() {}

  static double[][] to(int length, double[][] steps) {
    double[][] resampled = new double[length][steps[0].length];
    double stride = length == 1 ? 0 : (steps.length - 1.0) / (length - 1);
    for (int t = 0; t < length; t++) {
      double place = t * stride;
      int before = Math.min((int) place, steps.length - 1);
      int after = Math.min(before + 1, steps.length - 1);
      double share = place - before;
      for (int c = 0; c < resampled[t].length; c++) {
        resampled[t][c] = (1 - share) * steps[before][c] + share * steps[after][c];
      }
    }
    return resampled;
  }
}
