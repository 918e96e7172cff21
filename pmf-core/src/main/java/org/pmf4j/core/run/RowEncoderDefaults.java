package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.pretrain.InitialEncoder;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.training.TrainSettings;

/**
 * How an encoder of columns is made where nothing is chosen: small, and by few steps, since it has
 * few rows to learn of. With validation rows it stops where these are told no better.
 *
 * @param width of its states
 * @param batch rows in a step
 * @param rows it learns of
 */
record RowEncoderDefaults(int width, int batch, int rows) {
  private static final int DEPTH = 3;
  private static final int HEADS = 4;

  /** Steps of the learning rate's whole course; without validation rows it is shorter. */
  private static final int STEPS = 2000;

  private static final int STEPS_WITHOUT_VALIDATION = 600;
  private static final int FEWEST_EPOCHS = 10;
  private static final int MOST_EPOCHS = 100;

  /** For so many training rows. */
  static RowEncoderDefaults of(int rows) {
    if (rows < 1000) {
      return new RowEncoderDefaults(32, 32, rows);
    }
    return rows < 10_000
        ? new RowEncoderDefaults(64, 64, rows)
        : new RowEncoderDefaults(96, 256, rows);
  }

  EncoderShape shape() {
    return new EncoderShape(width, DEPTH);
  }

  /**
   * All that is decided.
   *
   * @param run whose tables and seed it has
   * @param name of the encoder, and of its modality
   * @param modelType its family
   */
  PretrainConfig config(TrainConfig run, String name, String modelType, Task task, Path out) {
    Columns columns = run.tables().columns();
    Columns own = new Columns(Map.of(name, columns.of(name)), columns.label());
    return new PretrainConfig(
        name,
        new InitialEncoder.Scratch(modelType, new Pretraining.Sizes(width, DEPTH, HEADS, Map.of())),
        run.data(),
        run.validation(),
        run.tables().with(own),
        out,
        PretrainConfig.Goal.of(task),
        true,
        training(run.validation().isPresent(), run.training().seed()),
        run.existing() == TrainConfig.Existing.RESUME);
  }

  private TrainSettings training(boolean validated, long seed) {
    int perEpoch = (rows + batch - 1) / batch;
    int steps = validated ? STEPS : STEPS_WITHOUT_VALIDATION;
    int epochs = Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, steps / perEpoch));
    return TrainSettings.DEFAULT
        .with("epochs", epochs)
        .with("batch-size", batch)
        .with("learning-rate", 1e-3)
        .with("weight-decay", 0.05)
        .with("patience", validated ? Math.max(3, epochs / 5) : 0)
        .with("metric", Metric.LOSS.key())
        .with("seed", seed);
  }
}
