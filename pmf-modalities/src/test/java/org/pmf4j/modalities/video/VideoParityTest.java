package org.pmf4j.modalities.video;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

@DisplayName("Videos become the pixel values that VideoMAE's processor in transformers makes")
class VideoParityTest {
  /**
   * In 8-bit levels: frames are decoded to the same bits and resized in the same integer
   * arithmetic, so only rounding may differ.
   */
  private static final double SAME_BITS = 0.001;

  /**
   * Pillow 13 takes the columns before the rows where it expects that to be faster, which changes
   * the rounding between the passes by one level at most; of the frames here those that stand
   * upright.
   */
  private static final double PASSES_DIFFER = 1.001;

  @TempDir private Path directory;

  static Stream<Arguments> cases() {
    return Stream.of("4", "5")
        .flatMap(
            version ->
                StreamSupport.stream(json("processors-" + version + ".json").spliterator(), false)
                    .map(c -> Arguments.of(c.get("name").asText(), version, c)));
  }

  @ParameterizedTest(name = "{0}, as transformers {1}")
  @MethodSource("cases")
  void pixelsAgree(String name, String version, JsonNode c) throws IOException {
    for (Map.Entry<String, JsonNode> file : c.get("files").properties()) {
      new ObjectMapper().writeValue(directory.resolve(file.getKey()).toFile(), file.getValue());
    }
    HostTensor pixels;
    try (Preprocessor preprocessor = new VideoModality().preprocessor(directory, "videomae")) {
      pixels = preprocessor.prepare(source(c.get("video"))).get("pixel_values");
    }

    JsonNode dims = c.get("shape");
    assertThat(pixels.shape())
        .isEqualTo(
            Shape.of(
                dims.get(0).asLong(),
                dims.get(1).asLong(),
                dims.get(2).asLong(),
                dims.get(3).asLong()));
    FloatBuffer expected =
        ByteBuffer.wrap(resource("processors-" + version + ".f32"))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .position(c.get("offset").asInt());
    float[] found = pixels.floats();
    double largest = 0;
    for (int i = 0; i < found.length; i += c.get("step").asInt()) {
      largest = Math.max(largest, Math.abs(found[i] - expected.get()));
    }
    boolean upright = name.contains("turned") || name.contains("of several sizes");
    assertThat(largest / c.get("level").asDouble())
        .as("largest difference in 8-bit levels")
        .isLessThanOrEqualTo(upright ? PASSES_DIFFER : SAME_BITS);
  }

  private Source source(JsonNode video) {
    return video.isTextual()
        ? new Source.Bytes(video.asText(), Videos.bytes(video.asText()))
        : new Source.File(
            Videos.folder(
                directory.resolve("frames"),
                StreamSupport.stream(video.spliterator(), false).map(JsonNode::asText).toList()));
  }

  private static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(resource(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = VideoParityTest.class.getResourceAsStream("/videos/" + name)) {
      return in.readAllBytes();
    }
  }
}
