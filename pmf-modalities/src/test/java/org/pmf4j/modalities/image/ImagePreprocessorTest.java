package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.modalities.Fixtures;

class ImagePreprocessorTest {
  @TempDir Path folder;

  @Test
  void aBatchHoldsItsSamplesInOrder() {
    try (Preprocessor preprocessor = ViT.preprocessor(folder)) {
      Named<HostTensor> a = preprocessor.prepare(image("rgb.png"));
      Named<HostTensor> b = preprocessor.prepare(image("tiny.png"));
      HostTensor batch = preprocessor.collate(List.of(a, b)).get("pixel_values");
      assertThat(batch.shape()).isEqualTo(Shape.of(2, 3, 20, 24));
      float[] all = batch.floats();
      assertThat(IntStream.range(0, 1440).allMatch(i -> all[i] == floats(a)[i])).isTrue();
      assertThat(IntStream.range(0, 1440).allMatch(i -> all[1440 + i] == floats(b)[i])).isTrue();
      assertThat(floats(a)).isNotEqualTo(floats(b));
    }
  }

  @Test
  void imagesOfDifferentSizesDoNotShareABatch() {
    try (Preprocessor preprocessor = ViT.preprocessor(folder, "{\"do_resize\": false}")) {
      List<Named<HostTensor>> samples =
          List.of(preprocessor.prepare(image("rgb.png")), preprocessor.prepare(image("tiny.png")));
      assertThatThrownBy(() -> preprocessor.collate(samples))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining("images of different sizes cannot share a batch");
    }
  }

  @Test
  void severalThreadsPrepareTheSameBits() {
    List<String> names = List.of("rgb.jpg", "palette.gif", "lossy.webp", "rgb.tif", "exif6.jpg");
    try (Preprocessor preprocessor = ViT.preprocessor(folder)) {
      List<float[]> alone =
          names.stream().map(n -> floats(preprocessor.prepare(image(n)))).toList();
      IntStream.range(0, 100)
          .parallel()
          .forEach(
              i ->
                  assertThat(floats(preprocessor.prepare(image(names.get(i % names.size())))))
                      .isEqualTo(alone.get(i % names.size())));
    }
  }

  @Test
  void theFingerprintChangesWithTheSettingsAlone() {
    String fingerprint = ViT.preprocessor(folder).fingerprint();
    assertThat(ViT.preprocessor(folder).fingerprint()).isEqualTo(fingerprint);
    assertThat(ViT.preprocessor(folder, "{\"size\": 20}").fingerprint()).isNotEqualTo(fingerprint);
  }

  @Test
  void aCellIsAPathFromTheFolderOfItsTable() {
    assertThat(new ImageModality().parse(" images/a.png ", Path.of("data")))
        .isEqualTo(new Source.File(Path.of("data/images/a.png")));
  }

  private static Source image(String name) {
    return new Source.File(Fixtures.path("images").resolve(name));
  }

  private static float[] floats(Named<HostTensor> sample) {
    return sample.get("pixel_values").floats();
  }
}
