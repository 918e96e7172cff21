package org.pmf4j.modalities.audio;

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
import org.pmf4j.modalities.audio.feature.Demand;

class DamagedAudioTest {
  private static final int COPIES = 60;

  static Stream<String> clips() {
    try (Stream<Path> files = Files.list(Fixtures.path("audio/clips"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0} with wrong bytes is audio or a refusal")
  @MethodSource("clips")
  void wrongBytesDoNoHarm(String name) {
    byte[] whole = Clips.bytes(name);
    long seed = name.hashCode();
    System.out.println(name + ": seed " + seed);
    Random random = new Random(seed);
    for (int copy = 0; copy < COPIES; copy++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= copy % 5; i++) {
        damaged[random.nextInt(copy % 2 == 0 ? 64 : damaged.length)] = (byte) random.nextInt();
      }
      try {
        float[] samples =
            AudioReader.read(new Source.Bytes(name, damaged), new Demand(16_000, 100_000, true));
        assertThat(samples.length).isBetween(1, 100_000);
      } catch (PmfException e) {
        assertThat(e.getMessage()).startsWith(name + ": ").doesNotContain("\n");
      }
    }
  }
}
