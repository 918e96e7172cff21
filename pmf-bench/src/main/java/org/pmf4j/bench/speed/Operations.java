package org.pmf4j.bench.speed;

import java.util.stream.IntStream;

/**
 * How many floating-point operations a batch costs at least, from its sizes alone: matrix products
 * only, an addition and a multiplication counted as two. What remains beside them – norms,
 * activations, softmax, the optimizer – is not counted, so that the share of the floor that is
 * reached is never too high.
 *
 * <p>Backward through a frozen linear layer costs one product, that of the gradient of its input;
 * through a trained one two; through attention, four for its two.
 *
 * @param sizes of the work
 */
record Operations(Sizes sizes) {

  /** GFLOP of a variant, one batch. */
  double gflop(SpeedVariant variant) {
    double words = IntStream.range(0, sizes.batch()).map(sizes::textTokens).average().orElseThrow();
    double perSample =
        perSample(variant, sizes.imageTokens(), sizes.imageTokens())
            + perSample(variant, sizes.textTokens(), words);
    return sizes.batch() * perSample / 1e9;
  }

  /**
   * One modality.
   *
   * @param tokens padding included
   * @param real without it, the mean of the batch: cached trunks tell which tokens these are
   */
  private double perSample(SpeedVariant variant, int tokens, double real) {
    double backward = variant.kind() == SpeedVariant.Kind.STEP ? 1 : 0;
    double below = variant.trunk() == SpeedVariant.Trunk.COMPUTED ? trunk(tokens) : 0;
    return switch (variant) {
      case FULL_STEP -> sizes.depth() * (3 * linear(tokens) + 3 * attention(tokens, tokens));
      case WHOLE_STEP, WHOLE_CACHED_STEP, WHOLE_INFERENCE -> below + whole(tokens, backward);
      case PMF_CACHED_STEP -> prompted(tokens, real, backward);
      case PMF_STEP, PMF_INFERENCE ->
          below + constants(tokens) + prompted(tokens, tokens, backward);
    };
  }

  private double trunk(double n) {
    return (sizes.depth() - sizes.fusionLayers()) * (linear(n) + attention(n, n));
  }

  /** Twice a fusion layer: on tokens and query prompts, and on tokens and fusion prompts. */
  private double whole(double n, double backward) {
    double rows = n + 2 * sizes.prompts();
    double pass = linear(rows) * (1 + backward) + attention(rows, rows) * (1 + 2 * backward);
    return sizes.fusionLayers() * (2 * pass + mapping(backward));
  }

  /** What the cache holds of the first fusion layer: queries, keys, values, attention of tokens. */
  private double constants(double n) {
    boolean single = sizes.fusionLayers() == 1;
    return projections(single ? 1 : n, 1) + projections(n, 2) + attention(single ? 1 : n, n);
  }

  /** The fusion layers with all that does not depend on prompts taken out. */
  private double prompted(double n, double real, double backward) {
    double sum = 0;
    for (int layer = 0; layer < sizes.fusionLayers(); layer++) {
      boolean first = layer == 0;
      boolean last = layer == sizes.fusionLayers() - 1;
      double rows = last ? 1 : n;
      sum += prompts(n, backward) + mapping(backward);
      sum += rest(last ? 1 : real) * (1 + backward);
      sum += attention(rows, 2 * sizes.prompts()) * (1 + 2 * backward);
      if (!first) {
        sum += projections(rows, 1) * (1 + backward);
        sum += last ? absorbed(1, n) * (1 + 2 * backward) : between(n, backward);
      }
    }
    return sum;
  }

  /** A layer that is neither the first nor the last: keys, values and attention of all tokens. */
  private double between(double n, double backward) {
    return projections(n, 2) * (1 + backward) + attention(n, n) * (1 + 2 * backward);
  }

  /** Query prompts' way through a layer, and keys and values of the fusion prompts. */
  private double prompts(double n, double backward) {
    double p = sizes.prompts();
    double linear = projections(p, 1) + rest(p) + projections(p, 2);
    double attention = absorbed(p, n) + attention(p, 2 * p);
    return linear * (1 + backward) + attention * (1 + 2 * backward);
  }

  /** Attention of a few rows to tokens whose keys and values are never built. */
  private double absorbed(double rows, double n) {
    return projections(rows, 2) + sizes.heads() * attention(rows, n);
  }

  /** d → d/2 → d, trained. */
  private double mapping(double backward) {
    double d = sizes.width();
    return sizes.prompts() * 2 * d * d * (1 + 2 * backward);
  }

  private double linear(double rows) {
    return projections(rows, 3) + rest(rows);
  }

  /** Output projection and feed-forward network. */
  private double rest(double rows) {
    return projections(rows, 1) + 4 * rows * sizes.width() * sizes.mlp();
  }

  private double projections(double rows, int count) {
    return 2.0 * count * rows * sizes.width() * sizes.width();
  }

  /** Scores and their sums of values. */
  private double attention(double rows, double keys) {
    return 4 * rows * keys * sizes.width();
  }
}
