package org.pmf4j.api.tensor;

/**
 * The operations of transformers. Each has a composition of the other families as its default,
 * which a backend replaces by a fused kernel where it has one. A composition does not release the
 * values it makes on the way: a backend whose values must be released replaces it. Implementations
 * have no state that changes: several threads may use one at once.
 *
 * @param <V> the backend's own value
 */
public interface NeuralKernels<V>
    extends ElementwiseKernels<V>, ShapeKernels<V>, MatrixKernels<V>, ReductionKernels<V> {

  /** Rows of {@code table} [rows, d] at {@code indices} (INT64, any shape): [indices..., d]. */
  V gather(V table, V indices);

  /** Softmax along an axis, without overflow. */
  default V softmax(V a, int axis) {
    V e = exp(sub(a, max(a, axis)));
    return div(e, sum(e, new int[] {axis}));
  }

  /** Logarithm of the softmax along an axis, without overflow. */
  default V logSoftmax(V a, int axis) {
    V centred = sub(a, max(a, axis));
    return sub(centred, log(sum(exp(centred), new int[] {axis})));
  }

  /**
   * Layer normalization over the last dimension.
   *
   * @param lastAxis the index of that dimension
   * @param scale [d]
   * @param shift [d]
   */
  default V layerNorm(V a, int lastAxis, V scale, V shift, double epsilon) {
    int[] axis = {lastAxis};
    V centred = sub(a, mean(a, axis));
    V deviation = sqrt(addScalar(mean(mul(centred, centred), axis), epsilon));
    return add(mul(div(centred, deviation), scale), shift);
  }

  /** GELU by the error function: a · (1 + erf(a / √2)) / 2. */
  default V gelu(V a) {
    return mulScalar(mul(a, addScalar(erf(mulScalar(a, Math.sqrt(0.5))), 1)), 0.5);
  }

  /** GELU by its tanh approximation: a · (1 + tanh(√(2/π) (a + 0.044715 a³))) / 2. */
  default V geluTanh(V a) {
    V inner = mul(a, addScalar(mulScalar(mul(a, a), 0.044715), 1));
    return mulScalar(mul(a, addScalar(tanh(mulScalar(inner, Math.sqrt(2 / Math.PI))), 1)), 0.5);
  }

  /**
   * Scaled dot-product attention: softmax(scale · q kᵀ, where the mask allows) v.
   *
   * @param q [B, H, R, d]
   * @param k [B, H, M, d]
   * @param v [B, H, M, e]
   * @param mask BOOL, true where a key may be seen, broadcasting to [B, H, R, M]; null: all
   */
  default V attention(V q, V k, V v, V mask, double scale) {
    V scores = mulScalar(matmul(q, permute(k, new int[] {0, 1, 3, 2})), scale);
    if (mask != null) {
      scores = select(mask, scores, filled(scores, -1e9, null));
    }
    return matmul(softmax(scores, 3), v);
  }

  /**
   * Attention with a bias on its scores: softmax(scale · q kᵀ + bias, where the mask allows) v.
   *
   * @param q [B, H, R, d]
   * @param k [B, H, M, d]
   * @param v [B, H, M, e]
   * @param mask BOOL, true where a key may be seen, broadcasting to [B, H, R, M]; null: all
   * @param bias broadcasting to [B, H, R, M]
   */
  default V attention(V q, V k, V v, V mask, V bias, double scale) {
    V scores = add(mulScalar(matmul(q, permute(k, new int[] {0, 1, 3, 2})), scale), bias);
    if (mask != null) {
      scores = select(mask, scores, filled(scores, -1e9, null));
    }
    return matmul(softmax(scores, 3), v);
  }

  /** ln(1 + e^a), without overflow. */
  default V softplus(V a) {
    V tail = log(addScalar(exp(mulScalar(abs(a), -1)), 1));
    return add(relu(a), tail);
  }
}
