package org.pmf4j.core.look;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Numbers that come one after the other: smallest, largest and mean of all, and a sample that every
 * number had the same chance to be in (Vitter, "Random Sampling with a Reservoir", 1985, algorithm
 * R). For one thread at a time.
 */
final class NumberTally {
  /** Of as many, a share of rows below is off by some 1 % at most. */
  static final int MOST = 10_000;

  private static final int RANGES = 20;
  private static final long SEED = 1;

  private final Random random = new Random(SEED);
  private double[] sample = new double[16];
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double mean;
  private double squares;

  /** Adds a finite number. */
  void add(double value) {
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    double away = value - mean;
    mean += away / count;
    squares += away * (value - mean);
    if (count <= MOST) {
      int at = (int) count - 1;
      sample = at < sample.length ? sample : Arrays.copyOf(sample, Math.min(MOST, 2 * at));
      sample[at] = value;
    } else {
      long at = random.nextLong(count);
      if (at < MOST) {
        sample[(int) at] = value;
      }
    }
  }

  /** What came; empty if nothing did. */
  Optional<Numbers> numbers(String name, String unit) {
    if (count == 0) {
      return Optional.empty();
    }
    double[] sorted = Arrays.copyOf(sample, (int) Math.min(count, MOST));
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return Optional.of(
        new Numbers(
            name,
            unit,
            count,
            min,
            median,
            max,
            mean,
            Math.sqrt(squares / count),
            count > MOST,
            ranges(sorted)));
  }

  private List<Numbers.Range> ranges(double[] sorted) {
    if (min == max || Double.isInfinite(max - min)) {
      return List.of(new Numbers.Range(min, max, 1));
    }
    boolean whole = Arrays.stream(sorted).allMatch(v -> v == Math.rint(v));
    double width = (max - min) / RANGES;
    width = whole ? Math.max(1, Math.ceil(width)) : width;
    List<Numbers.Range> ranges = new ArrayList<>();
    int from = 0;
    for (int r = 0; r < RANGES && min + r * width <= max; r++) {
      double end = min + (r + 1) * width;
      boolean last = r == RANGES - 1 || end > max;
      int to = from;
      while (to < sorted.length && (last || sorted[to] < end)) {
        to++;
      }
      double share = (double) (to - from) / sorted.length;
      ranges.add(new Numbers.Range(min + r * width, last ? Math.max(end, max) : end, share));
      from = to;
    }
    return ranges;
  }
}
