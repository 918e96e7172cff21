package org.pmf4j.core.transformer;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Tensor;

/**
 * From tokens to the queries, keys and values of each head.
 *
 * @param query d → H · e
 * @param key d → heads of keys and values · e
 * @param value the same
 * @param queryNorm over each query, or null for none
 * @param keyNorm over each key, or null for none
 */
record Projections(
    Heads heads,
    Supplier<Linear> query,
    Supplier<Linear> key,
    Supplier<Linear> value,
    UnaryOperator<Tensor> queryNorm,
    UnaryOperator<Tensor> keyNorm) {

  /** [B, N, d] → [B, H, N, e], not turned. */
  Tensor queries(Tensor x) {
    Tensor q = heads.split(query.get().apply(x));
    return queryNorm == null ? q : queryNorm.apply(q);
  }

  /** [B, N, d] → [B, H, N, e], not turned. */
  Tensor keys(Tensor x) {
    Tensor k = heads.splitShared(key.get().apply(x));
    return keyNorm == null ? k : keyNorm.apply(k);
  }

  /** [B, N, d] → [B, H, N, e]. */
  Tensor values(Tensor x) {
    return heads.splitShared(value.get().apply(x));
  }

  /** Attention without keys and values, for so many queries, where it gives the same for less. */
  boolean absorb(long rows) {
    return keyNorm == null && AbsorbedAttention.pays(heads, rows);
  }
}
