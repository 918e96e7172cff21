package org.pmf4j.core.probe;

import java.util.List;
import org.pmf4j.core.metrics.Metric;

/**
 * What a linear probe reached, and how far the fused model is ahead of it. Immutable, so that any
 * number of threads may share it.
 *
 * @param modalities that it sees, in the model's order
 * @param penalty λ of its L2 penalty, chosen on held-out training rows
 * @param score on the compared rows
 * @param difference the fused model's metric minus the probe's, on the same rows
 */
public record ProbeScore(List<String> modalities, double penalty, Score score, Score difference) {
  /** Copies the list. */
  public ProbeScore {
    modalities = List.copyOf(modalities);
  }

  /** Such as {@code text alone}, or {@code image and text in one linear layer}. */
  public String name() {
    if (modalities.size() == 1) {
      return modalities.get(0) + " alone";
    }
    int last = modalities.size() - 1;
    return String.join(", ", modalities.subList(0, last))
        + " and "
        + modalities.get(last)
        + " in one linear layer";
  }

  /** What the interval of the difference says. */
  public Verdict verdict(Metric metric) {
    boolean larger = metric.direction() == Metric.Direction.LARGER_IS_BETTER;
    double low = larger ? difference.interval().low() : -difference.interval().high();
    double high = larger ? difference.interval().high() : -difference.interval().low();
    if (low > 0) {
      return Verdict.BETTER;
    }
    return high < 0 ? Verdict.WORSE : Verdict.NO_BETTER;
  }
}
