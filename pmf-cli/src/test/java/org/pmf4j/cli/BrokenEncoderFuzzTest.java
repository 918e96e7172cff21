package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.safetensors.SafetensorsWriter;

@DisplayName("Encoders and inputs that were damaged at random")
class BrokenEncoderFuzzTest {
  private static final int ROUNDS = 60;
  private static final List<String> VALUES =
      List.of("-1", "0", "1", "2", "3", "7", "2147483647", "1e400", "null", "true", "\"x\"", "[]");

  @TempDir private Path folder;

  @ParameterizedTest(name = "give hidden states or one clear line on {0}")
  @ValueSource(strings = {"checking-djl", "checking-tf"})
  void giveAResultOrOneLine(String backend) throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed of the damage: " + seed);
    int done = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Random random = new Random(seed + i);
      boolean image = random.nextBoolean();
      Path healthy = image ? FixtureSamples.IMAGE_ENCODER : FixtureSamples.TEXT_ENCODER;
      Path encoder = FixtureSamples.copy(healthy, folder.resolve(backend + i));
      Path inputs = folder.resolve("inputs.safetensors");
      SafetensorsWriter.write(inputs, inputs(image, random).asMap(), Map.of());
      switch (random.nextInt(4)) {
        case 0 -> changeSetting(encoder.resolve("config.json"), random);
        case 1 -> changeBytes(encoder.resolve("model.safetensors"), random, 600);
        case 2 -> changeBytes(inputs, random, 120);
        default ->
            cut(random.nextBoolean() ? inputs : encoder.resolve("model.safetensors"), random);
      }
      Outcome outcome =
          Outcome.of(
              "encode",
              "--backend",
              backend,
              "--encoder",
              encoder,
              "--inputs",
              inputs,
              "--out",
              folder.resolve("out.safetensors"));
      String what = "seed " + (seed + i) + ": " + outcome.err();
      assertThat(outcome.code()).as(what).isBetween(0, 2);
      assertThat(outcome.err()).as(what).doesNotContain("this is a bug", "\tat ");
      done += outcome.code() == 0 ? 1 : 0;
    }
    // Damaged numbers are numbers, so that some survive; if all did, nothing was damaged.
    assertThat(done).as("encoders that still work, seed %d", seed).isLessThan(ROUNDS);
  }

  private static Named<HostTensor> inputs(boolean image, Random random) {
    if (image) {
      return Named.of("pixel_values", HostTensor.of(new float[2 * 3 * 16 * 16], 2, 3, 16, 16));
    }
    // Ids beyond the vocabulary and below 0 are among them.
    long[] ids = random.longs(8, -1, 80).toArray();
    long[] mask = random.longs(8, 0, 2).toArray();
    return Named.of("input_ids", HostTensor.of(ids, 2, 4))
        .with("attention_mask", HostTensor.of(mask, 2, 4));
  }

  private static void changeSetting(Path config, Random random) throws IOException {
    String[] parts = Files.readString(config).split("(?<=: )");
    int at = 1 + random.nextInt(parts.length - 1);
    String value = VALUES.get(random.nextInt(VALUES.size()));
    parts[at] = parts[at].replaceFirst("^(\\[[^]]*]|[^,\\n}]+)", value);
    Files.writeString(config, String.join("", parts));
  }

  /** Replaces a few of the first bytes, where the header is, by others that a header may hold. */
  private static void changeBytes(Path file, Random random, int within) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] often = "0123456789,:[]{}\"FIU".getBytes(StandardCharsets.US_ASCII);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      bytes[random.nextInt(Math.min(within, bytes.length))] = often[random.nextInt(often.length)];
    }
    Files.write(file, bytes);
  }

  private static void cut(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
  }
}
