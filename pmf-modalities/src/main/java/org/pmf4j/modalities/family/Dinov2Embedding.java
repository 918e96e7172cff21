package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * DINOv2's embedding: a CLS token and patches with positions, which are stretched to images of any
 * size, and between them registers, which have none.
 *
 * @param patches how images are cut and embedded
 * @param cls [1, 1, d]
 * @param positions of CLS and patches, [1, 1 + patches, d]
 * @param registers [1, registers, d], or null for none
 * @param resampling how positions are stretched
 * @param weights who holds what stretching needs
 */
record Dinov2Embedding(
    Patches patches,
    Tensor cls,
    Tensor positions,
    Tensor registers,
    CubicResampling resampling,
    Weights weights) {

  /** {@code pixel_values} [B, C, H, W] → [B, 1 + registers + patches, d]. */
  Tokens embed(Named<Tensor> inputs) {
    Tensor pixels = inputs.get("pixel_values");
    Patches.Size size = patches.size();
    size.demandAPatch(pixels);
    GridPositions grid =
        new GridPositions(positions.slice(1, 1, -1), size.rows(), resampling, weights);
    long rows = pixels.dim(2) / size.patchHeight();
    long columns = pixels.dim(3) / size.patchWidth();
    Tensor embedded = patches.embed(pixels, rows, columns).add(grid.of(rows, columns));
    Tensor first = cls.add(positions.slice(1, 0, 1));
    Tensor leading = registers == null ? first : Tensor.concat(1, first, registers);
    return Tokens.of(Tensor.concat(1, leading.repeatFor(embedded), embedded));
  }
}
