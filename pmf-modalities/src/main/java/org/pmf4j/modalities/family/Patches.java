package org.pmf4j.modalities.family;

import java.util.Locale;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * Images cut into patches, each embedded by a linear layer over its values: the reference's
 * convolution, whose stride equals its kernel.
 *
 * @param size what the configuration says of images and patches
 * @param projection [d, C, p_h, p_w]
 * @param bias [d], or null for none
 */
record Patches(Size size, Tensor projection, Tensor bias) {

  /**
   * Sizes in pixels.
   *
   * @param source the configuration file, for messages
   */
  record Size(
      String source,
      int channels,
      int imageHeight,
      int imageWidth,
      int patchHeight,
      int patchWidth) {

    static Size of(EncoderConfig config, int imageSize, int patchSize) {
      int[] image = FamilyConfig.heightAndWidth(config, "image_size", imageSize);
      int[] patch = FamilyConfig.heightAndWidth(config, "patch_size", patchSize);
      int channels = config.size("num_channels", 3);
      if (patch[0] > image[0] || patch[1] > image[1]) {
        throw config.wrong("patch_size", "no larger than image_size", patch[0]);
      }
      return new Size(config.source(), channels, image[0], image[1], patch[0], patch[1]);
    }

    /** Patches from top to bottom. */
    int rows() {
      return imageHeight / patchHeight;
    }

    /** Patches from left to right. */
    int columns() {
      return imageWidth / patchWidth;
    }

    long patches() {
      return (long) rows() * columns();
    }

    /** Refuses images of another size than the encoder was made for. */
    void demand(Tensor pixels) {
      if (!pixels.shape().matches(Shape.of(Shape.UNKNOWN, channels, imageHeight, imageWidth))) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: the encoder takes images of %d × %d × %d (channels, height, width), got pixel_values %s; let preprocessor_config.json give that size",
                source,
                channels,
                imageHeight,
                imageWidth,
                pixels.shape()));
      }
    }

    /** Refuses images that hold no patch or have other channels; any other size will do. */
    void demandAPatch(Tensor pixels) {
      boolean fits =
          pixels.shape().rank() == 4
              && pixels.dim(1) == channels
              && pixels.dim(2) >= patchHeight
              && pixels.dim(3) >= patchWidth;
      if (!fits) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: the encoder takes images of %d channels and at least %d × %d pixels, got pixel_values %s",
                source,
                channels,
                patchHeight,
                patchWidth,
                pixels.shape()));
      }
    }
  }

  /**
   * Patches with their projection.
   *
   * @param name of the projection
   */
  static Patches of(Size size, int d, String name, Weights weights) {
    Tensor bias = weights.matrix(name + ".bias", d);
    return new Patches(size, kernel(size, d, name, weights), bias);
  }

  /** As {@link #of}, without a bias. */
  static Patches unbiased(Size size, int d, String name, Weights weights) {
    return new Patches(size, kernel(size, d, name, weights), null);
  }

  private static Tensor kernel(Size size, int d, String name, Weights weights) {
    return weights.matrix(
        name + ".weight", d, size.channels(), size.patchHeight(), size.patchWidth());
  }

  /**
   * Embeds patches line by line; what does not fill a patch is dropped.
   *
   * @param pixels [B, C, H, W]
   * @param rows how many patches the height holds
   * @param columns how many patches the width holds
   * @return [B, rows · columns, d]
   */
  Tensor embed(Tensor pixels, long rows, long columns) {
    int ph = size.patchHeight();
    int pw = size.patchWidth();
    long values = (long) size.channels() * ph * pw;
    Tensor flat =
        pixels
            .slice(2, 0, rows * ph)
            .slice(3, 0, columns * pw)
            .reshape(Tensor.KEEP, size.channels(), rows, ph, columns, pw)
            .permute(0, 2, 4, 1, 3, 5)
            .reshape(Tensor.KEEP, rows * columns, values);
    return new Linear(projection.reshape(Tensor.KEEP, values), bias).apply(flat);
  }
}
