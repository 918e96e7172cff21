package org.pmf4j.core.transformer;

import java.util.Collections;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.tensor.Tensor;

/**
 * Vectors as heads, side by side.
 *
 * @param count H
 * @param keyValueCount heads of keys and values, each for a group of H / keyValueCount queries
 * @param width e of one head
 */
record Heads(int count, int keyValueCount, int width) {

  static Heads of(TransformerSpec spec) {
    return new Heads(spec.heads(), spec.keyValueHeads(), spec.headWidth());
  }

  /** How many heads of queries share a head of keys and values. */
  int group() {
    return count / keyValueCount;
  }

  /** [B, N, H · e] → [B, H, N, e]. */
  Tensor split(Tensor x) {
    return x.reshape(Tensor.KEEP, Tensor.KEEP, count, width).permute(0, 2, 1, 3);
  }

  /** Keys or values, [B, N, keyValueCount · e] → [B, H, N, e], each for its group. */
  Tensor splitShared(Tensor x) {
    if (group() == 1) {
      return split(x);
    }
    Tensor one = x.reshape(Tensor.KEEP, Tensor.KEEP, keyValueCount, 1, width);
    return Tensor.concat(3, Collections.nCopies(group(), one))
        .reshape(Tensor.KEEP, Tensor.KEEP, count, width)
        .permute(0, 2, 1, 3);
  }

  /** A bias of keys or values, [keyValueCount · e] → [H · e]. */
  Tensor shared(Tensor bias) {
    if (group() == 1) {
      return bias;
    }
    Tensor one = bias.reshape(keyValueCount, 1, width);
    return Tensor.concat(1, Collections.nCopies(group(), one)).reshape((long) count * width);
  }

  /** [B, H, N, e] → [B, N, H · e]. */
  Tensor merge(Tensor x) {
    return x.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.KEEP, (long) count * width);
  }
}
