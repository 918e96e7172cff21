package org.pmf4j.modalities.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.modalities.audio.feature.Demand;

class AudioPreprocessorTest {
  private static final String AST =
      "{\"feature_extractor_type\": \"ASTFeatureExtractor\", \"max_length\": 30,"
          + " \"num_mel_bins\": 64}";
  private static final String MASKED =
      "{\"feature_extractor_type\": \"Wav2Vec2FeatureExtractor\","
          + " \"return_attention_mask\": true, \"padding_value\": 0.5}";

  @TempDir Path folder;

  @ParameterizedTest(name = "the first {0} samples")
  @ValueSource(ints = {1, 399, 2_000, 3_200})
  void whatIsDecodedForTheFirstSamplesAreTheFirstSamples(int most) {
    for (String clip : List.of("slow.wav", "fast.wav", "pcm_24.flac", "mpeg1.mp3", "stereo.ogg")) {
      float[] whole = AudioReader.read(Clips.source(clip), new Demand(16_000, 1 << 20, true));
      float[] first = AudioReader.read(Clips.source(clip), new Demand(16_000, most, true));
      assertThat(first).isEqualTo(Arrays.copyOf(whole, Math.min(most, whole.length)));
    }
  }

  @Test
  void channelsAreMixedByTheirMean() {
    byte[] samples = {0, 64, 0, -32, 0, 32, 0, 32};
    Source source = new Source.Bytes("a.wav", Clips.wav(1, 2, 16_000, 16, 8, samples));
    assertThat(AudioReader.read(source, new Demand(16_000, 10, true)))
        .containsExactly(0.125f, 0.25f);
  }

  @Test
  void whatIsDamagedBehindTheUsedSamplesDoesNotMatter() {
    float[] samples = new float[40_000];
    samples[39_000] = Float.NaN;
    Source source = new Source.Bytes("a.wav", Clips.wav(16_000, samples));
    assertThat(AudioReader.read(source, new Demand(16_000, 1_000, true))).hasSize(1_000);
  }

  @Test
  void standardizedClipsHaveMeanZeroAndVarianceOne() {
    try (Preprocessor preprocessor = Clips.preprocessor(folder, MASKED)) {
      float[] values = floats(preprocessor.prepare(Clips.source("speech.wav")));
      double mean =
          IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(1);
      double power =
          IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum();
      assertThat(mean).isCloseTo(0, within(1e-6));
      // 1e-7 is added to the variance before its root is taken.
      assertThat(power / values.length).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void aBatchOfSamplesIsFilledUpAndMasked() {
    try (Preprocessor preprocessor = Clips.preprocessor(folder, MASKED)) {
      Named<HostTensor> a = preprocessor.prepare(Clips.source("short.wav"));
      Named<HostTensor> b = preprocessor.prepare(Clips.source("speech.wav"));
      assertThat(preprocessor.length(a)).isEqualTo(800);
      assertThat(preprocessor.length(b)).isEqualTo(6_400);
      Named<HostTensor> batch = preprocessor.collate(List.of(a, b));
      assertThat(batch.get("input_values").shape()).isEqualTo(Shape.of(2, 6_400));
      assertThat(batch.get("attention_mask").shape()).isEqualTo(Shape.of(2, 6_400));
      float[] values = floats(batch);
      long[] mask = batch.get("attention_mask").longs();
      for (int i = 0; i < 6_400; i++) {
        assertThat(values[i]).isEqualTo(i < 800 ? floats(a)[i] : 0.5f);
        assertThat(mask[i]).isEqualTo(i < 800 ? 1 : 0);
      }
      assertThat(Arrays.copyOfRange(values, 6_400, 12_800)).isEqualTo(floats(b));
    }
  }

  @Test
  void encodersTrainedWithoutAMaskGetNone() {
    try (Preprocessor preprocessor =
        Clips.preprocessor(folder, "{\"feature_extractor_type\": \"Wav2Vec2FeatureExtractor\"}")) {
      Named<HostTensor> a = preprocessor.prepare(Clips.source("short.wav"));
      Named<HostTensor> b = preprocessor.prepare(Clips.source("speech.wav"));
      assertThat(preprocessor.collate(List.of(a, b)).names()).containsExactly("input_values");
    }
  }

  @Test
  void aBatchOfSpectrogramsHoldsItsClipsInOrder() {
    try (Preprocessor preprocessor = Clips.preprocessor(folder, AST)) {
      Named<HostTensor> a = preprocessor.prepare(Clips.source("short.wav"));
      Named<HostTensor> b = preprocessor.prepare(Clips.source("stereo.ogg"));
      assertThat(preprocessor.length(a)).isEqualTo(preprocessor.length(b));
      HostTensor batch = preprocessor.collate(List.of(a, b)).get("input_values");
      assertThat(batch.shape()).isEqualTo(Shape.of(2, 30, 64));
      assertThat(Arrays.copyOf(batch.floats(), 1_920)).isEqualTo(floats(a));
      assertThat(Arrays.copyOfRange(batch.floats(), 1_920, 3_840)).isEqualTo(floats(b));
    }
  }

  @Test
  void theModelTypeStandsInForAMissingExtractorType() {
    assertThat(typeOf("{\"max_length\": 30}", "audio-spectrogram-transformer")).contains("Ast");
    assertThat(typeOf("{}", "hubert")).contains("Wav2Vec2");
    assertThat(typeOf("{\"chunk_length\": 1}", "whisper")).contains("Whisper");
  }

  private String typeOf(String json, String modelType) {
    Clips.write(folder, json);
    return new AudioModality().preprocessor(folder, modelType).toString();
  }

  @Test
  void severalThreadsPrepareTheSameBits() {
    List<String> names = List.of("speech.wav", "pcm_24.flac", "mpeg2.mp3", "stereo.ogg");
    try (Preprocessor preprocessor = Clips.preprocessor(folder, AST)) {
      List<float[]> alone =
          names.stream().map(n -> floats(preprocessor.prepare(Clips.source(n)))).toList();
      IntStream.range(0, 80)
          .parallel()
          .forEach(
              i ->
                  assertThat(
                          floats(preprocessor.prepare(Clips.source(names.get(i % names.size())))))
                      .isEqualTo(alone.get(i % names.size())));
    }
  }

  @Test
  void theFingerprintChangesWithTheSettingsAlone() {
    String fingerprint = Clips.preprocessor(folder, AST).fingerprint();
    assertThat(Clips.preprocessor(folder, AST).fingerprint()).isEqualTo(fingerprint);
    assertThat(Clips.preprocessor(folder, AST.replace("30", "31")).fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(Clips.preprocessor(folder, MASKED).fingerprint()).isNotEqualTo(fingerprint);
  }

  @Test
  void aCellIsAPathFromTheFolderOfItsTable() {
    assertThat(new AudioModality().parse(" clips/a.wav ", Path.of("data")))
        .isEqualTo(new Source.File(Path.of("data/clips/a.wav")));
  }

  private static float[] floats(Named<HostTensor> inputs) {
    return inputs.get("input_values").floats();
  }
}
