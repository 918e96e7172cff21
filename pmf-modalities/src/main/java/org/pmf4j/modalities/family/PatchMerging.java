package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.encoder.WindowGrid;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.nn.ZeroPadding;
import org.pmf4j.api.tensor.Tensor;

/**
 * Makes one token of each square of four, twice as wide. A grid with an odd side gets zeros there.
 *
 * @param rows of the grid
 * @param columns of the grid
 * @param reduction 4 d → 2 d, without bias
 * @param norm before the reduction [4 d], or after it [2 d]
 */
record PatchMerging(int rows, int columns, Linear reduction, LayerNorm norm) {

  static PatchMerging of(SwinKind kind, WindowGrid grid, int d, double epsilon, Weights weights) {
    Linear reduction = new Linear(weights.linearWeight("reduction.weight", 2L * d, 4L * d), null);
    int normed = kind == SwinKind.ONE ? 4 * d : 2 * d;
    return new PatchMerging(
        grid.rows(), grid.columns(), reduction, weights.layerNorm("norm", normed, epsilon));
  }

  /** [B, rows · columns, d] → [B, ⌈rows / 2⌉ · ⌈columns / 2⌉, 2 d]. */
  Tensor apply(Tensor x) {
    long d = x.dim(2);
    long down = (rows + 1L) / 2;
    long across = (columns + 1L) / 2;
    Tensor grid = x.reshape(Tensor.KEEP, rows, columns, d);
    Tensor squares =
        ZeroPadding.around(ZeroPadding.around(grid, 1, 0, rows % 2), 2, 0, columns % 2)
            .reshape(Tensor.KEEP, down, 2, across, 2, d)
            .permute(0, 1, 3, 4, 2, 5)
            .reshape(Tensor.KEEP, down * across, 4 * d);
    boolean first = norm.scale().dim(0) == 4 * d;
    return first ? reduction.apply(norm.apply(squares)) : norm.apply(reduction.apply(squares));
  }
}
