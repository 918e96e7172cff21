package org.pmf4j.bench.methods.report;

import java.util.List;
import java.util.Locale;
import org.pmf4j.bench.methods.result.Repeated;
import org.pmf4j.bench.methods.result.VariantSummary;
import org.pmf4j.bench.report.Numbers;

/**
 * Variants as rows of text, the same on the console and on the page. Has no state: any thread may
 * call it.
 */
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
        "trained",
        "share",
        "training MB",
        "inference MB",
        "ms/step",
        "s/epoch",
        "ms/sample");
  }

  /** A row. */
  public static List<String> row(VariantSummary v) {
    return row(v.variant().name(), v);
  }

  /** A row under another name. */
  static List<String> row(String name, VariantSummary v) {
    return List.of(
        name,
        v.metric() == null ? "failed" : metric(v.metric()) + missing(v),
        v.trainable() == null ? NONE : String.format(Locale.ROOT, "%,d", v.trainable()),
        v.trainable() == null ? NONE : share(v.share()),
        figure(v.trainingPeak(), 1e-6),
        figure(v.inferencePeak(), 1e-6),
        figure(v.stepSeconds(), 1000),
        figure(v.epochSeconds(), 1),
        figure(v.sampleSeconds(), 1000));
  }

  private static String figure(Double value, double unit) {
    return value == null ? NONE : Numbers.plain(value * unit);
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

  /** How many seeds a metric rests on, where some failed. */
  private static String missing(VariantSummary v) {
    int good = v.seeds().size();
    return v.errors().isEmpty()
        ? ""
        : String.format(Locale.ROOT, " (%d of %d)", good, good + v.errors().size());
  }
}
