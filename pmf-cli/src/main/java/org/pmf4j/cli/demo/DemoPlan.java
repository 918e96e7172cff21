package org.pmf4j.cli.demo;

import java.util.Map;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.cli.demo.signs.SignFiles;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.training.TrainSettings;

/**
 * Sizes and settings of a demo.
 *
 * @param seed of everything random
 * @param signs how much data is made
 * @param image the image encoder
 * @param imageTraining how it is pretrained
 * @param text the text encoder
 * @param textTraining how it is pretrained
 * @param probeTraining how linear probes are trained
 * @param pmfTraining how PMF is trained
 */
record DemoPlan(
    long seed,
    SignFiles.Sizes signs,
    Pretraining.Sizes image,
    TrainSettings imageTraining,
    Pretraining.Sizes text,
    TrainSettings textTraining,
    TrainSettings probeTraining,
    TrainSettings pmfTraining) {

  private static final int WIDTH = 64;
  private static final int HEADS = 4;

  /** Sizes that show the method clearly and are done in two minutes on two cores. */
  static DemoPlan standard(long seed) {
    TrainSettings pretraining = training(seed, 12, 2e-3).with("weight-decay", 0.05);
    return new DemoPlan(
        seed,
        new SignFiles.Sizes(1500, 150, 300, 48),
        new Pretraining.Sizes(
            WIDTH, 4, HEADS, Map.of("image-size", 48, "patch-size", 8, "mlp-width", 2 * WIDTH)),
        pretraining.with("metric", Metric.MAP.key()),
        new Pretraining.Sizes(WIDTH, 3, HEADS, Map.of("max-length", 32, "mlp-width", 2 * WIDTH)),
        pretraining.with("epochs", 1),
        training(seed, 8, 1e-2),
        training(seed, 5, 5e-3));
  }

  private static TrainSettings training(long seed, int epochs, double rate) {
    return TrainSettings.DEFAULT
        .with("seed", seed)
        .with("epochs", epochs)
        .with("learning-rate", rate);
  }
}
