package org.pmf4j.core.look;

import java.util.List;

/**
 * How numbers lie. Immutable, so that any number of threads may share it.
 *
 * @param name what they measure, such as {@code width}; blank for the values of a column
 * @param unit such as {@code pixels}; blank for none
 * @param count how many there are, 1 or more
 * @param min the smallest
 * @param median half of them are not larger
 * @param max the largest
 * @param mean of all
 * @param deviation the standard deviation of all
 * @param estimated whether the median and the ranges are those of a sample
 * @param ranges from the smallest to the largest, of equal width
 */
public record Numbers(
    String name,
    String unit,
    long count,
    double min,
    double median,
    double max,
    double mean,
    double deviation,
    boolean estimated,
    List<Range> ranges) {
  /** Copies the list. */
  public Numbers {
    ranges = List.copyOf(ranges);
  }

  /**
   * A range.
   *
   * @param from its smallest number
   * @param to the smallest of the next; the largest, of the last
   * @param share of the numbers that lie in it, from 0 to 1
   */
  public record Range(double from, double to, double share) {}
}
