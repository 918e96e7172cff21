package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.Fixtures;

class DamagedImagesTest {
  private static final int COPIES = 25;

  static Stream<String> images() {
    try (Stream<Path> files = Files.list(Fixtures.path("images"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0} with wrong bytes is an image or a refusal")
  @MethodSource("images")
  void wrongBytesDoNoHarm(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path("images").resolve(name));
    long seed = name.hashCode();
    System.out.println(name + ": seed " + seed);
    Random random = new Random(seed);
    for (int copy = 0; copy < COPIES; copy++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= copy % 5; i++) {
        damaged[random.nextInt(copy % 2 == 0 ? 64 : damaged.length)] = (byte) random.nextInt();
      }
      try {
        RgbImage image = Decoded.of(new Source.Bytes(name, damaged));
        assertThat((long) image.width() * image.height()).isPositive();
      } catch (PmfException e) {
        assertThat(e.getMessage()).startsWith(name + ": ").doesNotContain("\n");
      }
    }
  }
}
