package org.pmf4j.api.encoder;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Tensor;

/**
 * How an encoder's last states become one vector a sample, and which of them it reads. The kinds
 * that most families need are here; a family may bring another. Used by whichever thread runs the
 * program that it is part of, by several at once.
 */
public interface Pooling {
  /**
   * The rows of the last layer that pooling reads, the first ones or all; the last layer need not
   * compute others.
   *
   * @param states [B, N, d]
   * @return [B, R, d]
   */
  Tensor rows(Tensor states);

  /**
   * Pools those rows, after the final norm.
   *
   * @param rows [B, R, d]
   * @param mask BOOL [B, N] of the whole sequence, or null
   * @return [B, d]
   */
  Tensor pool(Tensor rows, Tensor mask);

  /**
   * The mean of the first tokens: one CLS token, or CLS and distillation token.
   *
   * @param count how many, at least 1
   */
  record FirstTokens(int count) implements Pooling {
    @Override
    public Tensor rows(Tensor states) {
      return states.slice(1, 0, count);
    }

    @Override
    public Tensor pool(Tensor rows, Tensor mask) {
      Tensor one = count == 1 ? rows : rows.mean(1);
      return one.reshape(Tensor.KEEP, rows.dim(2));
    }
  }

  /** The mean over all real tokens. */
  record MeanOfTokens() implements Pooling {
    @Override
    public Tensor rows(Tensor states) {
      return states;
    }

    @Override
    public Tensor pool(Tensor rows, Tensor mask) {
      if (mask == null) {
        return rows.mean(1).reshape(Tensor.KEEP, rows.dim(2));
      }
      DType type = rows.dtype();
      Tensor real = mask.cast(type).reshape(Tensor.KEEP, Tensor.INFER, 1);
      Tensor mean = rows.mul(real).sum(1).div(real.sum(1));
      return mean.reshape(Tensor.KEEP, rows.dim(2));
    }
  }

  /**
   * The last real token, as of decoders that embed texts: of a mask that has its padding behind the
   * real tokens, or before them.
   *
   * @since API version 2
   */
  record LastToken() implements Pooling {
    @Override
    public Tensor rows(Tensor states) {
      return states;
    }

    @Override
    public Tensor pool(Tensor rows, Tensor mask) {
      if (mask == null) {
        return rows.slice(1, rows.dim(1) - 1, -1).reshape(Tensor.KEEP, rows.dim(2));
      }
      DType type = rows.dtype();
      Tensor real = mask.cast(type).reshape(Tensor.KEEP, Tensor.INFER, 1);
      Tensor behind = real.slice(1, 0, 1).filled(0, type);
      Tensor last = real.sub(Tensor.concat(1, real.slice(1, 1, -1), behind)).relu();
      return rows.mul(last).sum(1).reshape(Tensor.KEEP, rows.dim(2));
    }
  }
}
