package org.pmf4j.modalities.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.audio.feature.Demand;

/** The timeouts are no measurements: they turn what never ends into a failure. */
@DisplayName("Time and memory are bounded by what the encoder needs:")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class BoundedAudioTest {
  private static final Demand HALF_A_MINUTE = new Demand(16_000, 480_000, true);

  @TempDir Path folder;

  @Test
  void whatIsNoFileIsRefusedAtOnce() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe.wav");
    assumeTrue(Files.exists(Path.of("/dev/zero")));
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Path path : new Path[] {Path.of("/dev/zero"), Path.of("/dev/null"), pipe}) {
      Source source = new Source.File(path);
      String message =
          path + ": is a pipe or a device, not an audio file; save the sound to a file";
      assertThatThrownBy(() -> AudioReader.read(source, HALF_A_MINUTE)).hasMessage(message);
      assertThatThrownBy(() -> new AudioModality().check(source)).hasMessage(message);
    }
  }

  @Test
  void aCheckReadsTheHeaderAlone() throws IOException {
    AudioModality modality = new AudioModality();
    for (String clip : new String[] {"pcm_16.wav", "pcm_16.flac", "mpeg1.mp3", "mono.ogg"}) {
      modality.check(Clips.source(clip));
    }
    Path damaged = folder.resolve("damaged.wav");
    Files.write(damaged, Clips.wav(3, 0, 8000, 32, 0, new byte[0]));
    assertThatThrownBy(() -> modality.check(new Source.File(damaged)))
        .isInstanceOf(PmfException.class)
        .hasMessage(damaged + ": the header tells of 0 channels; 1 to 64 are possible");
    assertThatThrownBy(() -> modality.check(new Source.File(folder.resolve("gone.wav"))))
        .hasMessage(folder.resolve("gone.wav") + ": there is no such audio file");
    modality.check(new Source.File(hours()));
  }

  @Test
  void daysOfSilenceInFewBytesAreReadAsFarAsNeeded() throws IOException {
    assertThat(AudioReader.read(new Source.File(hours()), HALF_A_MINUTE)).hasSize(480_000);
  }

  @Test
  void soundThatIsTooLongIsRefusedByItsHeader() throws IOException {
    Source source = new Source.File(hours());
    assertThatThrownBy(() -> AudioReader.read(source, new Demand(16_000, 480_000, false)))
        .hasMessageContaining("the limit of this encoder's front end is 30.0 s; cut it");
  }

  @Test
  void anInterruptEndsADecodeAndStaysSet() throws Exception {
    Source source = new Source.File(hours());
    FutureTask<Boolean> decode =
        new FutureTask<>(
            () -> {
              assertThatThrownBy(
                      () ->
                          AudioReader.read(source, new Demand(48_000, Integer.MAX_VALUE - 8, true)))
                  .isInstanceOf(PmfException.class)
                  .hasMessage(source.describe() + ": interrupted while the audio was read")
                  .satisfies(
                      e -> assertThat(((PmfException) e).kind()).isEqualTo(ErrorKind.ENVIRONMENT));
              return Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(decode);
    thread.start();
    assertThatThrownBy(() -> decode.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    thread.interrupt();
    assertThat(decode.get()).isTrue();
  }

  @Test
  void junkOfManyMegabytesBehindAnMp3IsPassedOverInTime() throws IOException {
    Path path = folder.resolve("junk.mp3");
    byte[] junk = new byte[20_000_000];
    new Random(3).nextBytes(junk);
    Files.write(path, Clips.bytes("untagged.mp3"));
    Files.write(path, junk, StandardOpenOption.APPEND);
    float[] alone = AudioReader.read(Clips.source("untagged.mp3"), HALF_A_MINUTE);
    assertThat(AudioReader.read(new Source.File(path), HALF_A_MINUTE)).isEqualTo(alone);
  }

  /** A sparse file of a gigabyte. */
  private Path hours() throws IOException {
    Path path = folder.resolve("hours.wav");
    int bytes = 1 << 30;
    byte[] header = Clips.wav(1, 1, 16_000, 16, bytes, new byte[0]);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(header);
      file.setLength(header.length + (long) bytes);
    }
    return path;
  }
}
