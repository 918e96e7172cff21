package org.pmf4j.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.pmf4j.api.modality.Pretraining.Sizes;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.pretrain.InitialEncoder;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

/** A model of tones and texts, whose encoder of sounds is made here. */
final class SoundModel {
  private static final int RATE = 8_000;
  private static final int CLIPS = 12;

  private SoundModel() {}

  /**
   * Makes it.
   *
   * @param files where clips, table and encoder go
   * @param model where the model goes
   */
  static void train(Pmf pmf, Path files, Path model) throws IOException {
    StringBuilder table = new StringBuilder("audio,text,label\n");
    for (int i = 0; i < CLIPS; i++) {
      Path clip = tone(files.resolve(i + ".wav"), i % 2 == 0 ? 300 + i : 1_500 + i);
      table.append(clip.getFileName()).append(",a tone,").append(i % 2 == 0 ? "low\n" : "high\n");
    }
    Path data = Files.writeString(files.resolve("tones.csv"), table);
    TrainSettings training = TrainSettings.DEFAULT.with("epochs", 1).with("batch-size", 4);
    Map<String, Integer> sizes =
        Map.of("sampling-rate", RATE, "max-length", 40, "mel-bins", 32, "patch-size", 8);
    pmf.pretrain(
        new PretrainConfig(
            "audio",
            new InitialEncoder.Scratch("audio-spectrogram-transformer", new Sizes(16, 2, 2, sizes)),
            data,
            Optional.empty(),
            files.resolve("encoder"),
            PretrainConfig.Goal.SINGLE_LABEL,
            false,
            training,
            false),
        Progress.SILENT,
        TrainingListener.NONE);
    pmf.train(
        TrainConfig.builder()
            .data(data)
            .encoder("audio", files.resolve("encoder"))
            .encoder("text", ServedModels.resource("encoders/text-16"))
            .out(model)
            .cache(CacheConfig.NONE)
            .probes(false)
            .training(training)
            .build());
  }

  /** Half a second of a tone. */
  static Path tone(Path file, double hertz) throws IOException {
    byte[] samples = new byte[RATE];
    for (int i = 0; i < RATE / 2; i++) {
      short value = (short) (20_000 * Math.sin(2 * Math.PI * hertz * i / RATE));
      samples[2 * i] = (byte) value;
      samples[2 * i + 1] = (byte) (value >> 8);
    }
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    AudioInputStream stream =
        new AudioInputStream(new ByteArrayInputStream(samples), format, RATE / 2);
    AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
    return file;
  }
}
