package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * BEiT's biases on attention scores: one for each distance between two patches, down and across,
 * and three for pairs with CLS.
 *
 * @param side patches on each side of the square image
 * @param heads attention heads
 * @param shared the bias that all layers share, if there is one
 * @param own whether each layer has a bias of its own
 * @param weights who holds the index
 */
record PatchDistances(
    int side, int heads, List<PositionRule> shared, boolean own, Weights weights) {
  private static final String TABLE = "relative_position_bias.relative_position_bias_table";

  /** The most rows of patches of which all pairs have a bias in memory. */
  private static final int MOST_ROWS = 64;

  static PatchDistances of(EncoderConfig config, TransformerSpec spec, Weights weights) {
    boolean own = config.flag("use_relative_position_bias", false);
    boolean all = config.flag("use_shared_relative_position_bias", false);
    Patches.Size size = Patches.Size.of(config, 224, 16);
    if ((own || all) && size.rows() != size.columns()) {
      throw config.wrong(
          "image_size", "square where attention has a relative bias", size.imageHeight());
    }
    if ((own || all) && size.rows() > MOST_ROWS) {
      throw config.wrong(
          "image_size", "at most " + MOST_ROWS + " patches high", size.imageHeight());
    }
    PatchDistances d = new PatchDistances(size.rows(), spec.heads(), List.of(), own, weights);
    return all ? d.sharing(d.rule("encoder." + TABLE, weights)) : d;
  }

  private PatchDistances sharing(PositionRule rule) {
    return new PatchDistances(side, heads, List.of(rule), own, weights);
  }

  /** The rules of one layer. */
  List<PositionRule> rules(Weights layer) {
    List<PositionRule> rules = new ArrayList<>(shared);
    if (own) {
      rules.add(rule("attention.attention." + TABLE, layer));
    }
    return rules;
  }

  private PositionRule rule(String name, Weights w) {
    Tensor table = w.get(name, patchKinds() + 3L, heads);
    int tokens = side * side + 1;
    HostTensor index = HostTensor.of(index(), tokens, tokens);
    return new PositionRule.RelativeBias(table, weights.constant("patch distances", index));
  }

  private int patchKinds() {
    return (2 * side - 1) * (2 * side - 1);
  }

  /** The kind of each pair of tokens, row-major; token 0 is CLS. */
  private long[] index() {
    int tokens = side * side + 1;
    long[] kinds = new long[Math.multiplyExact(tokens, tokens)];
    for (int i = 0; i < tokens; i++) {
      for (int j = 0; j < tokens; j++) {
        kinds[i * tokens + j] = kind(i, j);
      }
    }
    return kinds;
  }

  private long kind(int i, int j) {
    if (i == 0 || j == 0) {
      long first = patchKinds();
      return i == 0 && j == 0 ? first + 2 : i == 0 ? first : first + 1;
    }
    int down = (i - 1) / side - (j - 1) / side + side - 1;
    int across = (i - 1) % side - (j - 1) % side + side - 1;
    return (long) down * (2 * side - 1) + across;
  }
}
