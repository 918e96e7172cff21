package org.pmf4j.modalities.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.Fixtures;
import org.pmf4j.modalities.audio.decode.AudioDecoder;
import org.pmf4j.modalities.audio.decode.Sound;
import org.pmf4j.modalities.audio.feature.Demand;

/** The files that make_sounds.py made, against what libsndfile makes of them. */
class SoundFilesTest {
  /** Two implementations in single precision; the files are louder than those of other tests. */
  private static final double MP3 = 4e-6;

  private static final double VORBIS = 1e-5;

  static Stream<Named<JsonNode>> files() {
    return StreamSupport.stream(Fixtures.json("sounds/sounds.json").spliterator(), false)
        .map(c -> Named.of(c.get("file").asText(), c));
  }

  @ParameterizedTest(name = "{0} is read as libsndfile reads it, or refused by name")
  @MethodSource("files")
  void asLibsndfile(JsonNode c) throws IOException {
    String name = c.get("file").asText();
    Source source = new Source.File(Fixtures.path("sounds/files").resolve(name));
    if (c.has("refused")) {
      assertThatThrownBy(() -> AudioReader.read(source, new Demand(16_000, 1 << 20, true)))
          .isInstanceOf(PmfException.class)
          .satisfies(
              e ->
                  assertThat(e.getMessage())
                      .startsWith(source.describe() + ": ")
                      .contains(c.get("refused").asText())
                      .doesNotContain("\n"));
      return;
    }
    try (Sound sound = AudioDecoder.open(source)) {
      assertThat(sound.rate()).isEqualTo(c.get("rate").asInt());
      assertThat(sound.channels()).isEqualTo(c.get("channels").asInt());
    }
    float[] samples = all(source);
    assertThat(samples.length).isEqualTo(c.get("frames").asInt() * c.get("channels").asInt());
    if (c.has("crc")) {
      assertThat(crc(samples)).isEqualTo(c.get("crc").asLong());
    } else {
      close(samples, c, name.endsWith(".mp3") ? MP3 : VORBIS);
    }
  }

  @Test
  void thereAreManyFilesOfEachFormat() {
    for (String kind : new String[] {"mp3", "wav", "flac", "ogg", "other"}) {
      assertThat(files().filter(f -> f.getName().startsWith(kind + "_")).count())
          .isGreaterThanOrEqualTo(9);
    }
  }

  private static void close(float[] samples, JsonNode c, double tolerance) {
    JsonNode excerpt = c.get("excerpt");
    for (int i = 0; i < excerpt.size(); i++) {
      int at = (int) ((long) i * (samples.length - 1) / (excerpt.size() - 1));
      assertThat((double) samples[at])
          .as("sample %d", at)
          .isCloseTo(excerpt.get(i).asDouble(), offset(tolerance));
    }
    double square = 0;
    for (float s : samples) {
      square += (double) s * s;
    }
    // The mean of squares of samples below 1, each off by less than the tolerance.
    assertThat(square / samples.length)
        .isCloseTo(c.get("square").asDouble(), offset(2 * tolerance));
  }

  private static long crc(float[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    return crc.getValue();
  }

  private static float[] all(Source source) throws IOException {
    float[] all = {};
    try (Sound sound = AudioDecoder.open(source)) {
      for (float[] block = sound.read(); block.length > 0; block = sound.read()) {
        int at = all.length;
        all = Arrays.copyOf(all, at + block.length);
        System.arraycopy(block, 0, all, at, block.length);
      }
    }
    return all;
  }
}
