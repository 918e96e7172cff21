package org.pmf4j.bench.methods.result;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.bench.machine.Provenance;
import org.pmf4j.bench.methods.plan.Variant;
import org.pmf4j.bench.methods.work.InspectTask;
import org.pmf4j.bench.methods.work.Setup;
import org.pmf4j.core.metrics.Metric;

/**
 * All figures of a comparison, as {@code methods.json} has them. Immutable, so that any number of
 * threads may share it.
 *
 * @param bench which benchmark this is: {@code methods}
 * @param origin machine, versions, command
 * @param settings what all cells share
 * @param subject data and encoders
 * @param metric that methods are compared by
 * @param seeds of every variant
 * @param summary a row for each variant, in the order of the plan
 * @param verdict whether PMF keeps up with fine-tuning; null where that is not compared
 * @param caches what cached trunk outputs cost
 * @param cells all of them
 */
public record Figures(
    String bench,
    Provenance origin,
    Setup settings,
    InspectTask.Subject subject,
    String metric,
    List<Long> seeds,
    List<VariantSummary> summary,
    Verdict verdict,
    List<CacheCost> caches,
    List<CellResult> cells) {

  /**
   * Sums cells up.
   *
   * @param settings what all cells share
   */
  public static Figures of(
      Provenance origin, Setup settings, Comparison compared, Metric metric, Outcome outcome) {
    List<VariantSummary> summary = new ArrayList<>();
    for (Variant v : compared.variants()) {
      List<CellResult> own =
          outcome.cells().stream()
              .filter(c -> c.definition().variant().name().equals(v.name()))
              .toList();
      summary.add(VariantSummary.of(v, own, metric.key()));
    }
    return new Figures(
        "methods",
        origin,
        settings,
        compared.subject(),
        metric.key(),
        compared.seeds(),
        summary,
        Verdict.of(summary, metric).orElse(null),
        outcome.caches(),
        outcome.cells());
  }

  /** How many cells failed. */
  public long failures() {
    return cells.stream().filter(CellResult::hasFailed).count();
  }
}
