package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Set;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.TransformerSpec.Names;
import org.pmf4j.api.encoder.TransformerSpec.Norm;
import org.pmf4j.api.encoder.UnbiasedWeights;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.encoder.WindowGrid;
import org.pmf4j.api.nn.Linear;

/** What tells the two versions of Swin apart. */
enum SwinKind {
  /**
   * Pre-norm blocks with a table of relative biases, which fits windows of one size (Liu et al.,
   * 2021).
   */
  ONE("swin", Norm.PRE) {
    @Override
    WindowGrid windows(EncoderConfig config, int inner, int rows, int columns) {
      int side = side(config);
      int smaller = Math.min(rows, columns);
      if (smaller < side) {
        throw config.wrong(
            WINDOW,
            "at most the " + smaller + " patches of a stage's side, as its biases fit no other",
            side);
      }
      return new WindowGrid(rows, columns, side, smaller == side ? 0 : side / 2);
    }

    @Override
    PositionRule bias(SwinBlocks blocks, WindowDistances distances, Weights block) {
      return new PositionRule.RelativeBias(
          block.get(
              "attention.self.relative_position_bias_table",
              distances.kinds(),
              blocks.spec().heads()),
          distances.index());
    }

    @Override
    TransformerSpec spec(TransformerSpec plain) {
      return plain;
    }

    @Override
    Names names() {
      return NAMES;
    }

    @Override
    Set<String> unbiased(boolean bias) {
      return bias ? Set.of() : QKV;
    }
  },
  /**
   * Scaled cosine attention with continuous biases, norms before residual sums, and windows no
   * larger than a stage (Liu et al., 2022).
   */
  TWO("swinv2", Norm.RES_POST) {
    private static final int BIAS_WIDTH = 512;
    private static final double MOST_BIAS = 16;

    @Override
    WindowGrid windows(EncoderConfig config, int inner, int rows, int columns) {
      if (inner < 1) {
        throw config.wrong(
            "image_size",
            "so large that every stage has patches",
            config.values().get("image_size"));
      }
      int side = Math.min(side(config), inner);
      return new WindowGrid(rows, columns, side, inner == side ? 0 : side(config) / 2);
    }

    @Override
    PositionRule bias(SwinBlocks blocks, WindowDistances distances, Weights block) {
      Weights mlp = block.under("attention.self.continuous_position_bias_mlp.");
      return new PositionRule.ContinuousBias(
          distances.coordinates(blocks.unit()),
          mlp.linear("0", 2, BIAS_WIDTH),
          new Linear(mlp.matrix("2.weight", blocks.spec().heads(), BIAS_WIDTH), null),
          MOST_BIAS,
          distances.index());
    }

    @Override
    int unit(SwinSettings settings, int stage, int side) {
      Object found = settings.config().values().get(PRETRAINED);
      if (found == null) {
        return side;
      }
      if (found instanceof List<?> list
          && list.size() >= settings.stages()
          && list.stream().allMatch(n -> n instanceof Integer i && i >= 0 && i != 1)) {
        int of = (Integer) list.get(stage);
        return of == 0 ? side : of;
      }
      throw settings
          .config()
          .wrong(PRETRAINED, "a list of whole numbers, 0 or above 1, for all stages", found);
    }

    @Override
    TransformerSpec spec(TransformerSpec plain) {
      return plain.withSoftmaxScale(1);
    }

    @Override
    Names names() {
      return NAMES.withCosines("attention.self.logit_scale");
    }

    @Override
    Set<String> unbiased(boolean bias) {
      return bias ? Set.of(NAMES.key()) : QKV;
    }
  };

  private static final String WINDOW = "window_size";
  private static final String PRETRAINED = "pretrained_window_sizes";

  private static final Names NAMES =
      new Names(
          "attention.self.query",
          "attention.self.key",
          "attention.self.value",
          "attention.output.dense",
          "intermediate.dense",
          "output.dense",
          "layernorm_before",
          "layernorm_after");

  private static final Set<String> QKV = Set.of(NAMES.query(), NAMES.key(), NAMES.value());

  private final String modelType;
  private final Norm norm;

  SwinKind(String modelType, Norm norm) {
    this.modelType = modelType;
    this.norm = norm;
  }

  String modelType() {
    return modelType;
  }

  Norm norm() {
    return norm;
  }

  /**
   * The windows of a stage's second, fourth, … block; those of the others are not shifted.
   *
   * @param inner patches from top to bottom, as halving and rounding down gives them
   * @param rows patches from top to bottom, as halving and rounding up gives them
   * @param columns the same from left to right
   */
  abstract WindowGrid windows(EncoderConfig config, int inner, int rows, int columns);

  /** The bias by distance of one block. */
  abstract PositionRule bias(SwinBlocks blocks, WindowDistances distances, Weights block);

  /**
   * The side of the windows by which distances are measured.
   *
   * @param side of the stage's own windows
   */
  int unit(SwinSettings settings, int stage, int side) {
    return side;
  }

  /** Blocks with this kind's scores, made of those whose scores are divided by a root. */
  abstract TransformerSpec spec(TransformerSpec plain);

  /** The names of a block's parts. */
  abstract Names names();

  /**
   * Its linear layers without bias.
   *
   * @param bias whether queries, keys and values have one, as far as the kind leaves that open
   */
  abstract Set<String> unbiased(boolean bias);

  /** A block's weights. */
  Weights block(Weights weights, boolean bias) {
    return new UnbiasedWeights(weights, unbiased(bias));
  }

  private static int side(EncoderConfig config) {
    int side = config.size(WINDOW, 7);
    if (side > WindowDistances.MOST_SIDE) {
      throw config.wrong(WINDOW, "at most " + WindowDistances.MOST_SIDE, side);
    }
    return side;
  }
}
