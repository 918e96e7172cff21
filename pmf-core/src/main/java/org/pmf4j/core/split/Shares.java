package org.pmf4j.core.split;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * How many of a table's rows go into each part. Immutable, so that any number of threads may share
 * it.
 *
 * @param values of train, validation and test, from 0 to 1 and together 1; that of train is above 0
 */
public record Shares(List<Double> values) {
  private static final double EXACT = 1e-6;
  private static final String EXAMPLE = "such as 0.8,0.1,0.1 for train, validation and test";

  /**
   * Copies the list; two values are those of train and validation.
   *
   * @throws PmfException for another number of values, or values that are no shares of a whole
   */
  public Shares {
    if (values.size() != 2 && values.size() != Part.values().length) {
      throw wrong(values, "has " + values.size() + " values; two or three are needed");
    }
    if (!values.stream().allMatch(v -> v >= 0 && v < 1) || values.get(0) == 0) {
      throw wrong(values, "has a value that is no share: from 0 to 1, and above 0 for train");
    }
    double sum = values.stream().mapToDouble(v -> v).sum();
    if (Math.abs(sum - 1) > EXACT) {
      throw wrong(values, "sums to " + Math.round(sum * 1e4) / 1e4 + ", not to 1");
    }
    List<Double> all = new ArrayList<>(values);
    if (all.size() == 2) {
      all.add(0.0);
    }
    values = List.copyOf(all);
  }

  /**
   * As it is written on a command line, with commas.
   *
   * @throws PmfException for what is no number, and as the constructor does
   */
  public static Shares parse(String written) {
    List<Double> values = new ArrayList<>();
    for (String value : written.split(",", -1)) {
      try {
        values.add(Double.valueOf(value.strip()));
      } catch (NumberFormatException e) {
        throw PmfException.usage(
            "--split: " + Quote.value(value.strip()) + " is no number; write shares, " + EXAMPLE);
      }
    }
    return new Shares(values);
  }

  private static PmfException wrong(List<Double> values, String what) {
    return PmfException.usage("--split " + written(values) + ": " + what + "; " + EXAMPLE);
  }

  private static String written(List<Double> values) {
    return String.join(",", values.stream().map(String::valueOf).toList());
  }

  /** The share of a part. */
  public double of(Part part) {
    return values.get(part.ordinal());
  }

  double[] array() {
    return values.stream().mapToDouble(v -> v).toArray();
  }

  @Override
  public String toString() {
    return written(values);
  }
}
