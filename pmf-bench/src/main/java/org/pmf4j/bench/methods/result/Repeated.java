package org.pmf4j.bench.methods.result;

import java.util.Collection;
import java.util.List;
import org.pmf4j.bench.statistics.Spread;

/**
 * A figure over seeds. Immutable, so that any number of threads may share it.
 *
 * @param n number of seeds
 * @param mean over them
 * @param deviation standard deviation with n − 1 in the denominator; null for a single seed
 * @param min the smallest
 * @param max the largest
 * @param values in the order of the seeds
 */
public record Repeated(
    int n, double mean, Double deviation, double min, double max, List<Double> values) {
  /** Copies the list. */
  public Repeated {
    values = List.copyOf(values);
  }

  /**
   * The figure over some values; null if there is none.
   *
   * @param values in the order of the seeds; those that are no number are left out
   */
  public static Repeated of(Collection<Double> values) {
    List<Double> known = values.stream().filter(Double::isFinite).toList();
    if (known.isEmpty()) {
      return null;
    }
    double[] all = known.stream().mapToDouble(Double::doubleValue).toArray();
    Spread spread = Spread.of(all);
    double mean = known.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    Double deviation = all.length < 2 ? null : Spread.deviation(all);
    return new Repeated(all.length, mean, deviation, spread.min(), spread.max(), known);
  }
}
