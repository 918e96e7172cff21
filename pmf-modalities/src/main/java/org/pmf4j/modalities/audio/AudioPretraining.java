package org.pmf4j.modalities.audio;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.audio.decode.AudioDecoder;
import org.pmf4j.modalities.audio.feature.SpectrogramAugmentation;
import org.pmf4j.modalities.audio.feature.SpectrogramStatistics;
import org.pmf4j.modalities.directory.ExtraSizes;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * New Audio Spectrogram Transformers: {@code sampling-rate} in Hz, {@code max-length} in frames of
 * 160 samples, {@code mel-bins}, {@code patch-size} and {@code patch-stride} in frames and bins,
 * {@code mlp-width}. The defaults suit words and other sounds of about a second.
 */
final class AudioPretraining implements Pretraining {
  static final String SETTINGS = "preprocessor_config.json";

  private static final String SAMPLING_RATE = "sampling-rate";
  private static final String MAX_LENGTH = "max-length";
  private static final String MEL_BINS = "mel-bins";
  private static final String PATCH_SIZE = "patch-size";
  private static final String PATCH_STRIDE = "patch-stride";
  private static final String MLP_WIDTH = "mlp-width";

  /** Clips, evenly over the corpus, that mean and deviation are taken from. */
  private static final int MEASURED_CLIPS = 1_000;

  @Override
  public String modelType() {
    return "audio-spectrogram-transformer";
  }

  @Override
  public void initialize(Path directory, Sizes sizes, List<Source> corpus) {
    ExtraSizes extra =
        ExtraSizes.of(
            sizes,
            Set.of(SAMPLING_RATE, MAX_LENGTH, MEL_BINS, PATCH_SIZE, PATCH_STRIDE, MLP_WIDTH));
    int rate = extra.get(SAMPLING_RATE, 16_000);
    if (rate < AudioDecoder.LOWEST_RATE || rate > AudioDecoder.HIGHEST_RATE) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "%s must be from %d to %d, got %d",
              SAMPLING_RATE,
              AudioDecoder.LOWEST_RATE,
              AudioDecoder.HIGHEST_RATE,
              rate));
    }
    int frames = extra.get(MAX_LENGTH, 128);
    int bins = extra.get(MEL_BINS, 64);
    int patch = extra.get(PATCH_SIZE, 16);
    int stride = extra.get(PATCH_STRIDE, Math.min(10, patch));
    if (patch > Math.min(frames, bins)) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "%s %d must not exceed %s %d and %s %d",
              PATCH_SIZE,
              patch,
              MAX_LENGTH,
              frames,
              MEL_BINS,
              bins));
    }
    if (stride > patch) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT, "%s %d must not exceed %s %d", PATCH_STRIDE, stride, PATCH_SIZE, patch));
    }
    Map<String, Object> settings = settings(rate, frames, bins);
    SpectrogramStatistics.Result found = statistics(settings, corpus);
    settings.put("mean", found.mean());
    settings.put("std", found.deviation());
    SettingsFiles target = new SettingsFiles(directory);
    target.write(SETTINGS, settings);
    Map<String, Object> config = config(sizes, extra.get(MLP_WIDTH, 4 * sizes.width()));
    config.put("patch_size", patch);
    config.put("frequency_stride", stride);
    config.put("time_stride", stride);
    config.put("max_length", frames);
    config.put("num_mel_bins", bins);
    target.write("config.json", config);
  }

  private static SpectrogramStatistics.Result statistics(
      Map<String, Object> settings, List<Source> corpus) {
    SpectrogramStatistics statistics = SpectrogramStatistics.of(settings);
    int step = Math.max(1, corpus.size() / MEASURED_CLIPS);
    for (int i = 0; i < corpus.size(); i += step) {
      statistics.add(AudioReader.read(corpus.get(i), statistics.demand()));
    }
    return statistics.result();
  }

  private static Map<String, Object> settings(int rate, int frames, int bins) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("feature_extractor_type", "ASTFeatureExtractor");
    settings.put("sampling_rate", rate);
    settings.put("num_mel_bins", bins);
    settings.put("max_length", frames);
    settings.put("feature_size", 1);
    settings.put("padding_side", "right");
    settings.put("padding_value", 0.0);
    settings.put("return_attention_mask", false);
    settings.put("do_normalize", true);
    return settings;
  }

  private static Map<String, Object> config(Sizes sizes, int mlpWidth) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("ASTModel"));
    config.put("model_type", "audio-spectrogram-transformer");
    config.put("hidden_size", sizes.width());
    config.put("num_hidden_layers", sizes.depth());
    config.put("num_attention_heads", sizes.heads());
    config.put("intermediate_size", mlpWidth);
    config.put("hidden_act", "gelu");
    config.put("hidden_dropout_prob", 0.0);
    config.put("attention_probs_dropout_prob", 0.0);
    config.put("initializer_range", 0.02);
    config.put("layer_norm_eps", 1e-12);
    config.put("qkv_bias", true);
    config.put("torch_dtype", "float32");
    return config;
  }

  /** Changes spectrograms of AST; the inputs of other families stay as they are. */
  @Override
  public Named<HostTensor> augment(Named<HostTensor> sample, RandomGenerator random) {
    return SpectrogramAugmentation.applies(sample)
        ? SpectrogramAugmentation.of(sample, random)
        : sample;
  }
}
