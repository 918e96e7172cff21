package org.pmf4j.core.probe;

import java.util.List;

/**
 * A vector for each row, one after the other. Not changed once it is filled, so that any number of
 * threads may then share it.
 *
 * @param width numbers in a row
 * @param values [rows × width]
 */
record Features(int width, float[] values) {
  /** Refuses values that are not whole rows. */
  Features {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(values.length + " numbers for rows of " + width);
    }
  }

  /** Number of rows. */
  int rows() {
    return values.length / width;
  }

  /** Some of the rows, copied. */
  Features only(int... rows) {
    float[] some = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * width, some, i * width, width);
    }
    return new Features(width, some);
  }

  /** The vectors of several, side by side. */
  static Features beside(List<Features> parts) {
    int width = parts.stream().mapToInt(Features::width).sum();
    int rows = parts.get(0).rows();
    float[] all = new float[Math.multiplyExact(rows, width)];
    int from = 0;
    for (Features part : parts) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(part.values, r * part.width, all, r * width + from, part.width);
      }
      from += part.width;
    }
    return new Features(width, all);
  }
}
