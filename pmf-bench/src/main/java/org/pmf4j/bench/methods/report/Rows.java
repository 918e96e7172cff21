package org.pmf4j.bench.methods.report;

import java.util.List;
import java.util.Locale;
import org.pmf4j.bench.methods.result.Repeated;
import org.pmf4j.bench.methods.result.VariantSummary;
import org.pmf4j.bench.report.Numbers;

/** Variants as rows of text, the same on the console and on the page. */
public final class Rows {
  private static final String NONE = "–";

  private Rows() {}

  /**
   * The columns' headings.
   *
   * @param metric name of the metric
   */
  public static List<String> headings(String metric) {
    return List.of(
        "variant",
        metric,
        "seeds",
        "trained",
        "share",
        "training memory",
        "inference memory",
        "step",
        "epoch",
        "inference of one");
  }

  /** A row. */
  public static List<String> row(VariantSummary v) {
    return List.of(
        v.variant().name(),
        v.metric() == null ? "failed" : metric(v.metric()),
        seeds(v),
        v.trainable() == null ? NONE : String.format(Locale.ROOT, "%,d", v.trainable()),
        v.trainable() == null ? NONE : share(v.share()),
        v.trainingPeak() == null ? NONE : Numbers.bytes(v.trainingPeak()),
        v.inferencePeak() == null ? NONE : Numbers.bytes(v.inferencePeak()),
        v.stepSeconds() == null ? NONE : Numbers.milliseconds(1000 * v.stepSeconds()),
        v.epochSeconds() == null ? NONE : Numbers.plain(v.epochSeconds()) + " s",
        v.sampleSeconds() == null ? NONE : Numbers.milliseconds(1000 * v.sampleSeconds()));
  }

  /** A metric over seeds: the mean, and the standard deviation where there is one. */
  public static String metric(Repeated r) {
    String mean = String.format(Locale.ROOT, "%.4f", r.mean());
    return r.deviation() == null
        ? mean
        : mean + String.format(Locale.ROOT, " ± %.4f", r.deviation());
  }

  /** A share of weights in percent, with as many digits as small ones need. */
  static String share(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.2f %%" : "%.1f %%", 100 * share);
  }

  private static String seeds(VariantSummary v) {
    int failed = v.errors().size();
    int good = v.seeds().size();
    return failed == 0 ? Integer.toString(good) : good + " of " + (good + failed);
  }
}
