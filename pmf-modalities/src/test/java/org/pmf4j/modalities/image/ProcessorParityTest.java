package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
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
import org.pmf4j.modalities.Fixtures;

@DisplayName("An encoder's files pick the processor that transformers picks, with its defaults")
class ProcessorParityTest {
  /** In 8-bit levels: the resizing is the same integer arithmetic, so only rounding may differ. */
  private static final double SAME_BITS = 0.001;

  @TempDir private Path directory;

  static Stream<Arguments> cases() {
    return Stream.of("4", "5")
        .flatMap(
            version ->
                StreamSupport.stream(
                        Fixtures.json("processors-" + version + ".json").spliterator(), false)
                    .map(c -> Arguments.of(c.get("name").asText(), version, c)));
  }

  @ParameterizedTest(name = "{0}, as transformers {1}")
  @MethodSource("cases")
  void pixelsAgree(String name, String version, JsonNode c) throws IOException {
    for (Map.Entry<String, JsonNode> file : c.get("files").properties()) {
      new ObjectMapper().writeValue(directory.resolve(file.getKey()).toFile(), file.getValue());
    }
    String modelType = c.get("files").get("config.json").get("model_type").asText();
    Source image = new Source.File(Fixtures.path("images").resolve(c.get("image").asText()));
    HostTensor pixels;
    try (Preprocessor preprocessor = new ImageModality().preprocessor(directory, modelType)) {
      pixels = preprocessor.prepare(image).get("pixel_values");
    }

    JsonNode shape = c.get("shape");
    assertThat(pixels.shape())
        .isEqualTo(Shape.of(shape.get(0).asLong(), shape.get(1).asLong(), shape.get(2).asLong()));
    FloatBuffer expected = values(version).position(c.get("offset").asInt());
    float[] found = pixels.floats();
    double largest = 0;
    for (int i = 0; i < found.length; i += c.get("step").asInt()) {
      largest = Math.max(largest, Math.abs(found[i] - expected.get()));
    }
    assertThat(largest / c.get("level").asDouble())
        .as("largest difference in 8-bit levels")
        .isLessThanOrEqualTo(SAME_BITS);
  }

  private static FloatBuffer values(String version) throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.path("processors-" + version + ".f32"));
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
