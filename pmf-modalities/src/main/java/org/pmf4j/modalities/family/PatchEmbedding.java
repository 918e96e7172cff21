package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * The embedding of images of one size: leading tokens, such as CLS, then patches, plus learned
 * positions of both.
 *
 * @param patches how images are cut and embedded
 * @param leading learned tokens, one or several in a tensor of d values each, whatever its shape
 * @param positions learned, (leading + patches) · d values in any shape, or null for none
 */
record PatchEmbedding(Patches patches, List<Tensor> leading, Tensor positions) {

  /** {@code pixel_values} [B, C, H, W] → [B, leading + patches, d]. */
  Tokens embed(Named<Tensor> inputs) {
    Tensor pixels = inputs.get("pixel_values");
    Patches.Size size = patches.size();
    size.demand(pixels);
    Tensor tokens = withLeading(leading, patches.embed(pixels, size.rows(), size.columns()));
    if (positions == null) {
      return Tokens.of(tokens);
    }
    return Tokens.of(tokens.add(positions.reshape(1, Tensor.INFER, tokens.dim(2))));
  }

  /**
   * Puts learned tokens in front of others.
   *
   * @param leading one or several in a tensor, of d values each
   * @param tokens [B, N, d]
   */
  static Tensor withLeading(List<Tensor> leading, Tensor tokens) {
    List<Tensor> all = new ArrayList<>();
    leading.forEach(t -> all.add(t.reshape(1, Tensor.INFER, tokens.dim(2)).repeatFor(tokens)));
    all.add(tokens);
    return Tensor.concat(1, all);
  }
}
