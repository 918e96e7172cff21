package org.pmf4j.core.transformer;

import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Tensor;

/**
 * Keys and values of one layer: those of a sequence, then those of prompts.
 *
 * @param layer the layer they were made by
 * @param keys [B, H, M, d/H]
 * @param values [B, H, M, d/H]
 * @param mask BOOL [B, M], or null if every token is real
 * @param sequence how many of the keys, from the first, stand in a sequence, while the others stand
 *     nowhere; 0 in a layer whose attention does not depend on that
 */
record KeyValueMemory(
    TransformerLayer layer, Tensor keys, Tensor values, Tensor mask, long sequence)
    implements Memory {

  /** True if some keys stand nowhere. */
  boolean hasPrompts() {
    return sequence != keys.dim(2);
  }

  /** Only the very same layer will do: others may have equal weights. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public Memory join(Memory other) {
    if (!(other instanceof KeyValueMemory o) || o.layer != layer) {
      throw new IllegalArgumentException("memories of different layers cannot be joined");
    }
    if (o.sequence != 0) {
      throw new IllegalArgumentException(
          "a second sequence cannot be joined to a memory: its tokens would have no place");
    }
    if (isShared() && !o.isShared()) {
      return forBatch(o.keys).concat(o);
    }
    return concat(o.isShared() ? o.forBatch(keys) : o);
  }

  /** True for a single sample's memory, such as a prompt's. */
  private boolean isShared() {
    return keys.shape().dim(0) == 1;
  }

  private KeyValueMemory forBatch(Tensor batch) {
    Tensor m = mask == null ? null : mask.repeatFor(batch);
    return new KeyValueMemory(layer, keys.repeatFor(batch), values.repeatFor(batch), m, sequence);
  }

  private KeyValueMemory concat(KeyValueMemory o) {
    Tensor m = null;
    if (mask != null || o.mask != null) {
      m = Tensor.concat(1, maskOrTrue(), o.maskOrTrue());
    }
    return new KeyValueMemory(
        layer, Tensor.concat(2, keys, o.keys), Tensor.concat(2, values, o.values), m, sequence);
  }

  private Tensor maskOrTrue() {
    if (mask != null) {
      return mask;
    }
    Tensor one = keys.slice(1, 0, 1).slice(3, 0, 1);
    return one.reshape(Tensor.KEEP, Tensor.INFER).filled(1, DType.BOOL);
  }
}
