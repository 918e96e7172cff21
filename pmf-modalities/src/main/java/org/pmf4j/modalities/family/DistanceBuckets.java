package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * The kinds of distances between two tokens that T5, MPNet and WavLM tell apart: each small
 * distance by itself, larger ones in steps that grow logarithmically to the farthest, and both
 * directions.
 *
 * @param count how many kinds there are, a multiple of 4
 * @param farthest distance that is told from others
 */
record DistanceBuckets(int count, int farthest) {
  /** As MPNet's code has them, and T5's where nothing is said. */
  static final DistanceBuckets USUAL = new DistanceBuckets(32, 128);

  /** The most tokens of which all pairs have a bias in memory. */
  private static final int MOST_TOKENS = 4096;

  /**
   * The buckets of a configuration.
   *
   * @param kinds the key of their number
   * @param distance the key of the farthest distance
   */
  static DistanceBuckets of(
      EncoderConfig config, String kinds, int usualKinds, String distance, int usualDistance) {
    DistanceBuckets buckets =
        new DistanceBuckets(config.size(kinds, usualKinds), config.size(distance, usualDistance));
    if (buckets.count() % 4 != 0 || buckets.farthest() <= buckets.count() / 4) {
      throw config.wrong(
          kinds, "a multiple of 4, and less than 4 times " + distance, buckets.count());
    }
    return buckets;
  }

  /**
   * Refuses texts of which the kinds of all pairs would take too much memory.
   *
   * @param key of the configuration that says how long they may be, for messages
   * @param longest in tokens
   */
  static void demandModest(EncoderConfig config, String key, int longest) {
    if (longest > MOST_TOKENS) {
      throw config.wrong(key, "such that texts have at most " + MOST_TOKENS + " tokens", longest);
    }
  }

  /**
   * A bias on the scores by kind.
   *
   * @param table [count, H]
   * @param longest how many tokens there may be
   * @param weights who holds the kinds of all pairs
   */
  PositionRule.RelativeBias bias(Tensor table, int longest, Weights weights) {
    HostTensor index = HostTensor.of(index(longest), longest, longest);
    return new PositionRule.RelativeBias(table, weights.constant("distance buckets", index));
  }

  /** The kinds of all distances, by j − i from 1 − longest to longest − 1. */
  long[] byKey(int longest) {
    long[] kinds = new long[2 * longest - 1];
    for (int at = 0; at < kinds.length; at++) {
      kinds[at] = kind(0, at - longest + 1);
    }
    return kinds;
  }

  private long kind(int i, int j) {
    return kind(Math.abs(i - j)) + (j > i ? count / 2 : 0);
  }

  /** The kind of each pair of {@code n} tokens, row-major [n, n]: row i looks at column j. */
  long[] index(int n) {
    long[] kinds = new long[Math.multiplyExact(n, n)];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        kinds[i * n + j] = kind(i, j);
      }
    }
    return kinds;
  }

  /** Single precision, step by step as the reference computes it: it decides at the limits. */
  private long kind(int distance) {
    int oneWay = count / 2;
    int exact = oneWay / 2;
    if (distance < exact) {
      return distance;
    }
    float log = (float) Math.log((float) distance / exact);
    float step = log / (float) Math.log((double) farthest / exact) * (oneWay - exact);
    return Math.min(exact + (int) step, oneWay - 1);
  }
}
