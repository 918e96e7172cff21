package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * ViT's embedding. The reference's convolution has its stride equal to its kernel, so it is a
 * linear layer over the values of each patch.
 *
 * @param grid where the patches lie
 * @param projection [d, C, p_h, p_w]
 * @param bias [d]
 * @param cls the CLS token, [1, 1, d]
 * @param positions [1, 1 + patches, d]
 */
record PatchEmbedding(Grid grid, Tensor projection, Tensor bias, Tensor cls, Tensor positions) {

  /**
   * Images cut into patches.
   *
   * @param source the configuration file, for messages
   */
  record Grid(
      String source,
      int channels,
      int imageHeight,
      int imageWidth,
      int patchHeight,
      int patchWidth) {
    int rows() {
      return imageHeight / patchHeight;
    }

    int columns() {
      return imageWidth / patchWidth;
    }

    int patchSize() {
      return channels * patchHeight * patchWidth;
    }
  }

  static PatchEmbedding of(EncoderConfig config, int d, Weights weights) {
    int[] image = FamilyConfig.heightAndWidth(config, "image_size", 224);
    int[] patch = FamilyConfig.heightAndWidth(config, "patch_size", 16);
    int channels = config.size("num_channels", 3);
    if (patch[0] > image[0] || patch[1] > image[1]) {
      throw config.wrong("patch_size", "no larger than image_size", patch[0]);
    }
    Grid grid = new Grid(config.source(), channels, image[0], image[1], patch[0], patch[1]);
    Weights w = weights.under("embeddings.");
    return new PatchEmbedding(
        grid,
        w.matrix("patch_embeddings.projection.weight", d, channels, patch[0], patch[1]),
        w.matrix("patch_embeddings.projection.bias", d),
        w.get("cls_token", 1, 1, d),
        w.get("position_embeddings", 1, 1 + (long) grid.rows() * grid.columns(), d));
  }

  /** {@code pixel_values} [B, C, H, W] → [B, 1 + patches, d]. */
  Tokens embed(Named<Tensor> inputs) {
    Tensor patches = patches(inputs.get("pixel_values"));
    Tensor flat = projection.reshape(Tensor.KEEP, grid.patchSize());
    Tensor embedded = new Linear(flat, bias).apply(patches);
    Tensor tokens = Tensor.concat(1, cls.repeatFor(embedded), embedded);
    return Tokens.of(tokens.add(positions));
  }

  /** [B, C, H, W] → [B, patches, C · p_h · p_w]; what does not fill a patch is dropped. */
  private Tensor patches(Tensor pixels) {
    check(pixels);
    int ph = grid.patchHeight();
    int pw = grid.patchWidth();
    return pixels
        .slice(2, 0, (long) grid.rows() * ph)
        .slice(3, 0, (long) grid.columns() * pw)
        .reshape(Tensor.KEEP, grid.channels(), grid.rows(), ph, grid.columns(), pw)
        .permute(0, 2, 4, 1, 3, 5)
        .reshape(Tensor.KEEP, (long) grid.rows() * grid.columns(), grid.patchSize());
  }

  private void check(Tensor pixels) {
    boolean fits =
        pixels.shape().rank() == 4
            && pixels.dim(1) == grid.channels()
            && pixels.dim(2) == grid.imageHeight()
            && pixels.dim(3) == grid.imageWidth();
    if (!fits) {
      throw PmfException.input(
          "%s: the encoder takes images of %d × %d × %d (channels, height, width), got pixel_values %s; let preprocessor_config.json give that size"
              .formatted(
                  grid.source(),
                  grid.channels(),
                  grid.imageHeight(),
                  grid.imageWidth(),
                  pixels.shape()));
    }
  }
}
