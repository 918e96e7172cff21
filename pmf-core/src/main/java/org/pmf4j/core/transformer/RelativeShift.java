package org.pmf4j.core.transformer;

import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * Numbers by distance laid out by pairs of tokens. What each row needs of them begins one place
 * before what the row above it needs, so that the same numbers, one more in each row, stand by
 * token once they are read in rows that are as long again as they were (Dai et al., 2019). Neither
 * number of tokens need be known.
 */
final class RelativeShift {
  private RelativeShift() {}

  /**
   * The distances between the first rows and the first columns, among all that there are.
   *
   * @param kinds [2L − 1, ...], by j − i from 1 − L to L − 1
   * @param rows [B, H, rows, e]
   * @param columns [B, H, columns, e]
   * @return [rows + columns − 1, ...]
   * @throws IllegalArgumentException if there are more tokens than distances
   */
  static Tensor between(Tensor kinds, Tensor rows, Tensor columns) {
    long longest = (kinds.dim(0) + 1) / 2;
    long r = rows.shape().dim(2);
    long c = columns.shape().dim(2);
    if (Math.max(r, c) > longest) {
      throw new IllegalArgumentException(
          Math.max(r, c) + " tokens, but the encoder takes " + longest + " at most");
    }
    if (r != Shape.UNKNOWN && c != Shape.UNKNOWN) {
      return kinds.slice(0, longest - r, longest + c - 1);
    }
    Tensor toZero = last(kinds.slice(0, 0, longest), longest, rows);
    if (c == 1) {
      return toZero;
    }
    Tensor fromZero = kinds.slice(0, longest - 1, -1).sliceLike(0, columns, 2);
    return Tensor.concat(0, toZero, fromZero.slice(0, 1, -1));
  }

  /** The last of all: as many of any are put before these, and as many as all are left out. */
  private static Tensor last(Tensor x, long all, Tensor rows) {
    return Tensor.concat(0, x.sliceLike(0, rows, 2), x).slice(0, all, -1);
  }

  /**
   * [B, H, rows, rows + columns − 1] by distance → [B, H, rows, columns] by column.
   *
   * @param kinds [2L − 1, ...], all distances that there are: a graph that is given more than L
   *     rows fails
   * @param columns [B, H, columns, e]
   */
  static Tensor byPair(Tensor x, Tensor kinds, Tensor columns) {
    long heads = x.dim(1);
    Tensor apart = x.reshape(Tensor.KEEP, heads, Tensor.KEEP, 1, Tensor.INFER);
    Tensor rows = apart.permute(0, 1, 3, 2, 4);
    Tensor one = rows.slice(4, 0, 1);
    Tensor zeros = one.filled(0, x.dtype());
    Tensor start = one.shape().isKnown() ? zeros : zeros.add(zeroOfEach(kinds, one));
    return Tensor.concat(4, start, rows)
        .reshape(Tensor.KEEP, heads, Tensor.INFER, Tensor.KEEP)
        .slice(2, 1, -1)
        .reshape(Tensor.KEEP, heads, 1, Tensor.KEEP, Tensor.INFER)
        .permute(0, 1, 3, 2, 4)
        .reshape(Tensor.KEEP, heads, Tensor.KEEP, Tensor.INFER)
        .sliceLike(3, columns, 2);
  }

  /** Zeros of as many rows as there may be at most, which do not broadcast to more. */
  private static Tensor zeroOfEach(Tensor kinds, Tensor rows) {
    long longest = (kinds.dim(0) + 1) / 2;
    Tensor all = kinds.slice(0, 0, longest).cast(rows.dtype());
    Tensor each = kinds.shape().rank() == 1 ? all : all.slice(1, 0, 1);
    return each.sliceLike(0, rows, 3).mul(0).reshape(1, 1, 1, Tensor.INFER, 1);
  }
}
