package org.pmf4j.modalities.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.Fixtures;
import org.pmf4j.modalities.audio.feature.Demand;

/**
 * Random damage, to Ogg files with checksums made right again. {@code -Dpmf.copies=5000} and {@code
 * -Dpmf.seed=1} try more than the build does. The timeouts are no measurements: they turn what
 * never ends into a failure.
 */
class DamagedAudioTest {
  private static final int COPIES = Integer.getInteger("pmf.copies", 60);
  private static final long SEED = Long.getLong("pmf.seed", 0);

  /** The three headers of the Ogg fixtures end before; the audio's damage is less interesting. */
  private static final int HEADERS = 4_000;

  static Stream<String> clips() {
    try (Stream<Path> files = Files.list(Fixtures.path("audio/clips"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<String> vorbisClips() {
    return Stream.of("mono.ogg", "stereo.ogg");
  }

  @ParameterizedTest(name = "{0} with wrong bytes is audio or a refusal")
  @MethodSource("clips")
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
  void wrongBytesDoNoHarm(String name) {
    byte[] whole = Clips.bytes(name);
    Random random = random(name);
    for (int copy = 0; copy < COPIES; copy++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= copy % 5; i++) {
        damaged[random.nextInt(copy % 2 == 0 ? 64 : damaged.length)] = (byte) random.nextInt();
      }
      isAudioOrRefused(name, damaged);
    }
  }

  @ParameterizedTest(name = "{0} with wrong bytes below right checksums is audio or a refusal")
  @MethodSource("vorbisClips")
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
  void rightChecksumsDoNoHarm(String name) {
    byte[] whole = Clips.bytes(name);
    Random random = random(name);
    for (int copy = 0; copy < 5 * COPIES; copy++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= copy % 5; i++) {
        int most = copy % 3 == 0 ? damaged.length : Math.min(HEADERS, damaged.length);
        damaged[random.nextInt(most)] = (byte) random.nextInt();
      }
      OggChecksums.repair(damaged);
      isAudioOrRefused(name, damaged);
    }
  }

  @Test
  @DisplayName("a Vorbis codebook of no dimensions is refused, not looked at for ever")
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
  void codebookWithoutDimensions() {
    byte[] damaged = Clips.bytes("mono.ogg");
    String text = new String(damaged, StandardCharsets.ISO_8859_1);
    int sizes = text.indexOf("BCV", text.indexOf("\u0005vorbis")) + 3;
    damaged[sizes] = 0;
    damaged[sizes + 1] = 0;
    OggChecksums.repair(damaged);
    assertThatThrownBy(() -> read("mono.ogg", damaged))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("mono.ogg: the audio is damaged (Vorbis setup: codebook 0 has ")
        .hasMessageContaining("entries of 0 numbers");
  }

  @Test
  @DisplayName("comments of two gigabytes, as their header tells, are not made room for")
  void hugeComments() {
    byte[] damaged = Clips.bytes("mono.ogg");
    String text = new String(damaged, StandardCharsets.ISO_8859_1);
    int vendor = text.indexOf("\u0003vorbis") + 7;
    Arrays.fill(damaged, vendor, vendor + 3, (byte) 0xFF);
    damaged[vendor + 3] = 0x7F;
    OggChecksums.repair(damaged);
    assertThat(read("mono.ogg", damaged)).isEqualTo(read("mono.ogg", Clips.bytes("mono.ogg")));
  }

  private static Random random(String name) {
    long seed = SEED + name.hashCode();
    System.out.println(name + ": seed " + seed);
    return new Random(seed);
  }

  private static void isAudioOrRefused(String name, byte[] damaged) {
    try {
      assertThat(read(name, damaged).length).isBetween(1, 100_000);
    } catch (PmfException e) {
      assertThat(e.getMessage()).startsWith(name + ": ").doesNotContain("\n");
    }
  }

  private static float[] read(String name, byte[] bytes) {
    return AudioReader.read(new Source.Bytes(name, bytes), new Demand(16_000, 100_000, true));
  }
}
