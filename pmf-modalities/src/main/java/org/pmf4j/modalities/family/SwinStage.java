package org.pmf4j.modalities.family;

import java.util.List;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * A stage before the last.
 *
 * @param blocks first to last
 * @param merging after them
 */
record SwinStage(List<EncoderLayer> blocks, PatchMerging merging) {
  SwinStage {
    blocks = List.copyOf(blocks);
  }

  /** [B, N, d] → [B, about N / 4, 2 d]; closes what it is given, and all that lies between. */
  Tensor apply(Tensor entering) {
    Tensor states = entering;
    for (EncoderLayer block : blocks) {
      Tensor before = states;
      states = TensorScope.tidy(() -> block.apply(Tokens.of(before)).states());
      before.close();
    }
    Tensor last = states;
    Tensor merged = TensorScope.tidy(() -> merging.apply(last));
    last.close();
    return merged;
  }
}
