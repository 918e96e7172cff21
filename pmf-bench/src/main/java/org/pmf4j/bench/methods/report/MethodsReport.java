package org.pmf4j.bench.methods.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.bench.methods.plan.Ablations;
import org.pmf4j.bench.methods.plan.Variant;
import org.pmf4j.bench.methods.result.CacheCost;
import org.pmf4j.bench.methods.result.Figures;
import org.pmf4j.bench.methods.result.VariantSummary;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.report.Charts;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.Details;
import org.pmf4j.report.Headline;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Report;
import org.pmf4j.report.ScatterPlot;
import org.pmf4j.report.Section;

/** A comparison as a page. For one thread at a time. */
public final class MethodsReport {
  private final Figures figures;
  private final List<VariantSummary> methods;

  private MethodsReport(Figures figures) {
    this.figures = figures;
    this.methods = figures.summary().stream().filter(v -> v.variant().ablation() == null).toList();
  }

  /** The page. */
  public static Report of(Figures figures) {
    return new MethodsReport(figures).page();
  }

  private Report page() {
    List<Section> sections = new ArrayList<>();
    headline(sections);
    sections.add(table("Methods", methods.stream().map(Rows::row).toList()));
    sections.add(new Remarks("", remarks()));
    scatter(sections);
    ablations(sections);
    failures(sections);
    sections.add(new Details("Values of each seed", RunFacts.seeds(figures)));
    sections.add(new Details("Settings of each variant", RunFacts.settings(figures)));
    sections.add(new Details("Data and encoders", RunFacts.data(figures)));
    return new Report("Fusion methods compared", summary(), sections);
  }

  private String summary() {
    int seeds = figures.seeds().size();
    return String.format(
            Locale.ROOT,
            "Compared by %s on %,d rows, over %d %s. Each training and each evaluation ran in a process of",
            figures.metric(),
            figures.subject().test().count(),
            seeds,
            seeds == 1 ? "seed" : "seeds")
        + " its own.";
  }

  private void headline(List<Section> sections) {
    List<Headline.Figure> shown = new ArrayList<>();
    methods.stream()
        .filter(v -> v.variant().method().equals(Ablations.METHOD) && v.metric() != null)
        .findFirst()
        .ifPresent(
            pmf -> {
              shown.add(figure(pmf));
              full().ifPresent(f -> shown.add(figure(f)));
              shown.add(
                  new Headline.Figure(
                      Rows.share(pmf.share()),
                      "trained by " + pmf.variant().name(),
                      String.format(Locale.ROOT, "of %,d weights", pmf.total())));
              full().ifPresent(f -> saved(pmf, f, shown));
            });
    if (!shown.isEmpty()) {
      sections.add(new Headline("", shown));
    }
  }

  private Headline.Figure figure(VariantSummary v) {
    return new Headline.Figure(
        String.format(Locale.ROOT, "%.4f", v.metric().mean()),
        v.variant().name(),
        figures.metric()
            + (v.metric().deviation() == null
                ? ""
                : String.format(Locale.ROOT, " ± %.4f", v.metric().deviation())));
  }

  private static void saved(VariantSummary pmf, VariantSummary full, List<Headline.Figure> shown) {
    if (pmf.trainingPeak() != null && full.trainingPeak() != null) {
      shown.add(
          new Headline.Figure(
              Numbers.percent(pmf.trainingPeak() / full.trainingPeak()),
              "of the training memory",
              "of " + full.variant().name()));
    }
  }

  /** What PMF is measured by. */
  private Optional<VariantSummary> full() {
    return figures.verdict() == null
        ? Optional.empty()
        : methods.stream()
            .filter(v -> v.variant().name().equals(figures.verdict().full()))
            .findFirst();
  }

  private DataTable table(String title, List<List<String>> rows) {
    List<DataTable.Column> columns = new ArrayList<>();
    for (String name : Rows.headings(figures.metric())) {
      boolean first = columns.isEmpty();
      columns.add(
          new DataTable.Column(name, first ? DataTable.Align.TEXT : DataTable.Align.NUMBER));
    }
    return new DataTable(title, columns, rows);
  }

  private List<String> remarks() {
    List<String> told = new ArrayList<>();
    if (figures.verdict() != null) {
      told.add(figures.verdict().sentence(figures.metric()));
    }
    told.add(
        "± is the standard deviation over the seeds. Memory is what the process held at its peak,"
            + " JVM and engine included, in millions of bytes; what came on top of JVM and engine is"
            + " told with the values of each seed. A step's time is the median without the first"
            + " steps, an epoch's is that of its steps. Inference loads the saved model,"
            + " preprocesses, and caches nothing.");
    if (!figures.caches().isEmpty()) {
      told.add(cache());
    }
    return told;
  }

  private String cache() {
    String cached =
        methods.stream()
            .filter(v -> v.variant().cached())
            .map(v -> v.variant().name())
            .collect(Collectors.joining(", "));
    return String.format(
            Locale.ROOT,
            "Trained from cached outputs of the frozen layers: %s. The cache was filled beforehand, in",
            cached)
        + String.format(
            Locale.ROOT,
            " a process that is not counted in the figures above: %s on disk, %s s, for all seeds.",
            Numbers.bytes((double) CacheCost.bytes(figures.caches())),
            Numbers.plain(CacheCost.seconds(figures.caches())));
  }

  private void scatter(List<Section> sections) {
    List<ScatterPlot.Point> points = new ArrayList<>();
    for (VariantSummary v : methods) {
      if (v.metric() != null && v.trainingPeak() != null) {
        double mean = v.metric().mean();
        double deviation = v.metric().deviation() == null ? 0 : v.metric().deviation();
        points.add(
            new ScatterPlot.Point(
                v.variant().name(),
                group(v),
                v.trainingPeak() / 1e6,
                mean,
                mean - deviation,
                mean + deviation));
      }
    }
    if (points.size() > 1) {
      sections.add(
          new Charts(
              "What " + figures.metric() + " costs",
              List.of(
                  new ScatterPlot(
                      figures.metric() + " against training memory",
                      "training memory at its peak, MB",
                      figures.metric(),
                      ScatterPlot.Spacing.LINEAR,
                      points))));
      sections.add(
          new Remarks(
              "",
              List.of(
                  "Blue: PMF; orange: methods that train the encoders; green: others, over frozen"
                      + " encoders. Lines are one standard deviation up and down.")));
    }
  }

  /** Colours: PMF, what trains the encoders, what leaves them frozen. */
  private static int group(VariantSummary v) {
    if (v.variant().method().equals(Ablations.METHOD)) {
      return 0;
    }
    return v.variant().tuning() == Tuning.FULL ? 1 : 2;
  }

  private void ablations(List<Section> sections) {
    Set<String> tables = new LinkedHashSet<>();
    figures.summary().stream()
        .map(v -> v.variant().ablation())
        .filter(t -> t != null)
        .forEach(tables::add);
    for (String name : tables) {
      List<VariantSummary> rows = new ArrayList<>();
      methods.stream()
          .filter(v -> v.variant().method().equals(Ablations.METHOD))
          .findFirst()
          .ifPresent(rows::add);
      figures.summary().stream()
          .filter(v -> name.equals(v.variant().ablation()))
          .forEach(rows::add);
      rows.sort(Comparator.comparingInt(v -> Ablations.order(name, v.variant())));
      sections.add(
          table(
              "Ablation: " + name.toLowerCase(Locale.ROOT),
              rows.stream().map(v -> Rows.row(label(name, v.variant()), v)).toList()));
    }
  }

  private static String label(String table, Variant v) {
    return v.ablation() == null ? v.name() + Ablations.remark(table, v) : v.name();
  }

  private void failures(List<Section> sections) {
    Map<String, String> failed = new LinkedHashMap<>();
    for (VariantSummary v : figures.summary()) {
      v.errors().forEach((seed, error) -> failed.put(v.variant().name() + ", seed " + seed, error));
    }
    if (!failed.isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      failed.forEach((name, error) -> rows.add(List.of(name, error)));
      sections.add(
          new DataTable(
              "Failed",
              List.of(
                  new DataTable.Column("cell", DataTable.Align.TEXT),
                  new DataTable.Column("why", DataTable.Align.TEXT)),
              rows));
    }
  }
}
