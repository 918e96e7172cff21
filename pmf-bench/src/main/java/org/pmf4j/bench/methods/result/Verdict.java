package org.pmf4j.bench.methods.result;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.bench.methods.plan.Ablations;
import org.pmf4j.core.metrics.Metric;

/**
 * Whether PMF keeps up with fine-tuning everything: whether its mean is at most one standard
 * deviation of fine-tuning's seeds worse than fine-tuning's mean. Immutable, so that any number of
 * threads may share it.
 *
 * @param pmf PMF
 * @param full the best of the methods that train all encoders of PMF and their weights
 * @param difference how much better PMF's mean is; negative if it is worse
 * @param deviation of fine-tuning's seeds; null if there is one seed alone
 * @param within whether PMF keeps up; null if that cannot be told
 */
public record Verdict(
    String pmf, String full, double difference, Double deviation, Boolean within) {

  /** The verdict; empty where PMF or fine-tuning is not among the variants, or failed. */
  public static Optional<Verdict> of(List<VariantSummary> variants, Metric metric) {
    List<VariantSummary> compared =
        variants.stream()
            .filter(v -> v.variant().ablation() == null && v.metric() != null)
            .toList();
    Optional<VariantSummary> pmf =
        compared.stream().filter(v -> v.variant().method().equals(Ablations.METHOD)).findFirst();
    double sign = metric.direction() == Metric.Direction.LARGER_IS_BETTER ? 1 : -1;
    Optional<VariantSummary> full =
        pmf.flatMap(
            p ->
                compared.stream()
                    .filter(v -> v.variant().tuning() == Tuning.FULL)
                    .filter(v -> v.variant().encoders().equals(p.variant().encoders()))
                    .max(Comparator.comparingDouble(v -> sign * v.metric().mean())));
    return full.map(f -> of(pmf.get(), f, sign));
  }

  private static Verdict of(VariantSummary pmf, VariantSummary full, double sign) {
    double difference = sign * (pmf.metric().mean() - full.metric().mean());
    Double deviation = full.metric().deviation();
    Boolean within = difference >= 0 ? Boolean.TRUE : null;
    if (within == null && deviation != null) {
      within = -difference <= deviation;
    }
    return new Verdict(pmf.variant().name(), full.variant().name(), difference, deviation, within);
  }

  /**
   * It as a sentence.
   *
   * @param metric the metric's name
   */
  public String sentence(String metric) {
    String by = String.format(Locale.ROOT, "%.4f", Math.abs(difference));
    String how =
        difference == 0
            ? String.format(
                Locale.ROOT,
                "%s equals %s, the best fine-tuning here, in mean %s",
                pmf,
                full,
                metric)
            : String.format(
                Locale.ROOT,
                "%s is %s %s in mean %s than %s, the best fine-tuning here",
                pmf,
                by,
                difference > 0 ? "better" : "worse",
                metric,
                full);
    if (deviation == null) {
      return how + "; a single seed has no standard deviation to judge that by.";
    }
    String one = String.format(Locale.ROOT, "%.4f", deviation);
    if (difference >= 0) {
      return how + ", so not behind it by one standard deviation of its seeds (" + one + ").";
    }
    return how
        + (within ? ": within" : ": not within")
        + " one standard deviation of its seeds ("
        + one
        + ").";
  }
}
