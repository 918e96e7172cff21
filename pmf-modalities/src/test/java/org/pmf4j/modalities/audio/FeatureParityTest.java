package org.pmf4j.modalities.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

class FeatureParityTest {
  /**
   * Ours are computed in double precision. The reference for Whisper runs through PyTorch in single
   * precision, where a bin near the floor, a hundred million times below the largest in power, has
   * an error of some 1e-5, and resampling differs by 1e-7 of full scale before.
   */
  private static final double TOLERANCE = 1e-4;

  /**
   * Decoders of MP3 differ by 1e-6 of full scale, which the logarithm enlarges in the empty bins
   * above the encoder's low-pass filter.
   */
  private static final double MP3 = 1e-3;

  @TempDir Path folder;

  static Stream<Arguments> cases() {
    return Clips.cases("features")
        .map(c -> Arguments.of(c.get("clip").asText() + " " + c.get("config"), c));
  }

  @ParameterizedTest(name = "{0} has the features that transformers gives")
  @MethodSource("cases")
  void featuresAgree(String title, JsonNode c) {
    Named<HostTensor> inputs;
    try (Preprocessor preprocessor = Clips.preprocessor(folder, c.get("config").toString())) {
      inputs = preprocessor.prepare(Clips.source(c.get("clip").asText()));
    }
    HostTensor features = inputs.get(c.get("input").asText());
    long[] shape =
        IntStream.range(0, c.get("shape").size())
            .mapToLong(i -> c.get("shape").get(i).asLong())
            .toArray();
    assertThat(features.shape().dims()).isEqualTo(shape);
    assertThat(Clips.difference(features.floats(), expected(c, shape)))
        .isLessThanOrEqualTo(c.get("clip").asText().endsWith(".mp3") ? MP3 : TOLERANCE);
    if (c.has("masked")) {
      int real = c.get("masked").get(0).asInt();
      int all = c.get("masked").get(1).asInt();
      assertThat(inputs.get("attention_mask").longs())
          .isEqualTo(LongStream.range(0, all).map(i -> i < real ? 1 : 0).toArray());
    } else {
      assertThat(inputs.names()).containsExactly(c.get("input").asText());
    }
  }

  /** What is stored, and the one value that the frames which are not stored have. */
  private static float[] expected(JsonNode c, long[] shape) {
    int size = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    int offset = c.get("offset").asInt();
    if (!c.has("kept")) {
      return Clips.expected("features", offset, size);
    }
    boolean framesFirst = c.get("input").asText().equals("input_values");
    int kept = c.get("kept").asInt();
    int rows = framesFirst ? kept : (int) shape[0];
    int columns = framesFirst ? (int) shape[1] : kept;
    float[] stored = Clips.expected("features", offset, rows * columns);
    float[] all = new float[size];
    Arrays.fill(all, (float) c.get("rest").asDouble());
    for (int r = 0; r < rows; r++) {
      System.arraycopy(stored, r * columns, all, r * (int) shape[1], columns);
    }
    return all;
  }
}
