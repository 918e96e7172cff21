package org.pmf4j.core.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;

/**
 * Drops modalities of training rows at random, as if they were missing, so that the model learns to
 * do without each. What is dropped follows from seed, epoch and row alone: neither from the batch
 * that the row is in nor from when it is drawn. Immutable, so that any number of threads may share
 * it.
 *
 * @param probability of each modality that a row has, 0 to below 1. Where all would be dropped, one
 *     of them stays, each as likely as the others
 * @param seed of the run
 */
public record ModalityDropout(double probability, long seed) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** No modality is dropped. */
  public static final ModalityDropout NONE = new ModalityDropout(0, 0);

  /** Refuses a probability out of range. */
  public ModalityDropout {
    if (!(probability >= 0 && probability < 1)) {
      throw PmfException.usage("modality-dropout must be 0 to below 1, got " + probability);
    }
  }

  /**
   * A row as it is seen in an epoch.
   *
   * @param there which modalities it has
   * @param needed modalities that the method cannot do without, which stay
   * @param epoch from 0
   * @param row its number
   */
  Example apply(Example example, ModalityPattern there, Set<String> needed, int epoch, int row) {
    if (probability == 0) {
      return example;
    }
    SplittableRandom random = random(epoch, row);
    List<String> kept = new ArrayList<>();
    for (String m : there.modalities()) {
      if (random.nextDouble() >= probability || needed.contains(m)) {
        kept.add(m);
      }
    }
    if (kept.isEmpty()) {
      kept.add(there.modalities().get(random.nextInt(there.modalities().size())));
    }
    Set<String> dropped = new LinkedHashSet<>(there.modalities());
    dropped.removeAll(kept);
    return example.without(dropped);
  }

  /** Each number is mixed in by a generator of its own, so that near ones give unlike draws. */
  private SplittableRandom random(int epoch, int row) {
    long mixed = new SplittableRandom(seed * GOLDEN + epoch).nextLong();
    return new SplittableRandom(mixed + row * GOLDEN);
  }
}
