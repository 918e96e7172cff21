package org.pmf4j.modalities.audio.feature;

import java.util.Locale;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.modalities.audio.decode.AudioDecoder;

/** Settings that several front ends have. */
final class FeatureSettings {
  /** The most values of a clip's features: 256 MB. */
  private static final long MOST_VALUES = 1 << 26;

  private FeatureSettings() {}

  static int rate(EncoderConfig config) {
    int rate = config.size("sampling_rate", 16_000);
    if (rate < AudioDecoder.LOWEST_RATE || rate > AudioDecoder.HIGHEST_RATE) {
      throw config.wrong(
          "sampling_rate",
          String.format(
              Locale.ROOT, "from %d to %d", AudioDecoder.LOWEST_RATE, AudioDecoder.HIGHEST_RATE),
          rate);
    }
    return rate;
  }

  static float finite(EncoderConfig config, String key, double otherwise) {
    return (float) config.number(key, otherwise);
  }

  /** Refuses features of an absurd size before memory is taken for them. */
  static void checkSize(EncoderConfig config, String key, long frames, long bins) {
    if (frames > MOST_VALUES / bins) {
      throw config.wrong(
          key,
          String.format(Locale.ROOT, "smaller (%d frames of %d values are too many)", frames, bins),
          config.values().get(key));
    }
  }
}
