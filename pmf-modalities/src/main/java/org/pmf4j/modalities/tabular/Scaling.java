package org.pmf4j.modalities.tabular;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * How a column's numbers are brought to a common scale, as the training rows say. Immutable, so
 * that any number of threads may share it.
 */
sealed interface Scaling {
  /** A number on the common scale, finite. */
  float apply(double value);

  /** What preprocessor_config.json has of it. */
  Map<String, Object> toJson();

  /**
   * The scaling of some numbers.
   *
   * @param values one or more, finite
   * @param quantiles the most that are kept; 1 for mean and deviation instead
   */
  static Scaling of(double[] values, int quantiles) {
    return quantiles < 2 ? Standard.of(values) : Quantiles.of(values, quantiles);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws org.pmf4j.api.error.PmfException naming the key that is wrong
   */
  static Scaling read(EncoderConfig column) {
    if (column.has(Quantiles.KEY)) {
      return new Quantiles(Quantiles.read(column));
    }
    double deviation = column.number(Standard.DEVIATION, 1);
    if (!(deviation > 0)) {
      throw column.wrong(Standard.DEVIATION, "above 0", deviation);
    }
    return new Standard(column.number(Standard.MEAN, 0), deviation);
  }

  /**
   * To mean 0 and deviation 1.
   *
   * @param mean of the training rows
   * @param deviation of them, above 0
   */
  record Standard(double mean, double deviation) implements Scaling {
    private static final String MEAN = "mean";
    private static final String DEVIATION = "deviation";

    /** Far outside of what any column holds, and still a number in single precision. */
    private static final double LIMIT = 1e6;

    private static Standard of(double[] values) {
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      return new Standard(mean, variance > 0 ? Math.sqrt(variance) : 1);
    }

    @Override
    public float apply(double value) {
      return (float) Math.max(-LIMIT, Math.min(LIMIT, (value - mean) / deviation));
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put(MEAN, mean);
      json.put(DEVIATION, deviation);
      return json;
    }
  }

  /**
   * To a normal distribution by rank, as QuantileTransformer of scikit-learn with
   * output_distribution "normal" does it.
   *
   * @param values at equally spaced ranks, ascending, two or more
   */
  record Quantiles(double[] values) implements Scaling {
    private static final String KEY = "quantiles";

    /** What scikit-learn takes for the ends, so that they do not become infinite. */
    private static final double END = 1e-7;

    private static Quantiles of(double[] values, int most) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int count = Math.max(2, Math.min(most, sorted.length));
      double[] quantiles = new double[count];
      for (int i = 0; i < count; i++) {
        quantiles[i] = percentile(sorted, (double) i / (count - 1));
        if (i > 0) {
          quantiles[i] = Math.max(quantiles[i], quantiles[i - 1]);
        }
      }
      return new Quantiles(quantiles);
    }

    /** Between the two values around a rank, linearly. */
    private static double percentile(double[] sorted, double share) {
      double at = share * (sorted.length - 1);
      int below = (int) Math.floor(at);
      int above = Math.min(below + 1, sorted.length - 1);
      double rest = at - below;
      return sorted[below] * (1 - rest) + sorted[above] * rest;
    }

    private static double[] read(EncoderConfig column) {
      if (column.values().get(KEY) instanceof List<?> list
          && list.size() > 1
          && list.stream()
              .allMatch(v -> v instanceof Number n && Double.isFinite(n.doubleValue()))) {
        double[] values = list.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
        if (isAscending(values)) {
          return values;
        }
      }
      throw column.wrong(KEY, "two or more ascending numbers", column.values().get(KEY));
    }

    private static boolean isAscending(double[] values) {
      for (int i = 1; i < values.length; i++) {
        if (values[i] < values[i - 1]) {
          return false;
        }
      }
      return true;
    }

    @Override
    public float apply(double value) {
      if (value - END < values[0]) {
        return (float) normal(END);
      }
      if (value + END > values[values.length - 1]) {
        return (float) -normal(END);
      }
      return (float) normal(Math.max(END, Math.min(1 - END, share(value))));
    }

    /** The mean of the lowest and the highest rank, where several quantiles have one value. */
    private double share(double value) {
      int first = lowest(value);
      int last = first;
      while (last + 1 < values.length && values[last + 1] <= value) {
        last++;
      }
      if (values[first] < value) {
        // Between two quantiles
        double rest = (value - values[last]) / (values[last + 1] - values[last]);
        return (last + rest) / (values.length - 1);
      }
      return (first + last) / 2.0 / (values.length - 1);
    }

    /** The first quantile of this value, or the last one below it. */
    private int lowest(double value) {
      int from = 0;
      int to = values.length - 1;
      while (from < to) {
        int middle = (from + to) >>> 1;
        if (values[middle] < value) {
          from = middle + 1;
        } else {
          to = middle;
        }
      }
      return values[from] > value ? from - 1 : from;
    }

    /** The number below which a share of the normal distribution lies. */
    private static double normal(double share) {
      return -Math.sqrt(2) * InverseErfc.value(2 * share);
    }

    @Override
    public Map<String, Object> toJson() {
      return Map.of(KEY, Arrays.stream(values).boxed().toList());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Quantiles q && Arrays.equals(values, q.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return KEY + Arrays.toString(values);
    }
  }
}
