package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/** The tables of rotary positions and windows, one for all layers that agree on them. */
final class RotaryTables {
  /** A table of 256 MB. */
  private static final int MOST_VALUES = 1 << 26;

  private final int longest;
  private final int headWidth;
  private final Weights weights;

  /**
   * Tables for all positions that the configuration allows.
   *
   * @param headWidth even
   * @param weights who holds them
   */
  RotaryTables(EncoderConfig config, int headWidth, Weights weights) {
    this(config.size("max_position_embeddings"), headWidth, weights);
    if ((long) longest * headWidth > MOST_VALUES) {
      throw config.wrong(
          "max_position_embeddings", "at most " + MOST_VALUES / headWidth + " here", longest);
    }
  }

  /**
   * Tables for so many positions.
   *
   * @param headWidth even
   * @param weights who holds them
   */
  RotaryTables(int longest, int headWidth, Weights weights) {
    this.longest = longest;
    this.headWidth = headWidth;
    this.weights = weights;
  }

  /**
   * Rotary positions.
   *
   * @param theta base of the wavelengths
   */
  PositionRule.Rotary rotary(double theta) {
    return rotary(" " + theta, RotaryFrequencies.plain(theta, headWidth));
  }

  /** Rotary positions of one kind in all layers. */
  PositionRule.Rotary rotary(RotaryFrequencies frequencies) {
    return rotary("", frequencies);
  }

  private PositionRule.Rotary rotary(String name, RotaryFrequencies frequencies) {
    float[] cosines = new float[longest * headWidth];
    float[] sines = new float[cosines.length];
    int half = headWidth / 2;
    for (int c = 0; c < half; c++) {
      float frequency = frequencies.byPair()[c];
      for (int n = 0; n < longest; n++) {
        float angle = frequency * n;
        int at = n * headWidth + c;
        cosines[at] = (float) Math.cos(angle);
        cosines[at + half] = cosines[at];
        sines[at] = (float) Math.sin(angle);
        sines[at + half] = sines[at];
      }
    }
    return new PositionRule.Rotary(
        table("rotary cosines" + name, cosines, longest, headWidth),
        table("rotary sines" + name, sines, longest, headWidth));
  }

  /**
   * Local attention.
   *
   * @param reach in tokens, to each side
   */
  PositionRule.LocalWindow window(int reach) {
    return new PositionRule.LocalWindow(reach, places());
  }

  /** The numbers of all positions, [longest]. */
  Tensor places() {
    return Places.table(longest, weights);
  }

  private Tensor table(String name, float[] values, long... dims) {
    return weights.constant(name, HostTensor.of(values, dims));
  }
}
