package org.pmf4j.modalities.family;

import java.util.Arrays;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.TransformerSpec;

/**
 * What Swin's configuration says of its stages, of which each is twice as wide as the one before.
 *
 * @param config of either version
 * @param depths blocks of each stage
 * @param heads of each stage
 */
record SwinSettings(EncoderConfig config, int[] depths, int[] heads) {
  static final String DEPTHS = "depths";

  private static final String HEADS = "num_heads";

  /** Larger ones are no model's, and would overflow. */
  private static final int MOST_RATIO = 64;

  private static final int MOST_WIDTH = 1 << 16;
  private static final int MOST_BLOCKS = 1000;

  /**
   * Reads the sizes that plans are made by.
   *
   * @throws org.pmf4j.api.error.PmfException naming the key whose value does not fit the others
   */
  static SwinSettings of(EncoderConfig config) {
    int[] depths = FamilyConfig.sizes(config, DEPTHS, 2, 2, 6, 2);
    int[] heads = FamilyConfig.sizes(config, HEADS, 3, 6, 12, 24);
    if (Arrays.stream(depths).asLongStream().sum() > MOST_BLOCKS) {
      throw config.wrong(DEPTHS, "at most " + MOST_BLOCKS + " blocks", Arrays.toString(depths));
    }
    if (heads.length != depths.length) {
      throw config.wrong(
          HEADS, "a list as long as depths, " + depths.length, Arrays.toString(heads));
    }
    return new SwinSettings(config, depths, heads);
  }

  int stages() {
    return depths.length;
  }

  int width(int stage) {
    int first = config.size("embed_dim", 96);
    if (stage > 16 || (long) first << stage > MOST_WIDTH) {
      throw config.wrong("embed_dim", "at most " + MOST_WIDTH + " after all stages", first);
    }
    return first << stage;
  }

  /**
   * The blocks of a stage.
   *
   * @param norm where the version has its norms
   */
  TransformerSpec spec(int stage, TransformerSpec.Norm norm) {
    int d = width(stage);
    double ratio = config.number("mlp_ratio", 4);
    int inner = (int) (d * ratio);
    if (inner < 1 || ratio > MOST_RATIO) {
      throw config.wrong("mlp_ratio", "above 0, and at most " + MOST_RATIO, ratio);
    }
    if (d % heads[stage] != 0) {
      throw config.wrong(
          HEADS, "divisors of each stage's width, such as of " + d, Arrays.toString(heads));
    }
    double epsilon = config.number("layer_norm_eps", 1e-5);
    if (!(epsilon > 0)) {
      throw config.wrong("layer_norm_eps", "above 0", epsilon);
    }
    return new TransformerSpec(
        d, heads[stage], inner, FamilyConfig.activation(config, "hidden_act"), norm, epsilon);
  }
}
