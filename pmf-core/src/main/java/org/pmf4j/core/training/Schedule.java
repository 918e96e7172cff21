package org.pmf4j.core.training;

/**
 * The learning rate over a run: a linear warm-up, then half a cosine down to zero. Immutable, so
 * that any number of threads may share it.
 *
 * @param peak the highest learning rate
 * @param warmup steps of warm-up, fewer than {@code total}
 * @param total optimizer steps of the whole run
 */
public record Schedule(double peak, long warmup, long total) {
  /**
   * The rate of one step.
   *
   * @param step counted from 0
   */
  public double rate(long step) {
    if (step < warmup) {
      return peak * (step + 1) / warmup;
    }
    double done = (double) (step - warmup) / Math.max(1, total - warmup);
    return peak * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
  }
}
