package org.pmf4j.core.probe;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pmf4j.core.metrics.Metric;

/**
 * A fused model beside linear probes of its frozen encoders, on the same validation rows.
 * Immutable, so that any number of threads may share it.
 *
 * @param metric that all are compared by
 * @param fusion what the fused model reached on the compared rows
 * @param probes of each modality alone, in the model's order, and of all in one linear layer
 * @param rows that the probes were fitted to and compared on
 */
public record ProbeComparison(Metric metric, Score fusion, List<ProbeScore> probes, Rows rows) {
  /** Copies the list. */
  public ProbeComparison {
    probes = List.copyOf(probes);
  }

  /**
   * How many rows there were, and how many of them were drawn where there were too many.
   *
   * @param fitted training rows that the probes were fitted to
   * @param training training rows there are
   * @param compared validation rows that all were compared on
   * @param validation validation rows there are
   */
  public record Rows(int fitted, int training, int compared, int validation) {
    /** True if the probes have seen fewer training rows than the fused model. */
    public boolean fewer() {
      return fitted < training;
    }
  }

  /** The probe with the best metric; of equal ones the first. */
  public ProbeScore best() {
    boolean larger = metric.direction() == Metric.Direction.LARGER_IS_BETTER;
    Comparator<ProbeScore> byValue =
        Comparator.comparingDouble(p -> larger ? -p.score().value() : p.score().value());
    return probes.stream().min(byValue).orElseThrow();
  }

  /** BETTER than every probe, WORSE than one of them, or else NO_BETTER. */
  public Verdict verdict() {
    if (probes.stream().anyMatch(p -> p.verdict(metric) == Verdict.WORSE)) {
      return Verdict.WORSE;
    }
    boolean better = probes.stream().allMatch(p -> p.verdict(metric) == Verdict.BETTER);
    return better ? Verdict.BETTER : Verdict.NO_BETTER;
  }

  /** What a reader must know, in plain words. */
  public String sentence() {
    ProbeScore told = told();
    String against =
        switch (verdict()) {
          case BETTER ->
              "fusion is better than each modality alone and than all in one linear layer, the best"
                  + " of which is "
                  + told.name();
          case WORSE -> "fusion is worse than " + names(Verdict.WORSE);
          case NO_BETTER -> "fusion is no better than " + names(Verdict.NO_BETTER);
        };
    return String.format(
        Locale.ROOT,
        "%s, on these %,d rows: %s %.3f against %.3f, a difference of %+.3f (95 %% interval %+.3f"
            + " to %+.3f)%s",
        against,
        rows.compared(),
        metric.key(),
        fusion.value(),
        told.score().value(),
        told.difference().value(),
        told.difference().interval().low(),
        told.difference().interval().high(),
        rows.fewer()
            ? String.format(
                Locale.ROOT,
                "; the probes have seen %,d of %,d training rows",
                rows.fitted(),
                rows.training())
            : "");
  }

  /** The best of the probes that the verdict rests on. */
  private ProbeScore told() {
    Verdict verdict = verdict();
    List<ProbeScore> some = probes.stream().filter(p -> p.verdict(metric) == verdict).toList();
    return new ProbeComparison(metric, fusion, some, rows).best();
  }

  private String names(Verdict verdict) {
    return probes.stream()
        .filter(p -> p.verdict(metric) == verdict)
        .map(ProbeScore::name)
        .collect(Collectors.joining(verdict == Verdict.WORSE ? " and than " : ", nor than "));
  }
}
