package org.pmf4j.core.transformer;

import org.pmf4j.api.tensor.Tensor;

/**
 * Numbers by distance laid out by pairs of tokens. What each row needs of them begins one place
 * before what the row above it needs, so that the same numbers in rows shorter by one stand by
 * token (Dai et al., 2019).
 */
final class RelativeShift {
  private RelativeShift() {}

  /**
   * The distances between the first rows and the first columns, among all that there are.
   *
   * @param kinds [2L − 1, ...], by j − i from 1 − L to L − 1
   * @return [rows + columns − 1, ...]
   * @throws IllegalArgumentException if there are more tokens than distances
   */
  static Tensor between(Tensor kinds, long rows, long columns) {
    long longest = (kinds.dim(0) + 1) / 2;
    if (Math.max(rows, columns) > longest) {
      throw new IllegalArgumentException(
          Math.max(rows, columns) + " tokens, but the encoder takes " + longest + " at most");
    }
    return kinds.slice(0, longest - rows, longest + columns - 1);
  }

  /** [B, H, rows, rows + columns − 1] by distance → [B, H, rows, columns] by column. */
  static Tensor byPair(Tensor x, long rows, long columns) {
    long heads = x.dim(1);
    long width = rows + columns - 1;
    Tensor end = x.slice(3, 0, 1);
    return Tensor.concat(3, x, end.filled(0, x.dtype()))
        .reshape(Tensor.KEEP, heads, rows * (width + 1))
        .slice(2, rows - 1, rows - 1 + rows * width)
        .reshape(Tensor.KEEP, heads, rows, width)
        .slice(3, 0, columns);
  }
}
