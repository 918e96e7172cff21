package org.pmf4j.core.pmf;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Times pieces of work that take turns, so that what else the machine does falls on all of them.
 *
 * @param milliseconds by piece of work, one number a round
 */
record Rounds(Map<String, double[]> milliseconds) {

  /** Runs each piece once unmeasured and then once a round. */
  static Rounds of(Map<String, Runnable> work, int rounds) {
    Map<String, double[]> times = new LinkedHashMap<>();
    work.forEach((name, w) -> times.put(name, new double[rounds]));
    work.values().forEach(Runnable::run);
    for (int r = 0; r < rounds; r++) {
      for (String name : work.keySet()) {
        long t = System.nanoTime();
        work.get(name).run();
        times.get(name)[r] = (System.nanoTime() - t) / 1e6;
      }
    }
    return new Rounds(times);
  }

  /** The median time of a piece. */
  double median(String name) {
    return median(milliseconds.get(name));
  }

  /** How many times as long as {@code b} the piece {@code a} takes: the median over the rounds. */
  double ratio(String a, String b) {
    double[] ratios = new double[milliseconds.get(a).length];
    Arrays.setAll(ratios, i -> milliseconds.get(a)[i] / milliseconds.get(b)[i]);
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] v = values.clone();
    Arrays.sort(v);
    return v[v.length / 2];
  }
}
