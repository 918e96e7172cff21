package org.pmf4j.modalities.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Pretraining.Sizes;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.modalities.directory.SettingsFiles;

class AudioPretrainingTest {
  private static final Pretraining PRETRAINING = new AudioModality().pretraining().orElseThrow();
  private static final String AST = "audio-spectrogram-transformer";

  @TempDir Path folder;

  @Test
  void aNewDirectoryPreparesClipsOfItsSize() {
    Map<String, Integer> extra =
        Map.of("sampling-rate", 8_000, "max-length", 40, "mel-bins", 32, "patch-size", 8);
    PRETRAINING.initialize(folder, new Sizes(48, 2, 4, extra), List.of());
    try (Preprocessor preprocessor = new AudioModality().preprocessor(folder, AST)) {
      assertThat(preprocessor.prepare(Clips.source("slow.wav")).get("input_values").shape())
          .isEqualTo(Shape.of(40, 32));
    }
    assertThat(config("config.json"))
        .containsEntry("model_type", AST)
        .containsEntry("hidden_size", 48)
        .containsEntry("num_hidden_layers", 2)
        .containsEntry("num_attention_heads", 4)
        .containsEntry("intermediate_size", 192)
        .containsEntry("patch_size", 8)
        .containsEntry("time_stride", 8)
        .containsEntry("frequency_stride", 8)
        .containsEntry("max_length", 40)
        .containsEntry("num_mel_bins", 32)
        .containsEntry("qkv_bias", true);
    assertThat(config("preprocessor_config.json")).containsEntry("sampling_rate", 8_000);
  }

  @Test
  void theDefaultsSuitClipsOfAboutASecond() {
    PRETRAINING.initialize(folder, new Sizes(48, 2, 4, Map.of()), List.of());
    assertThat(config("preprocessor_config.json"))
        .containsEntry("sampling_rate", 16_000)
        .containsEntry("max_length", 128)
        .containsEntry("num_mel_bins", 64);
    assertThat(config("config.json"))
        .containsEntry("patch_size", 16)
        .containsEntry("time_stride", 10);
  }

  @Test
  void theTrainingClipsHaveMeanZeroAndDeviationOneHalf() {
    List<Source> corpus = List.of(Clips.source("speech.wav"), Clips.source("fast.wav"));
    PRETRAINING.initialize(folder, new Sizes(48, 2, 4, Map.of()), corpus);
    List<Float> real = new ArrayList<>();
    try (Preprocessor preprocessor = new AudioModality().preprocessor(folder, AST)) {
      // 0.4 s and 0.2 s: 38 and 18 frames, then padding
      int[] frames = {38, 18};
      for (int c = 0; c < 2; c++) {
        float[] values = preprocessor.prepare(corpus.get(c)).get("input_values").floats();
        for (int i = 0; i < frames[c] * 64; i++) {
          real.add(values[i]);
        }
      }
    }
    double mean = real.stream().mapToDouble(x -> x).average().orElseThrow();
    double square = real.stream().mapToDouble(x -> x * x).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(1e-4));
    assertThat(Math.sqrt(square)).isCloseTo(0.5, within(1e-4));
  }

  @Test
  void impossibleSizesAreRefused() {
    refused(new Sizes(50, 2, 4, Map.of()), "width 50 must be a multiple of heads 4");
    refused(
        new Sizes(48, 2, 4, Map.of("patch-size", 65)),
        "patch-size 65 must not exceed max-length 128 and mel-bins 64");
    refused(
        new Sizes(48, 2, 4, Map.of("patch-stride", 17)),
        "patch-stride 17 must not exceed patch-size 16");
    refused(
        new Sizes(48, 2, 4, Map.of("image-size", 9)),
        "unknown size 'image-size'; known: max-length, mel-bins, mlp-width, patch-size,"
            + " patch-stride, sampling-rate");
    refused(
        new Sizes(48, 2, 4, Map.of("sampling-rate", 500)),
        "sampling-rate must be from 1000 to 384000, got 500");
  }

  private void refused(Sizes sizes, String message) {
    assertThatThrownBy(() -> PRETRAINING.initialize(folder, sizes, List.of()))
        .isInstanceOf(PmfException.class)
        .hasMessage(message)
        .extracting(e -> ((PmfException) e).kind())
        .isEqualTo(ErrorKind.USAGE);
    assertThat(folder).isEmptyDirectory();
  }

  private Map<String, Object> config(String name) {
    return new SettingsFiles(folder).find(name).map(EncoderConfig::values).orElseThrow();
  }
}
