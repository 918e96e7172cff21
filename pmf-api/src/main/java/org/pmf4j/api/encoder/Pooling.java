package org.pmf4j.api.encoder;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
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
      Tensor real = mask.cast(type).reshape(Tensor.KEEP, Tensor.KEEP, 1);
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
      long count = rows.shape().dim(1);
      if (mask == null && count != Shape.UNKNOWN) {
        return rows.slice(1, count - 1, -1).reshape(Tensor.KEEP, rows.dim(2));
      }
      DType type = rows.dtype();
      Tensor real =
          mask == null
              ? rows.slice(2, 0, 1).filled(1, type)
              : mask.cast(type).reshape(Tensor.KEEP, Tensor.KEEP, 1);
      Tensor none = real.slice(1, 0, 1).filled(0, type);
      Tensor behind = Tensor.concat(1, real, none).slice(1, 1, -1);
      return rows.mul(real.sub(behind).relu()).sum(1).reshape(Tensor.KEEP, rows.dim(2));
    }
  }

  /**
   * The largest value of each dimension over all real tokens.
   *
   * @since API version 2
   */
  record MaxOfTokens() implements Pooling {
    private static final double NEVER = -1e9;

    @Override
    public Tensor rows(Tensor states) {
      return states;
    }

    @Override
    public Tensor pool(Tensor rows, Tensor mask) {
      Tensor real = rows;
      if (mask != null) {
        Tensor padding = rows.filled(NEVER, rows.dtype());
        real = mask.reshape(Tensor.KEEP, Tensor.KEEP, 1).select(rows, padding);
      }
      return real.max(1).reshape(Tensor.KEEP, rows.dim(2));
    }
  }

  /**
   * The sum over all real tokens, divided by the square root of their number.
   *
   * @since API version 2
   */
  record MeanBySquareRoot() implements Pooling {
    @Override
    public Tensor rows(Tensor states) {
      return states;
    }

    @Override
    public Tensor pool(Tensor rows, Tensor mask) {
      DType type = rows.dtype();
      Tensor real =
          mask == null
              ? rows.slice(2, 0, 1).filled(1, type)
              : mask.cast(type).reshape(Tensor.KEEP, Tensor.KEEP, 1);
      Tensor mean = rows.mul(real).sum(1).div(real.sum(1).sqrt());
      return mean.reshape(Tensor.KEEP, rows.dim(2));
    }
  }

  /**
   * The mean over all real tokens, each of which counts as much as its place among all, from 1: of
   * decoders, whose later tokens know more (SGPT, Muennighoff, 2022). Padding stands behind the
   * real tokens.
   *
   * @param places 0, 1, 2, … as FLOAT32, at least as many as a sequence has tokens
   * @since API version 2
   */
  record WeightedMean(Tensor places) implements Pooling {
    @Override
    public Tensor rows(Tensor states) {
      return states;
    }

    @Override
    public Tensor pool(Tensor rows, Tensor mask) {
      DType type = rows.dtype();
      Tensor counts = places.sliceLike(0, rows, 1).cast(type).add(1);
      Tensor weights = counts.reshape(1, Tensor.INFER, 1);
      if (mask != null) {
        weights = weights.mul(mask.cast(type).reshape(Tensor.KEEP, Tensor.KEEP, 1));
      }
      Tensor mean = rows.mul(weights).sum(1).div(weights.sum(1));
      return mean.reshape(Tensor.KEEP, rows.dim(2));
    }
  }
}
