package org.example.series;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * New encoders: {@code max-length} in time steps (128), {@code patch-size} in time steps (8),
 * {@code mlp-width} (4 times the width). The channels, their means and deviations are those of the
 * data.
 */
final class SeriesPretraining implements Pretraining {
  private static final Set<String> SIZES = Set.of("max-length", "patch-size", "mlp-width");

  @Override
  public String modelType() {
    return SeriesFamily.MODEL_TYPE;
  }

  @Override
  public void initialize(Path directory, Sizes sizes, List<Source> corpus) {
    check(sizes);
    int maxLength = sizes.extra().getOrDefault("max-length", 128);
    int patchSize = sizes.extra().getOrDefault("patch-size", 8);
    ChannelStatistics statistics = ChannelStatistics.of(corpus);
    SeriesSettings settings =
        new SeriesSettings(maxLength, patchSize, statistics.mean(), statistics.deviation());
    EncoderConfig.write(directory.resolve(SeriesSettings.FILE), settings.toJson());
    EncoderConfig.write(directory.resolve("config.json"), config(sizes, settings));
  }

  private static void check(Sizes sizes) {
    Map<String, Integer> all = new LinkedHashMap<>(sizes.extra());
    if (!SIZES.containsAll(all.keySet())) {
      List<String> unknown = new ArrayList<>(all.keySet());
      unknown.removeAll(SIZES);
      throw PmfException.usage(
          "unknown size " + unknown + "; known: " + String.join(", ", new TreeSet<>(SIZES)));
    }
    all.put("width", sizes.width());
    all.put("depth", sizes.depth());
    all.put("heads", sizes.heads());
    all.forEach(
        (name, value) -> {
          if (value <= 0) {
            throw PmfException.usage(name + " must be above 0, got " + value);
          }
        });
    if (sizes.width() % sizes.heads() != 0) {
      throw PmfException.usage(
          "width " + sizes.width() + " must be a multiple of heads " + sizes.heads());
    }
  }

  private static Map<String, Object> config(Sizes sizes, SeriesSettings settings) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", SeriesFamily.MODEL_TYPE);
    config.put("hidden_size", sizes.width());
    config.put("num_hidden_layers", sizes.depth());
    config.put("num_attention_heads", sizes.heads());
    config.put("intermediate_size", sizes.extra().getOrDefault("mlp-width", 4 * sizes.width()));
    config.put("hidden_act", "gelu");
    config.put("layer_norm_eps", 1e-12);
    config.put("num_channels", settings.channels());
    config.put("max_length", settings.maxLength());
    config.put("patch_size", settings.patchSize());
    return config;
  }

  /** All values a little larger or smaller, and a little noise: what sensors do. */
  @Override
  public Named<HostTensor> augment(Named<HostTensor> sample, RandomGenerator random) {
    HostTensor values = sample.get(SeriesPreprocessor.VALUES);
    float[] changed = values.floats();
    double scale = random.nextGaussian(1, 0.05);
    for (int i = 0; i < changed.length; i++) {
      changed[i] = (float) (changed[i] * scale + random.nextGaussian(0, 0.02));
    }
    return sample.with(SeriesPreprocessor.VALUES, HostTensor.of(changed, values.shape().dims()));
  }
}
