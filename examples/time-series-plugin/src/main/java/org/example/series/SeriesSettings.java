package org.example.series;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderConfig;

/**
 * What an encoder's preprocessor_config.json says.
 *
 * @param maxLength time steps; longer series are resampled to as many
 * @param patchSize time steps of one token
 * @param mean by channel, of the training data
 * @param deviation by channel, above 0
 */
record SeriesSettings(int maxLength, int patchSize, List<Double> mean, List<Double> deviation) {
  static final String FILE = "preprocessor_config.json";

  static SeriesSettings of(EncoderConfig config) {
    List<Double> mean = numbers(config, "mean");
    List<Double> deviation = numbers(config, "std");
    if (mean.size() != deviation.size()) {
      throw config.wrong("std", "as long as \"mean\"", deviation);
    }
    if (deviation.stream().anyMatch(d -> d <= 0)) {
      throw config.wrong("std", "above 0", deviation);
    }
    return new SeriesSettings(
        config.size("max_length"), config.size("patch_size"), mean, deviation);
  }

  private static List<Double> numbers(EncoderConfig config, String key) {
    if (config.values().get(key) instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(Number.class::isInstance)) {
      return list.stream().map(n -> ((Number) n).doubleValue()).toList();
    }
    throw config.wrong(key, "a list of numbers, one for each channel", config.values().get(key));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("feature_extractor_type", "SeriesFeatureExtractor");
    json.put("max_length", maxLength);
    json.put("patch_size", patchSize);
    json.put("mean", mean);
    json.put("std", deviation);
    return json;
  }

  int channels() {
    return mean.size();
  }
}
