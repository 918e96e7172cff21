package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;

/**
 * DINOv3's rotary positions: a patch is turned by the coordinates of its centre, −1 to 1 across the
 * image, half of the pairs of a head's channels by the height and half by the width, each at the
 * frequencies 1 / base^(4i/width). Tokens before the patches are not turned: angles are 0 there.
 * Numbers are in single precision, step by step as the reference computes them.
 *
 * @param leading tokens before the patches
 * @param size how images are cut
 * @param headWidth a multiple of 4
 * @param base above 0
 */
record PatchRotation(int leading, Patches.Size size, int headWidth, double base) {
  private static final String BASE = "rope_theta";

  /** A table of 256 MB. */
  private static final int MOST_VALUES = 1 << 26;

  static PatchRotation of(EncoderConfig config, int leading, Patches.Size size, int headWidth) {
    if (headWidth % 4 != 0) {
      throw config.wrong(
          "hidden_size", "such that heads are a multiple of 4 wide", headWidth + " each");
    }
    double base = config.number(BASE, 100);
    if (!(base > 0)) {
      throw config.wrong(BASE, "above 0", base);
    }
    if ((leading + size.patches()) * headWidth > MOST_VALUES) {
      throw config.wrong(
          "image_size",
          "such that there are at most " + MOST_VALUES / headWidth + " tokens",
          size.imageHeight());
    }
    return new PatchRotation(leading, size, headWidth, base);
  }

  /**
   * The rule of all layers.
   *
   * @param weights who holds the tables
   */
  PositionRule rule(Weights weights) {
    int tokens = leading + Math.toIntExact(size.patches());
    float[] cosines = new float[tokens * headWidth];
    float[] sines = new float[cosines.length];
    for (int n = 0; n < tokens; n++) {
      for (int c = 0; c < headWidth; c++) {
        float angle = n < leading ? 0 : angle(n - leading, c % (headWidth / 2));
        cosines[n * headWidth + c] = (float) Math.cos(angle);
        sines[n * headWidth + c] = (float) Math.sin(angle);
      }
    }
    return new PositionRule.Rotary(
        weights.constant("rotary cosines", HostTensor.of(cosines, tokens, headWidth)),
        weights.constant("rotary sines", HostTensor.of(sines, tokens, headWidth)));
  }

  private float angle(int patch, int pair) {
    int quarter = headWidth / 4;
    boolean down = pair < quarter;
    int place = down ? patch / size.columns() : patch % size.columns();
    float centre = (place + 0.5f) / (down ? size.rows() : size.columns());
    float coordinate = 2 * centre - 1;
    float exponent = (float) (pair % quarter * (4.0 / headWidth));
    float frequency = 1 / (float) Math.pow((float) base, exponent);
    return (float) (2 * Math.PI) * coordinate * frequency;
  }
}
