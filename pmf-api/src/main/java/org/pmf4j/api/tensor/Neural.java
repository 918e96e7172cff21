package org.pmf4j.api.tensor;

/**
 * The operations of transformers on checked tensors; they behave as {@link Tensor}'s own. Has no
 * state; used by the thread that runs a program.
 */
public final class Neural {
  private Neural() {}

  /**
   * x · weightᵀ + bias.
   *
   * @param x [..., in]
   * @param weight [out, in]
   * @param bias [out], or null for none
   * @return [..., out]
   */
  public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
    same("linear", x, weight);
    if (x.shape().rank() < 1 || weight.shape().rank() != 2) {
      throw new IllegalArgumentException("linear: weight must be [out, in], got " + weight);
    }
    if (!weight.shape().matches(Shape.of(weight.shape().dim(0), x.shape().dim(-1)))) {
      throw new IllegalArgumentException("linear: " + x + " does not fit weight " + weight);
    }
    if (bias != null) {
      same("linear", x, bias);
      fits("linear bias", bias, Shape.of(weight.shape().dim(0)));
    }
    Object b = bias == null ? null : bias.value();
    Shape s = x.shape().with(-1, weight.shape().dim(0));
    return x.result(x.kernels().linear(x.value(), weight.value(), b), s, x.dtype());
  }

  /**
   * Rows of a table by index. An index outside the table is refused on the host, before it gets
   * here: see the modality that makes it.
   *
   * @param table [rows, d]
   * @param indices INT64 of any shape, each 0 … rows−1
   * @return [indices..., d]
   */
  public static Tensor gather(Tensor table, Tensor indices) {
    OperandChecks.sameBackend("gather", table, indices);
    OperandChecks.floating("gather", table);
    OperandChecks.type("gather", indices, DType.INT64);
    if (table.shape().rank() != 2) {
      throw new IllegalArgumentException("gather: the table must be [rows, d], got " + table);
    }
    long[] in = indices.shape().dims();
    long[] d = java.util.Arrays.copyOf(in, in.length + 1);
    d[in.length] = table.shape().dim(1);
    Object v = table.kernels().gather(table.value(), indices.value());
    return table.result(v, Shape.of(d), table.dtype());
  }

  /** Softmax along an axis that is not empty. */
  public static Tensor softmax(Tensor x, int axis) {
    OperandChecks.floating("softmax", x);
    Object v = x.kernels().softmax(x.value(), OperandChecks.filledAxis("softmax", x, axis));
    return x.result(v, x.shape(), x.dtype());
  }

  /** Logarithm of the softmax along an axis that is not empty. */
  public static Tensor logSoftmax(Tensor x, int axis) {
    OperandChecks.floating("logSoftmax", x);
    Object v = x.kernels().logSoftmax(x.value(), OperandChecks.filledAxis("logSoftmax", x, axis));
    return x.result(v, x.shape(), x.dtype());
  }

  /**
   * Layer normalization over the last dimension.
   *
   * @param scale [d]
   * @param shift [d]
   * @param epsilon added to the variance, above 0
   */
  public static Tensor layerNorm(Tensor x, Tensor scale, Tensor shift, double epsilon) {
    same("layerNorm", x, scale);
    same("layerNorm", x, shift);
    fits("layerNorm scale", scale, Shape.of(x.shape().dim(-1)));
    fits("layerNorm shift", shift, Shape.of(x.shape().dim(-1)));
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("layerNorm: epsilon must be above 0, got " + epsilon);
    }
    Kernels<Object> k = x.kernels();
    int last = x.shape().axis(-1);
    Object v = k.layerNorm(x.value(), last, scale.value(), shift.value(), epsilon);
    return x.result(v, x.shape(), x.dtype());
  }

  /**
   * GELU by the error function. Of BFLOAT16, value and gradient are computed in single precision
   * and rounded once.
   */
  public static Tensor gelu(Tensor x) {
    OperandChecks.floating("gelu", x);
    return x.result(x.kernels().gelu(x.value()), x.shape(), x.dtype());
  }

  /** GELU by its tanh approximation. */
  public static Tensor geluTanh(Tensor x) {
    OperandChecks.floating("geluTanh", x);
    return x.result(x.kernels().geluTanh(x.value()), x.shape(), x.dtype());
  }

  /** ln(1 + e^x), without overflow. */
  public static Tensor softplus(Tensor x) {
    OperandChecks.floating("softplus", x);
    return x.result(x.kernels().softplus(x.value()), x.shape(), x.dtype());
  }

  /**
   * Scaled dot-product attention: softmax(scale · q kᵀ, where the mask allows) v.
   *
   * @param q [B, H, R, d]
   * @param k [B, H, M, d]
   * @param v [B, H, M, e]
   * @param mask BOOL [B, M], true at the keys that may be seen, or null for all; each sample needs
   *     at least one
   * @return [B, H, R, e]
   */
  public static Tensor attention(Tensor q, Tensor k, Tensor v, Tensor mask, double scale) {
    return attention(q, k, v, mask, null, scale);
  }

  /**
   * Scaled dot-product attention with a bias on its scores: softmax(scale · q kᵀ + bias, where the
   * mask allows) v. To hide a key from some queries alone, let their bias be −1e9: a query that is
   * left with none then sees all keys alike instead of dividing by 0.
   *
   * @param q [B, H, R, d]
   * @param k [B, H, M, d]
   * @param v [B, H, M, e]
   * @param mask BOOL [B, M], true at the keys that may be seen, or null for all; each sample needs
   *     at least one
   * @param bias [B or 1, H or 1, R, M], or null for none
   * @return [B, H, R, e]
   */
  public static Tensor attention(
      Tensor q, Tensor k, Tensor v, Tensor mask, Tensor bias, double scale) {
    same("attention", q, k);
    same("attention", q, v);
    if (q.shape().rank() != 4 || v.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "attention: q must be [B, H, R, d] and v [B, H, M, e], got " + q + " and " + v);
    }
    fits("attention keys", k, q.shape().with(2, Shape.UNKNOWN));
    OperandChecks.filledAxis("attention", k, 2);
    fits("attention values", v, k.shape().with(3, v.shape().dim(3)));
    Object m = null;
    if (mask != null) {
      OperandChecks.type("attention", mask, DType.BOOL);
      OperandChecks.sameBackend("attention", q, mask);
      fits("attention mask", mask, Shape.of(k.shape().dim(0), k.shape().dim(2)));
      m = mask.reshape(Tensor.KEEP, 1, 1, Tensor.INFER).value();
    }
    Kernels<Object> kernels = q.kernels();
    Shape s = q.shape().with(3, v.shape().dim(3));
    if (bias == null) {
      Object o = kernels.attention(q.value(), k.value(), v.value(), m, scale);
      return q.result(o, s, q.dtype());
    }
    same("attention", q, bias);
    Shape scores = q.shape().with(3, k.shape().dim(2));
    Shape b = bias.shape();
    for (int axis = 0; axis < 2 && b.rank() == 4; axis++) {
      b = b.dim(axis) == 1 ? b.with(axis, scores.dim(axis)) : b;
    }
    if (!b.matches(scores)) {
      throw new IllegalArgumentException("attention bias: needs " + scores + ", got " + bias);
    }
    Object o = kernels.attention(q.value(), k.value(), v.value(), m, bias.value(), scale);
    return q.result(o, s, q.dtype());
  }

  private static void same(String op, Tensor a, Tensor b) {
    OperandChecks.sameBackend(op, a, b);
    OperandChecks.floating(op, a);
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(op + ": element types differ: " + a + " and " + b);
    }
  }

  private static void fits(String what, Tensor t, Shape wanted) {
    if (!t.shape().matches(wanted)) {
      throw new IllegalArgumentException(what + ": needs " + wanted + ", got " + t.shape());
    }
  }
}
