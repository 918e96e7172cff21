package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.EncoderConfig;

/**
 * How fast pairs of a head's channels turn with the position, and how sharp attention becomes, as
 * {@code modeling_rope_utils} of Hugging Face transformers has it. Numbers are in single precision
 * as there: far positions turn by the rounded frequency.
 *
 * @param byPair radians a token, for each of the pairs that make up a head
 * @param attentionFactor what queries and keys are multiplied by, each; 1 but for YaRN
 */
record RotaryFrequencies(float[] byPair, double attentionFactor) {

  /** Frequencies without scaling (Su et al., 2021): base^(−2i/width). */
  static RotaryFrequencies plain(double theta, int headWidth) {
    float[] frequencies = new float[headWidth / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = 1 / wavelength(theta, i, headWidth);
    }
    return new RotaryFrequencies(frequencies, 1);
  }

  private static float wavelength(double theta, int pair, int headWidth) {
    return (float) Math.pow(theta, 2f * pair / headWidth);
  }

  /**
   * What a configuration asks for. The dynamic kind changes nothing up to {@code
   * max_position_embeddings}, and texts are no longer here.
   */
  static RotaryFrequencies of(EncoderConfig config, RopeSettings rope, int headWidth) {
    RotaryFrequencies plain = plain(rope.theta(), headWidth);
    return switch (rope.type()) {
      case "linear" -> plain.linear(rope.number("factor", 1));
      case "dynamic" -> {
        rope.number("factor", 1);
        yield plain;
      }
      case "llama3" -> plain.llama3(rope, config);
      case "yarn" -> plain.yarn(rope, config, headWidth);
      default -> plain;
    };
  }

  private RotaryFrequencies linear(double factor) {
    float[] scaled = new float[byPair.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = byPair[i] / (float) factor;
    }
    return new RotaryFrequencies(scaled, 1);
  }

  /** Long wavelengths are stretched, short ones are not, and those between partly (Llama 3.1). */
  private RotaryFrequencies llama3(RopeSettings rope, EncoderConfig config) {
    float factor = (float) rope.number("factor", 1);
    double low = rope.number("low_freq_factor", Float.MIN_NORMAL);
    double high = rope.number("high_freq_factor", Float.MIN_NORMAL);
    double trained = originalLength(rope, config);
    float[] scaled = new float[byPair.length];
    for (int i = 0; i < scaled.length; i++) {
      float frequency = byPair[i];
      float wavelength = (float) (2 * Math.PI) / frequency;
      if (wavelength > (float) (trained / low)) {
        scaled[i] = frequency / factor;
      } else if (wavelength < (float) (trained / high)) {
        scaled[i] = frequency;
      } else {
        float smooth = ((float) trained / wavelength - (float) low) / (float) (high - low);
        scaled[i] = (1 - smooth) * frequency / factor + smooth * frequency;
      }
    }
    return new RotaryFrequencies(scaled, 1);
  }

  /** YaRN (Peng et al., 2023): the same along a ramp over the channels, and sharper attention. */
  private RotaryFrequencies yarn(RopeSettings rope, EncoderConfig config, int headWidth) {
    double factor = rope.number("factor", 1);
    double trained = originalLength(rope, config);
    double low = turning(orElse(rope, "beta_fast", 32), headWidth, rope.theta(), trained);
    double high = turning(orElse(rope, "beta_slow", 1), headWidth, rope.theta(), trained);
    if (rope.scaling().flag("truncate", true)) {
      low = Math.floor(low);
      high = Math.ceil(high);
    }
    low = Math.max(low, 0);
    high = Math.min(high, headWidth - 1.0);
    double width = low == high ? 0.001 : high - low;
    float[] scaled = new float[byPair.length];
    for (int i = 0; i < scaled.length; i++) {
      float kept = 1 - Math.min(1, Math.max(0, (i - (float) low) / (float) width));
      float stretched = 1 / ((float) factor * wavelength(rope.theta(), i, headWidth));
      scaled[i] = stretched * (1 - kept) + byPair[i] * kept;
    }
    return new RotaryFrequencies(scaled, attentionFactor(rope, factor));
  }

  /** The pair, as a fraction, that turns so many times over the length of training. */
  private static double turning(double turns, int headWidth, double theta, double trained) {
    return headWidth * Math.log(trained / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
  }

  private static double attentionFactor(RopeSettings rope, double factor) {
    EncoderConfig scaling = rope.scaling();
    if (scaling.has("attention_factor")) {
      return rope.number("attention_factor", 0);
    }
    double one = scaling.number("mscale", 0);
    double other = scaling.number("mscale_all_dim", 0);
    return one != 0 && other != 0
        ? sharper(factor, one) / sharper(factor, other)
        : sharper(factor, 1);
  }

  private static double sharper(double factor, double scale) {
    return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
  }

  private static double originalLength(RopeSettings rope, EncoderConfig config) {
    return rope.scaling()
        .size("original_max_position_embeddings", config.size("max_position_embeddings"));
  }

  /** A setting for which 0 stands for the usual value, too. */
  private static double orElse(RopeSettings rope, String key, double usual) {
    double given = rope.scaling().number(key, usual);
    return given == 0 ? usual : given;
  }
}
