package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * Learned positions of a square of patches, stretched to images of other sizes by bicubic
 * interpolation. That is a matrix product along each side; the matrices depend on the sizes alone.
 *
 * @param grid [1, side · side, d]
 * @param side patches on each side of the square
 * @param resampling how positions are interpolated
 * @param weights who holds the matrices
 */
record GridPositions(Tensor grid, int side, CubicResampling resampling, Weights weights) {

  /**
   * Positions of a grid of patches.
   *
   * @return [1, rows · columns, d]
   */
  Tensor of(long rows, long columns) {
    if (rows == side && columns == side) {
      return grid;
    }
    long d = grid.dim(2);
    Tensor lines = grid.reshape(side, side * d);
    Tensor stretched = matrix(rows).matmul(lines).reshape(rows, side, d);
    return matrix(columns).matmul(stretched).reshape(1, rows * columns, d);
  }

  /** [to, side]. */
  private Tensor matrix(long to) {
    int n = Math.toIntExact(to);
    HostTensor values = HostTensor.of(resampling.matrix(side, n), n, side);
    return weights.constant("resampling " + resampling + " from " + side + " to " + n, values);
  }
}
