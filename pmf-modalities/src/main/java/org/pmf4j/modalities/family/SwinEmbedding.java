package org.pmf4j.modalities.family;

import java.util.List;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.ZeroPadding;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * From images of one size to what enters Swin's last stage: patches, normed, and all stages before
 * it. Images that patches do not fill get zeros to the right and below.
 *
 * @param patches how images are cut and embedded
 * @param norm over patches
 * @param positions learned, [1, patches, d], or null for none
 * @param stages all but the last
 */
record SwinEmbedding(Patches patches, LayerNorm norm, Tensor positions, List<SwinStage> stages) {
  SwinEmbedding {
    stages = List.copyOf(stages);
  }

  /** Patches from top to bottom, the last one perhaps not full. */
  static int rows(Patches.Size size) {
    return (size.imageHeight() - 1) / size.patchHeight() + 1;
  }

  /** Patches from left to right, the last one perhaps not full. */
  static int columns(Patches.Size size) {
    return (size.imageWidth() - 1) / size.patchWidth() + 1;
  }

  /** {@code pixel_values} [B, C, H, W] → [B, N, d] of the last stage. */
  Tokens embed(Named<Tensor> inputs) {
    Tensor pixels = inputs.get("pixel_values");
    patches.size().demand(pixels);
    Tensor states = TensorScope.tidy(() -> embedded(pixels));
    for (SwinStage stage : stages) {
      states = stage.apply(states);
    }
    return Tokens.of(states);
  }

  private Tensor embedded(Tensor pixels) {
    Patches.Size size = patches.size();
    int rows = rows(size);
    int columns = columns(size);
    int below = rows * size.patchHeight() - size.imageHeight();
    int right = columns * size.patchWidth() - size.imageWidth();
    Tensor filled = ZeroPadding.around(ZeroPadding.around(pixels, 2, 0, below), 3, 0, right);
    Tensor normed = norm.apply(patches.embed(filled, rows, columns));
    return positions == null ? normed : normed.add(positions);
  }
}
