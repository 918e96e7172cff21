package org.pmf4j.modalities.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;

@DisplayName("Audio that cannot be read is refused in one line that names it:")
class BadAudioTest {
  private static final String FORMATS = "WAV, FLAC, MP3, OGG Vorbis";
  private static final String WAV2VEC2 =
      "{\"feature_extractor_type\": \"Wav2Vec2FeatureExtractor\"}";

  @TempDir Path folder;

  @Test
  void aMissingFile() {
    Path path = folder.resolve("gone.wav");
    refused(new Source.File(path)).hasMessage(path + ": there is no such audio file");
  }

  @Test
  void aFolder() {
    refused(new Source.File(folder)).hasMessage(folder + ": is a folder, not an audio file");
  }

  @Test
  void aText() {
    refused(new Source.Text("hello")).hasMessage("\"hello\": audio is a file, not a text");
  }

  @Test
  void anEmptyFile() {
    refused("empty.wav").hasMessage("empty.wav: the audio is empty (0 bytes)");
  }

  @Test
  void aTextWithTheNameOfAWavFile() {
    refused("table.wav", Clips.ascii("id,label\n1,yes\n"))
        .hasMessage("table.wav: is not audio in a known format (" + FORMATS + ")");
  }

  @Test
  void opus() {
    refused("opus.ogg", Clips.bytes("opus.ogg"))
        .hasMessage(
            "opus.ogg: Opus in Ogg is not supported (of Ogg, Vorbis alone is); convert it to WAV"
                + " or FLAC");
  }

  @Test
  void aGitLfsPointer() {
    refused("lfs.wav", Clips.ascii("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"))
        .hasMessage(
            "lfs.wav: is a pointer of git-lfs, not the audio itself; fetch it with git lfs pull");
  }

  @Test
  void tagsAlone() {
    byte[] tag = new byte[300];
    System.arraycopy(Clips.ascii("ID3"), 0, tag, 0, 3);
    tag[8] = 2;
    tag[9] = 34;
    refused("tag.mp3", tag)
        .hasMessage("tag.mp3: the audio has tags and nothing else; replace the file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pcm_16.wav",
        "pcm_u8.wav",
        "double.wav",
        "extensible.wav",
        "pcm_16.flac",
        "pcm_24.flac",
        "mpeg1.mp3",
        "mpeg2.mp3",
        "mono.ogg",
        "stereo.ogg"
      })
  void aTruncatedFile(String name) {
    byte[] whole = Clips.bytes(name);
    for (int part : new int[] {40, 75, 95}) {
      byte[] cut = Arrays.copyOf(whole, whole.length * part / 100);
      refused(name, cut).hasMessageContaining("truncated");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm_16.wav", "extensible.wav", "pcm_16.flac", "mpeg2.mp3", "mono.ogg"})
  void aFileCutInItsHeader(String name) {
    byte[] whole = Clips.bytes(name);
    for (int length : new int[] {1, 3, 4, 8, 12, 20, 30, 40, 44}) {
      refused(name, Arrays.copyOf(whole, length)).hasMessageStartingWith(name + ": ");
    }
  }

  @Test
  void aFileWithoutSamples() {
    refused("none.wav", Clips.wav(8000)).hasMessage("none.wav: the audio has no samples");
    byte[] headerAlone = Arrays.copyOf(Clips.wav(8000), 36);
    refused("none.wav", headerAlone)
        .hasMessage("none.wav: the WAV file has no samples: no data chunk follows");
  }

  @Test
  void aHeaderThatPromisesGigabytesWithNothingBehindIt() {
    refused("promise.wav", Clips.wav(1, 2, 8000, 16, -16, new byte[0]))
        .hasMessage(
            "promise.wav: the audio is truncated: the header tells of 4294967280 bytes of"
                + " samples, 0 are there; replace the file");
    refused("open.wav", Clips.wav(1, 2, 8000, 16, -1, new byte[0]))
        .hasMessage("open.wav: the audio has no samples");
  }

  @Test
  void aSampleThatIsNotANumber() {
    float[] samples = new float[9_000];
    samples[8_004] = Float.NaN;
    refused("nan.wav", Clips.wav(16_000, samples))
        .hasMessage(
            "nan.wav: sample 8004 (0.500 s) of channel 1 is NaN; repair or replace the file");
    samples[8_004] = Float.POSITIVE_INFINITY;
    refused("infinite.wav", Clips.wav(16_000, samples)).hasMessageContaining("is Infinity");
  }

  @ParameterizedTest(name = "a rate of {0} Hz")
  @CsvSource({"0, 0", "1, 1", "999, 999", "384001, 384001", "-1, 4294967295"})
  void anImpossibleRate(int rate, String told) {
    refused("rate.wav", Clips.wav(rate, 0.1f, 0.2f))
        .hasMessage(
            "rate.wav: the header tells of a sampling rate of "
                + told
                + " Hz; 1000 to 384000 Hz are possible");
  }

  @Test
  void ratesAtTheLimitsAreRead() {
    for (int rate : new int[] {1_000, 384_000}) {
      try (Preprocessor preprocessor = Clips.preprocessor(folder, WAV2VEC2)) {
        Source source = new Source.Bytes("rate.wav", Clips.wav(rate, new float[rate / 10]));
        assertThat(preprocessor.length(preprocessor.prepare(source))).isEqualTo(1_600);
      }
    }
  }

  @ParameterizedTest(name = "{0} channels")
  @ValueSource(ints = {0, 65, 65_535})
  void anImpossibleNumberOfChannels(int channels) {
    byte[] wav = Clips.wav(1, channels, 8000, 8, 65_535, new byte[65_535]);
    int frame = channels & 0xFFFF;
    wav[32] = (byte) frame;
    wav[33] = (byte) (frame >> 8);
    refused("many.wav", wav)
        .hasMessage(
            "many.wav: the header tells of " + channels + " channels; 1 to 64 are possible");
  }

  @Test
  void aHeaderThatContradictsItself() {
    byte[] wav = Clips.wav(1, 2, 8000, 16, 4, new byte[4]);
    wav[32] = 3;
    refused("odd.wav", wav)
        .hasMessage(
            "odd.wav: the WAV header contradicts itself: 2 channels of 16 bits in frames of 3"
                + " bytes");
  }

  @Test
  void aClipTooShortForOneFrame() {
    refused("click.wav", Clips.wav(16_000, new float[399]))
        .hasMessage("click.wav: the audio is too short: 399 samples at 16000 Hz, 400 make a frame");
  }

  /** A sparse file of 1.2 GB: only what the front end uses is read, so it takes no time. */
  @Test
  void tenHoursAreCutWhereTheFrontEndCutsAndRefusedElsewhere() throws IOException {
    Path path = folder.resolve("long.wav");
    long bytes = 10 * 3600 * 16_000L * 2;
    byte[] header = Clips.wav(1, 1, 16_000, 16, (int) bytes, new byte[0]);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(header);
      file.setLength(header.length + bytes);
    }
    Source source = new Source.File(path);
    try (Preprocessor ast = ast()) {
      assertThat(ast.prepare(source).get("input_values").shape().dims())
          .isEqualTo(new long[] {8, 64});
    }
    try (Preprocessor wav2vec2 = Clips.preprocessor(folder, WAV2VEC2)) {
      assertThatThrownBy(() -> wav2vec2.prepare(source))
          .isInstanceOf(PmfException.class)
          .hasMessage(
              path
                  + ": the audio is 36000.0 s long, the limit of this encoder's front end is 60.0 s;"
                  + " cut it");
    }
  }

  @Test
  void aPathThatIsNone() {
    assertThatThrownBy(() -> new AudioModality().parse("a\0b.wav", folder))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("is no path of a file");
  }

  @Test
  @DisplayName("an encoder without preprocessor_config.json")
  void noSettings() {
    assertThatThrownBy(
            () -> new AudioModality().preprocessor(folder, "audio-spectrogram-transformer"))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(
            folder
                + ": preprocessor_config.json is missing; save the encoder's feature extractor there,"
                + " for example by ASTFeatureExtractor.from_pretrained(MODEL)");
  }

  @ParameterizedTest(name = "settings with {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | \"feature_extractor_type\" must be one of ASTFeatureExtractor,",
        "{\"feature_extractor_type\": \"ClapFeatureExtractor\"} | found ClapFeatureExtractor",
        "AST {\"sampling_rate\": 8} | \"sampling_rate\" must be from 1000 to 384000, found 8",
        "AST {\"num_mel_bins\": 0} | \"num_mel_bins\" must be a whole number above 0",
        "AST {\"max_length\": 999999999} | \"max_length\" must be smaller",
        "AST {\"std\": 0} | \"std\" must be other than 0",
        "AST {\"mean\": NaN} | \"mean\" must be a finite number",
        "AST {\"do_normalize\": 1} | \"do_normalize\" must be true or false",
        "Wav2Vec2 {\"feature_size\": 2} | \"feature_size\" is 2: sound has one channel; set it to 1",
        "Wav2Vec2 {\"padding_side\": \"left\"} | \"padding_side\" is left: padding must stand on the right",
        "Whisper {\"dither\": 0.1} | \"dither\" is 0.1: noise would make results differ",
        "Whisper {\"chunk_length\": 999999} | \"chunk_length\" must be smaller",
        "Whisper {\"n_fft\": 100000} | \"n_fft\" must be at most 65536",
        "Whisper {\"hop_length\": 500000} | \"hop_length\" must be at most",
        "Whisper {\"padding_side\": \"left\"} | \"padding_side\" is left: padding must stand on the right",
      })
  void wrongSettings(String settings, String message) throws IOException {
    int brace = settings.indexOf('{');
    String type = settings.substring(0, brace).strip();
    String json = settings.substring(brace);
    if (!type.isEmpty()) {
      json = "{\"feature_extractor_type\": \"" + type + "FeatureExtractor\", " + json.substring(1);
    }
    Path file = Files.writeString(folder.resolve("preprocessor_config.json"), json);
    assertThatThrownBy(() -> new AudioModality().preprocessor(folder, ""))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private Preprocessor ast() {
    return Clips.preprocessor(
        folder,
        "{\"feature_extractor_type\": \"ASTFeatureExtractor\", \"max_length\": 8,"
            + " \"num_mel_bins\": 64}");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(String name, byte... bytes) {
    return refused(new Source.Bytes(name, bytes));
  }

  /** By the front end that reads the most. */
  private AbstractThrowableAssert<?, ? extends Throwable> refused(Source source) {
    String json = "{\"feature_extractor_type\": \"ASTFeatureExtractor\", \"num_mel_bins\": 16}";
    try (Preprocessor preprocessor = Clips.preprocessor(folder, json)) {
      return assertThatThrownBy(() -> preprocessor.prepare(source))
          .isInstanceOf(PmfException.class)
          .satisfies(e -> assertThat(((PmfException) e).kind()).isEqualTo(ErrorKind.INPUT))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
  }
}
