package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Pretraining.Sizes;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.modalities.Fixtures;
import org.pmf4j.modalities.directory.SettingsFiles;

class ImagePretrainingTest {
  private static final Pretraining PRETRAINING = new ImageModality().pretraining().orElseThrow();

  @TempDir Path folder;

  @Test
  void aNewDirectoryPreparesImagesOfItsSize() {
    PRETRAINING.initialize(
        folder, new Sizes(48, 2, 4, Map.of("image-size", 32, "patch-size", 4)), List.of());
    try (Preprocessor preprocessor = new ImageModality().preprocessor(folder, "vit")) {
      Source image = new Source.File(Fixtures.path("images/rgb.jpg"));
      assertThat(preprocessor.prepare(image).get("pixel_values").shape())
          .isEqualTo(Shape.of(3, 32, 32));
    }
    EncoderConfig config = new SettingsFiles(folder).find("config.json").orElseThrow();
    assertThat(config.values())
        .containsEntry("model_type", "vit")
        .containsEntry("hidden_size", 48)
        .containsEntry("intermediate_size", 192)
        .containsEntry("image_size", 32)
        .containsEntry("patch_size", 4);
  }

  @Test
  void augmentationGivesTheEightSymmetriesOfASquare() {
    assertThat(variants(3, 3)).hasSize(8);
  }

  @Test
  void augmentationGivesTheFourSymmetriesOfARectangle() {
    assertThat(variants(2, 3)).hasSize(4);
  }

  /**
   * All results of 200 draws, each a permutation of the pixels that keeps them in their channel.
   */
  private static Set<List<Float>> variants(int height, int width) {
    int area = height * width;
    float[] numbers = new float[3 * area];
    IntStream.range(0, numbers.length).forEach(i -> numbers[i] = i);
    Named<HostTensor> sample = Named.of("pixel_values", HostTensor.of(numbers, 3, height, width));
    long seed = 5;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Set<List<Float>> found = new HashSet<>();
    for (int draw = 0; draw < 200; draw++) {
      HostTensor pixels = PRETRAINING.augment(sample, random).get("pixel_values");
      assertThat(pixels.shape()).isEqualTo(Shape.of(3, height, width));
      float[] values = pixels.floats();
      for (int c = 0; c < 3; c++) {
        int from = c * area;
        assertThat(IntStream.range(from, from + area).mapToObj(i -> (int) values[i]))
            .containsExactlyInAnyOrderElementsOf(
                IntStream.range(from, from + area).boxed().toList());
      }
      found.add(IntStream.range(0, values.length).mapToObj(i -> values[i]).toList());
    }
    return found;
  }

  @Test
  void impossibleSizesAreRefused() {
    refused(new Sizes(50, 2, 4, Map.of()), "width 50 must be a multiple of heads 4");
    refused(new Sizes(48, 0, 4, Map.of()), "depth must be above 0, got 0");
    refused(
        new Sizes(48, 2, 4, Map.of("image-size", 30, "patch-size", 8)),
        "image-size 30 must be a multiple of patch-size 8");
    refused(
        new Sizes(48, 2, 4, Map.of("vocab-size", 9)),
        "unknown size 'vocab-size'; known: image-size, mlp-width, patch-size");
  }

  private void refused(Sizes sizes, String message) {
    assertThatThrownBy(() -> PRETRAINING.initialize(folder, sizes, List.of()))
        .isInstanceOf(PmfException.class)
        .hasMessage(message)
        .extracting(e -> ((PmfException) e).kind())
        .isEqualTo(ErrorKind.USAGE);
    assertThat(folder).isEmptyDirectory();
  }
}
