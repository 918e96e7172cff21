package org.pmf4j.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.training.TrainSettings;

/** A run of three epochs over the tiny table, from which tests of runs differ in one thing each. */
final class TinyRun {
  private TinyRun() {}

  /**
   * Its settings.
   *
   * @param batchSize of 16 rows
   */
  static TrainSettings settings(int batchSize) {
    return TrainSettings.DEFAULT
        .with("epochs", 3)
        .with("batch-size", batchSize)
        .with("learning-rate", 5e-3);
  }

  /** The run into a folder, with no cache. */
  static TrainConfigBuilder config(Path out, TrainSettings settings) {
    TrainConfigBuilder b =
        TrainConfig.builder()
            .data(TinyEncoders.table())
            .validation(TinyEncoders.table())
            .out(out)
            .cache(CacheConfig.NONE)
            .training(settings);
    TinyEncoders.directories().forEach(b::encoder);
    return b;
  }

  /** The trained weights of a model, byte for byte. */
  static byte[] adapter(Path model) throws IOException {
    return Files.readAllBytes(model.resolve("adapter_model.safetensors"));
  }
}
