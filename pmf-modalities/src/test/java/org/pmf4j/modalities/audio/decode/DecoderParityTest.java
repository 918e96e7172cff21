package org.pmf4j.modalities.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.audio.Clips;

class DecoderParityTest {
  /** Two implementations of Layer III in single precision: sums of some hundred rounded terms. */
  private static final double MP3 = 2e-6;

  /** Two implementations of Vorbis in single precision, with tables of their own. */
  private static final double VORBIS = 1e-5;

  static Stream<Arguments> cases() {
    return Clips.cases("decoded").map(c -> Arguments.of(c.get("clip").asText(), c));
  }

  @ParameterizedTest(name = "{0} has the samples that libsndfile decodes")
  @MethodSource("cases")
  void samplesAgree(String clip, JsonNode c) throws IOException {
    try (Sound sound = AudioDecoder.open(Clips.source(clip))) {
      assertThat(sound.rate()).isEqualTo(c.get("rate").asInt());
      assertThat(sound.channels()).isEqualTo(c.get("channels").asInt());
      int frames = c.get("frames").asInt();
      sound.frames().ifPresent(promised -> assertThat(promised).isEqualTo(frames));
      float[] samples = all(sound);
      float[] expected =
          Clips.expected("decoded", c.get("offset").asInt(), frames * sound.channels());
      assertThat(samples.length).isEqualTo(expected.length);
      assertThat(Clips.difference(samples, expected)).isLessThanOrEqualTo(tolerance(clip));
    }
  }

  private static double tolerance(String clip) {
    return clip.endsWith(".mp3") ? MP3 : clip.endsWith(".ogg") ? VORBIS : 0;
  }

  @Test
  void tagsBeforeTheSoundArePassedOver() throws IOException {
    ByteArrayOutputStream tagged = new ByteArrayOutputStream();
    tagged.writeBytes(Clips.ascii("ID3"));
    tagged.writeBytes(new byte[] {4, 0, 0, 0, 0, 2, 44});
    tagged.writeBytes(new byte[300]);
    byte[] sync = {(byte) 0xFF, (byte) 0xFB, (byte) 0x90, 0};
    for (String clip : new String[] {"mpeg2.mp3", "pcm_16.flac"}) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.writeBytes(tagged.toByteArray());
      file.write(Clips.bytes(clip));
      byte[] bytes = file.toByteArray();
      System.arraycopy(sync, 0, bytes, 100, sync.length);
      assertThat(all(new Source.Bytes(clip, bytes))).isEqualTo(all(Clips.source(clip)));
    }
  }

  @Test
  void chunksBeforeTheSamplesArePassedOver() throws IOException {
    byte[] whole = Clips.bytes("pcm_16.wav");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(whole, 0, 12);
    file.writeBytes(Clips.ascii("LIST"));
    file.writeBytes(new byte[] {5, 0, 0, 0, 'd', 'a', 't', 'a', '!', 0});
    file.write(whole, 12, whole.length - 12);
    assertThat(all(new Source.Bytes("list.wav", file.toByteArray())))
        .isEqualTo(all(Clips.source("pcm_16.wav")));
  }

  @Test
  void aHeaderThatWasNeverCompletedIsReadToTheEndOfTheFile() throws IOException {
    byte[] samples = {1, 2, 3, 4, 5, 6, 7};
    for (int claimed : new int[] {0, -1, Integer.MAX_VALUE}) {
      byte[] wav = Clips.wav(1, 1, 8000, 16, claimed, samples);
      assertThat(all(new Source.Bytes("stream.wav", wav))).hasSize(3);
    }
  }

  @Test
  void javaSoundStillReadsWavFilesWithTheCodecsOnTheClassPath()
      throws IOException, UnsupportedAudioFileException {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(Clips.path("pcm_16.wav").toFile())) {
      assertThat(in.getFormat().getSampleRate()).isEqualTo(8000f);
      assertThat(in.readAllBytes()).hasSize(2 * 960);
    }
    byte[] bytes = Clips.bytes("stereo.wav");
    try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes))) {
      assertThat(in.readAllBytes()).hasSize(2 * 2 * 960);
    }
  }

  @Test
  void theVersionsOfTheCodecsAreTold() {
    assertThat(AudioDecoder.versions())
        .containsPattern("jflac-codec-[0-9.]+jar.*jlayer-.*jar.*jorbis-.*jar");
  }

  private static float[] all(Source source) throws IOException {
    try (Sound sound = AudioDecoder.open(source)) {
      return all(sound);
    }
  }

  private static float[] all(Sound sound) throws IOException {
    float[] all = {};
    for (float[] block = sound.read(); block.length > 0; block = sound.read()) {
      int at = all.length;
      all = Arrays.copyOf(all, at + block.length);
      System.arraycopy(block, 0, all, at, block.length);
    }
    return all;
  }
}
