package org.pmf4j.core.probe;

/**
 * The pooled vectors of one modality. Not changed once it is filled, so that any number of threads
 * may then share it.
 *
 * @param features a vector for each row; any numbers where the row lacks the modality
 * @param there by row, whether it has the modality
 */
record PooledVectors(Features features, boolean[] there) {
  /** Room for so many rows, all of which lack the modality yet. */
  static PooledVectors empty(int rows, int width) {
    return new PooledVectors(
        new Features(width, new float[Math.multiplyExact(rows, width)]), new boolean[rows]);
  }

  /** Puts a row's vector in its place. */
  void put(int row, float[] from, int offset) {
    int width = features.width();
    System.arraycopy(from, offset, features.values(), row * width, width);
    there[row] = true;
  }
}
