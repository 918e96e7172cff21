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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.modalities.Fixtures;

class ImageParityTest {
  /**
   * In 8-bit levels. Lossless formats decode to the same bits, and resizing is the same integer
   * arithmetic, so only the last float rounding may differ.
   */
  private static final double SAME_BITS = 0.001;

  /**
   * Pillow 13 takes the columns before the rows where it expects that to be faster, earlier
   * versions never; which comes first changes the rounding between the passes, by one level at
   * most. Of the images here this concerns those that stand upright.
   */
  private static final double PASSES_DIFFER = 1.001;

  /** JPEG decoders may round colours and upsampled chroma by a level or two. */
  private static final double DECODERS_DIFFER = 2;

  @TempDir Path directory;

  static Stream<Arguments> cases() {
    return StreamSupport.stream(Fixtures.json("images.json").spliterator(), false)
        .map(c -> Arguments.of(c.get("image").asText() + " " + c.get("config"), c));
  }

  @ParameterizedTest(name = "{0} has the pixel values that transformers gives")
  @MethodSource("cases")
  void pixelValuesAgree(String title, JsonNode c) throws IOException {
    new ObjectMapper()
        .writeValue(directory.resolve("preprocessor_config.json").toFile(), c.get("config"));
    String image = c.get("image").asText();
    HostTensor pixels;
    try (Preprocessor preprocessor = new ImageModality().preprocessor(directory, "vit")) {
      Source source = new Source.File(Fixtures.path("images").resolve(image));
      pixels = preprocessor.prepare(source).get("pixel_values");
    }
    JsonNode shape = c.get("shape");
    assertThat(pixels.shape())
        .isEqualTo(Shape.of(shape.get(0).asLong(), shape.get(1).asLong(), shape.get(2).asLong()));
    float[] expected = expected(c.get("offset").asInt(), (int) pixels.shape().size());
    assertThat(largestDifference(pixels.floats(), expected) / c.get("level").asDouble())
        .as("largest difference in 8-bit levels")
        .isLessThanOrEqualTo(tolerance(image));
  }

  private static double tolerance(String image) {
    if (image.endsWith(".jpg")) {
      return DECODERS_DIFFER;
    }
    return image.startsWith("exif") ? PASSES_DIFFER : SAME_BITS;
  }

  private static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private static float[] expected(int offset, int count) throws IOException {
    FloatBuffer all =
        ByteBuffer.wrap(Files.readAllBytes(Fixtures.path("images.f32")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    float[] values = new float[count];
    all.position(offset).get(values);
    return values;
  }
}
