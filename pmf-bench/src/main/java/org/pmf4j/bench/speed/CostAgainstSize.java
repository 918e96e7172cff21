package org.pmf4j.bench.speed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.progress.Progress;

/** How the cost of PMF's cached step grows with the batch, and that of an epoch with the data. */
final class CostAgainstSize {
  /** Rounds of these. */
  private static final int ROUNDS = 3;

  /** Batches of the smallest epoch. */
  private static final int EPOCH = 4;

  static final List<Integer> FACTORS = List.of(1, 2, 4);

  private final Fixture bench;
  private final String precision;
  private final Measurements notebook;
  private final Progress progress;

  CostAgainstSize(Fixture bench, String precision, Measurements notebook, Progress progress) {
    this.bench = bench;
    this.precision = precision;
    this.notebook = notebook;
    this.progress = progress;
  }

  /** How many samples are needed. */
  int samples() {
    return bench.sizes().batch() * EPOCH * 4;
  }

  static String batchKey(String precision, int batch) {
    return precision + "/step with batch " + batch;
  }

  static String epochKey(String precision, int samples) {
    return precision + "/epoch over " + samples;
  }

  /** Batch sizes, smallest first. */
  static List<Integer> batches(Sizes sizes) {
    return FACTORS.stream().map(f -> f * sizes.batch()).toList();
  }

  /** Numbers of samples of an epoch, smallest first. */
  static List<Integer> epochs(Sizes sizes) {
    return FACTORS.stream().map(f -> f * EPOCH * sizes.batch()).toList();
  }

  void measure(VariantRun cached) {
    Sizes sizes = bench.sizes();
    Map<String, Rounds.Timed> work = new LinkedHashMap<>();
    for (int b : batches(sizes)) {
      work.put(batchKey(precision, b), Rounds.of(() -> cached.run(b)));
    }
    for (int n : epochs(sizes)) {
      work.put(epochKey(precision, n), Rounds.of(() -> cached.epoch(n, sizes.batch())));
    }
    Rounds.run("cost against size, " + precision, work, ROUNDS, notebook, progress);
  }
}
