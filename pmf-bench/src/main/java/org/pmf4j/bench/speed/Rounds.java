package org.pmf4j.bench.speed;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.core.progress.Progress;

/**
 * Times pieces of work that take turns, so that what else the machine does falls on all of them.
 */
final class Rounds {
  private Rounds() {}

  /** A piece of work that tells its time itself, in milliseconds. */
  @FunctionalInterface
  interface Timed {
    /** Runs the work to its end. */
    double run();
  }

  /** Work timed from outside. */
  static Timed of(Runnable work) {
    return () -> {
      long t = System.nanoTime();
      work.run();
      return (System.nanoTime() - t) / 1e6;
    };
  }

  /**
   * Runs each piece once unmeasured and then once a round, until the notebook has all rounds.
   *
   * @param work by key in the notebook
   */
  static void run(
      String what, Map<String, Timed> work, int rounds, Measurements notebook, Progress progress) {
    int done = work.keySet().stream().mapToInt(notebook::rounds).min().orElse(rounds);
    if (done >= rounds) {
      return;
    }
    try (Progress.Bar bar = progress.begin("warm-up", work.size(), "runs")) {
      work.forEach(
          (key, timed) -> {
            timed.run();
            bar.advance(1, key);
          });
    }
    try (Progress.Bar bar = progress.begin(what, (long) (rounds - done) * work.size(), "runs")) {
      for (int r = done; r < rounds; r++) {
        Map<String, Double> round = new LinkedHashMap<>();
        work.forEach(
            (key, timed) -> {
              round.put(key, timed.run());
              bar.advance(1, key);
            });
        notebook.addRound(round);
      }
    }
  }
}
