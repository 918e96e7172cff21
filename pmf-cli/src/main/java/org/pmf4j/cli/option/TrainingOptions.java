package org.pmf4j.cli.option;

import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.training.TrainSettings;
import picocli.CommandLine.Option;

/**
 * Epochs, batches, optimizer: the options behind {@link TrainSettings}. For one thread at a time.
 */
public final class TrainingOptions {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

  /**
   * Options.
   *
   * @param defaults what they are where they are not given; the metric is the command's to choose
   */
  public TrainingOptions(TrainSettings defaults) {
    epochs = defaults.epochs();
    batchSize = defaults.batchSize();
    accumulation = defaults.accumulation();
    learningRate = defaults.learningRate();
    warmup = defaults.warmup();
    weightDecay = defaults.weightDecay();
    beta2 = defaults.beta2();
    clip = defaults.clip();
    patience = defaults.patience();
    seed = defaults.seed();
    checkpointSteps = defaults.checkpointSteps();
  }

  @Option(names = "--epochs", paramLabel = "N", description = "passes over the data" + DEFAULT)
  private int epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "samples in a batch" + DEFAULT)
  private int batchSize;

  @Option(
      names = "--accumulation",
      paramLabel = "N",
      description = "batches whose gradients make one step" + DEFAULT)
  private int accumulation;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "peak of the learning rate" + DEFAULT)
  private double learningRate;

  @Option(
      names = "--warmup",
      paramLabel = "SHARE",
      description = "share of all steps with a rising learning rate" + DEFAULT)
  private double warmup;

  @Option(
      names = "--weight-decay",
      paramLabel = "W",
      description = "weight decay of AdamW" + DEFAULT)
  private double weightDecay;

  @Option(
      names = "--beta2",
      paramLabel = "B",
      description = "decay of AdamW's second moment" + DEFAULT)
  private double beta2;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "largest norm of the gradients, 0 for no limit" + DEFAULT)
  private double clip;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "stop after so many epochs without a better metric, 0 for never" + DEFAULT)
  private int patience;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "validation metric that chooses the best epoch (default: the task's usual one)")
  private String metric;

  @Option(names = "--seed", paramLabel = "N", description = "seed of everything random" + DEFAULT)
  private long seed;

  @Option(names = "--no-shuffle", description = "take the rows in the order of the file")
  private boolean noShuffle;

  @Option(
      names = "--checkpoint-steps",
      paramLabel = "N",
      description = "steps between checkpoints, 0 for one an epoch" + DEFAULT)
  private int checkpointSteps;

  /**
   * The settings.
   *
   * @param usualMetric used where none was chosen
   * @throws org.pmf4j.api.error.PmfException for a value out of range or an unknown metric
   */
  public TrainSettings settings(Metric usualMetric) {
    Metric chosen = metric == null ? usualMetric : Metric.named(metric);
    return new TrainSettings(
        epochs,
        batchSize,
        accumulation,
        learningRate,
        warmup,
        weightDecay,
        beta2,
        clip,
        patience,
        chosen.key(),
        seed,
        !noShuffle,
        checkpointSteps);
  }
}
