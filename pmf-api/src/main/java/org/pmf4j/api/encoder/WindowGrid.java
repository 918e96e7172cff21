package org.pmf4j.api.encoder;

import org.pmf4j.api.nn.ZeroPadding;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * A grid of tokens, row by row, that is cut into square windows (Swin; Liu et al., 2021). A grid
 * that whole windows do not fill gets zeros to the right and below. Windows may be shifted: the
 * grid is then rolled up and to the left by so many tokens, so that windows at its end hold tokens
 * of both ends, whose {@link #regions} tell them apart. Immutable, so that any number of threads
 * may share it.
 *
 * @param rows of the grid, at least 1
 * @param columns of the grid, at least 1
 * @param side tokens on each side of a window, at least 1
 * @param shift 0 to {@code side} − 1
 * @since API version 2
 */
public record WindowGrid(int rows, int columns, int side, int shift) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public WindowGrid {
    if (rows < 1 || columns < 1 || side < 1 || shift < 0 || shift >= side) {
      throw new IllegalArgumentException(
          "no windows of " + side + " shifted by " + shift + " on " + rows + " × " + columns);
    }
  }

  /** The same grid in windows that are shifted by another number. */
  public WindowGrid withShift(int other) {
    return new WindowGrid(rows, columns, side, other);
  }

  /** Tokens of the grid, without the zeros. */
  public int tokens() {
    return Math.multiplyExact(rows, columns);
  }

  /** Tokens of one window. */
  public int windowTokens() {
    return Math.multiplyExact(side, side);
  }

  /** Windows of the grid. */
  public int windows() {
    return Math.multiplyExact(down(), across());
  }

  /** True if the grid is one window. */
  public boolean isOneWindow() {
    return rows == side && columns == side;
  }

  /**
   * The windows of a grid, row by row.
   *
   * @param x [B, rows · columns, d], d known
   * @return [B · windows, side · side, d]
   * @throws IllegalArgumentException if there are more tokens or fewer
   */
  public Tensor cut(Tensor x) {
    if (x.dim(1) != tokens()) {
      throw new IllegalArgumentException(
          x + " are not the tokens of " + rows + " rows and " + columns + " columns");
    }
    long d = x.dim(2);
    Tensor grid = x.reshape(Tensor.KEEP, rows, columns, d);
    Tensor filled =
        ZeroPadding.around(
            ZeroPadding.around(grid, 1, 0, height() - rows), 2, 0, width() - columns);
    return rolled(rolled(filled, 1, shift), 2, shift)
        .reshape(Tensor.KEEP, down(), side, across(), side, d)
        .permute(0, 1, 3, 2, 4, 5)
        .reshape(Tensor.INFER, windowTokens(), d);
  }

  /**
   * The grid of some windows, without what stands in the zeros' place: undoes {@link #cut}.
   *
   * @param windows [B · windows, side · side, d], d known
   * @return [B, rows · columns, d]
   */
  public Tensor join(Tensor windows) {
    long d = windows.dim(2);
    Tensor grid =
        windows
            .reshape(Tensor.INFER, down(), across(), side, side, d)
            .permute(0, 1, 3, 2, 4, 5)
            .reshape(Tensor.KEEP, height(), width(), d);
    Tensor back = rolled(rolled(grid, 1, height() - shift), 2, width() - shift);
    return back.slice(1, 0, rows).slice(2, 0, columns).reshape(Tensor.KEEP, tokens(), d);
  }

  /**
   * Which tokens of a window belong together: those of one number. Without a shift all do.
   *
   * @return FLOAT32 [windows, side · side], whole numbers
   */
  public HostTensor regions() {
    float[] regions = new float[Math.multiplyExact(windows(), windowTokens())];
    for (int i = 0; i < regions.length; i++) {
      int window = i / windowTokens();
      int place = i % windowTokens();
      int row = window / across() * side + place / side;
      int column = window % across() * side + place % side;
      regions[i] = 2 * wrapped(row, height()) + wrapped(column, width());
    }
    return HostTensor.of(regions, windows(), windowTokens());
  }

  /** 1 if rolling brought a row or column round to the end, else 0. */
  private int wrapped(int at, int length) {
    return at >= length - shift ? 1 : 0;
  }

  /** Rows with those of zeros. */
  private int height() {
    return down() * side;
  }

  /** Columns with those of zeros. */
  private int width() {
    return across() * side;
  }

  private int down() {
    return (rows - 1) / side + 1;
  }

  private int across() {
    return (columns - 1) / side + 1;
  }

  /** What stands at a place comes first, and what was before it last. */
  private static Tensor rolled(Tensor x, int axis, int place) {
    return place == 0 || place == x.dim(axis)
        ? x
        : Tensor.concat(axis, x.slice(axis, place, -1), x.slice(axis, 0, place));
  }
}
