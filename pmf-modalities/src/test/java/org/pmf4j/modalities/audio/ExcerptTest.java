package org.pmf4j.modalities.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.audio.feature.Demand;

class ExcerptTest {
  @TempDir Path folder;

  private static Preview.Sound preview(Source source) {
    return (Preview.Sound) new AudioModality().preview(source).orElseThrow();
  }

  /** A tone, mono. */
  private static Source tone(int rate, int samples) {
    float[] values = new float[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * i / rate));
    }
    return new Source.Bytes("tone.wav", Clips.wav(rate, values));
  }

  @Test
  void aShortSoundIsWholeAndTheSame() {
    Source tone = tone(8_000, 4_000);
    Preview.Sound sound = preview(tone);
    assertThat(sound.mediaType()).isEqualTo("audio/wav");
    assertThat(sound.seconds()).isEqualTo(0.5);
    assertThat(sound.whole()).isTrue();
    Demand all = new Demand(8_000, 10_000, true);
    float[] heard = AudioReader.read(new Source.Bytes("preview.wav", sound.bytes()), all);
    float[] given = AudioReader.read(tone, all);
    assertThat(heard).hasSameSizeAs(given);
    for (int i = 0; i < given.length; i++) {
      // A step of 16 bits: samples are multiplied by 32767 and divided by 32768
      assertThat(heard[i]).isCloseTo(given[i], within(1f / 16_384));
    }
  }

  @Test
  void aLongSoundIsCutAfterEightSeconds() {
    Preview.Sound sound = preview(tone(44_100, 10 * 44_100));
    assertThat(sound.whole()).isFalse();
    assertThat(sound.seconds()).isEqualTo(8);
    assertThat(sound.bytes()).hasSize(44 + 2 * 8 * 16_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mono.ogg", "mpeg1.mp3", "eight.flac", "float.wav"})
  void anyFormatBecomesWav(String clip) {
    Preview.Sound sound = preview(Clips.source(clip));
    assertThat(new String(sound.bytes(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    assertThat(sound.seconds()).isGreaterThan(0);
  }

  @Test
  void aFileThatIsGoneIsToldByItsName() {
    Source gone = new Source.File(folder.resolve("gone.wav"));
    assertThatThrownBy(() -> preview(gone))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("gone.wav");
  }
}
