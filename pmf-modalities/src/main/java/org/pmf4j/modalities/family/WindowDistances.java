package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * The distances of two patches of a square window, down and across, each a kind of its own.
 *
 * @param side patches on each side of the window
 * @param weights who holds the tables
 */
record WindowDistances(int side, Weights weights) {
  /** The largest windows of which all pairs are told apart in memory. */
  static final int MOST_SIDE = 64;

  int kinds() {
    return span() * span();
  }

  private int span() {
    return 2 * side - 1;
  }

  /** The kind of each pair, INT64 [side², side²]. */
  Tensor index() {
    int patches = side * side;
    long[] kinds = new long[patches * patches];
    for (int i = 0; i < patches; i++) {
      for (int j = 0; j < patches; j++) {
        int down = i / side - j / side + side - 1;
        int across = i % side - j % side + side - 1;
        kinds[i * patches + j] = (long) down * span() + across;
      }
    }
    return weights.constant("distances in " + side, HostTensor.of(kinds, patches, patches));
  }

  /**
   * How far each kind is down and across on a scale of logarithms, FLOAT32 [kinds, 2].
   *
   * @param of the side of the windows on which the largest distance is 1
   */
  Tensor coordinates(int of) {
    float[] coordinates = new float[2 * kinds()];
    for (int kind = 0; kind < kinds(); kind++) {
      coordinates[2 * kind] = logarithm(kind / span() - side + 1, of);
      coordinates[2 * kind + 1] = logarithm(kind % span() - side + 1, of);
    }
    return weights.constant(
        "coordinates in " + side + " of " + of, HostTensor.of(coordinates, kinds(), 2));
  }

  /** ± log₈(1 + 8 · distance / largest). */
  private static float logarithm(int distance, int of) {
    double share = distance == 0 ? 0 : 8.0 * Math.abs(distance) / (of - 1);
    return (float) (Math.signum(distance) * Math.log(share + 1) / Math.log(8));
  }
}
