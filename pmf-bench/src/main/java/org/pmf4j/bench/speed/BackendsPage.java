package org.pmf4j.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.bench.speed.BackendsResult.OfBackend;
import org.pmf4j.bench.speed.BackendsResult.Timing;
import org.pmf4j.bench.statistics.Spread;
import org.pmf4j.report.BarChart;
import org.pmf4j.report.Chart;
import org.pmf4j.report.Charts;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.Headline;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Report;

/** The figures of {@code pmf bench backends} as a page. */
final class BackendsPage {
  private BackendsPage() {}

  static Report of(BackendsResult r) {
    return Report.of("PMF on its backends", summary(r))
        .with(headline(r))
        .with(bars(r))
        .with(table(r))
        .with(startUp(r))
        .with(agreement(r))
        .with(method());
  }

  private static String summary(BackendsResult r) {
    Sizes s = r.sizes();
    return String.format(
        Locale.ROOT,
        "The same work on %d backends, which took turns in one process: batches of %d, two encoders"
            + " of width %d and %d layers in %s, %d and up to %d tokens, %d fusion layers.",
        r.backends().stream().map(b -> b.engine().backend()).distinct().count(),
        s.batch(),
        s.width(),
        s.depth(),
        r.precision(),
        s.imageTokens(),
        s.textTokens(),
        s.fusionLayers());
  }

  private static Headline headline(BackendsResult r) {
    List<Headline.Figure> figures = new ArrayList<>();
    for (OfBackend b : r.backends()) {
      Timing first = b.work().get(0);
      figures.add(
          new Headline.Figure(
              Numbers.milliseconds(first.milliseconds().median()),
              b.title() + (b.trains() ? ", cached step" : ", inference alone"),
              Numbers.plain(first.samplesPerSecond()) + " samples a second"));
    }
    return new Headline("", figures);
  }

  private static Charts bars(BackendsResult r) {
    List<Chart> charts = new ArrayList<>();
    for (SpeedVariant variant : BackendsRun.VARIANTS) {
      List<BarChart.Bar> bars = new ArrayList<>();
      for (int b = 0; b < r.backends().size(); b++) {
        int place = b;
        OfBackend backend = r.backends().get(b);
        backend.work().stream()
            .filter(t -> t.variant().equals(variant.key()))
            .forEach(t -> bars.add(bar(backend.title(), place, t.milliseconds())));
      }
      if (!bars.isEmpty()) {
        String kind = variant.kind().name().toLowerCase(Locale.ROOT);
        charts.add(
            new BarChart(
                kind + ", " + variant.title(), "milliseconds a batch, with quartiles", bars));
      }
    }
    return new Charts("Time", charts);
  }

  private static BarChart.Bar bar(String backend, int place, Spread ms) {
    return new BarChart.Bar(
        backend, place, ms.median(), ms.lower(), ms.upper(), Numbers.milliseconds(ms.median()));
  }

  private static DataTable table(BackendsResult r) {
    List<List<String>> rows = new ArrayList<>();
    for (OfBackend b : r.backends()) {
      for (Timing t : b.work()) {
        rows.add(
            List.of(
                b.title() + ": " + t.kind() + ", " + t.title(),
                Numbers.milliseconds(t.milliseconds().median()),
                Numbers.plain(t.samplesPerSecond()),
                Cells.times(t.timesAsFast()),
                t.products() == null ? Cells.NONE : Numbers.plain(t.products().median()),
                Numbers.percent(t.floorShare()),
                Cells.bytes(t.peakBytes()),
                Cells.bytes(t.aboveWeightsBytes())));
      }
      rows.add(
          List.of(
              b.title() + ": plain product, " + Numbers.plain(b.gemmRate()) + " GFLOP/s",
              Numbers.milliseconds(b.gemm().median()),
              Cells.NONE,
              Cells.NONE,
              "1",
              Numbers.percent(1),
              Cells.NONE,
              Cells.NONE));
    }
    return new DataTable(
        "Time and memory",
        Cells.columns(
            "Work",
            "Median",
            "Samples/s",
            "Times as fast",
            "Plain products",
            "Of product",
            "Peak memory",
            "Above weights"),
        rows);
  }

  private static DataTable startUp(BackendsResult r) {
    List<List<String>> rows = new ArrayList<>();
    for (OfBackend b : r.backends()) {
      StartTask.Output s = b.startUp();
      rows.add(
          List.of(
              b.title(),
              Numbers.milliseconds(s.jvm()),
              Numbers.milliseconds(s.open()),
              Numbers.milliseconds(s.load()),
              Numbers.milliseconds(s.firstStep()),
              Numbers.milliseconds(s.jvm() + s.open() + s.load() + s.firstStep())));
    }
    return new DataTable(
        "Start of a process",
        Cells.columns("Backend", "JVM", "Engine", "Encoders", "First step", "In all"),
        rows);
  }

  private static DataTable agreement(BackendsResult r) {
    List<List<String>> rows = new ArrayList<>();
    for (OfBackend b : r.backends().subList(1, r.backends().size())) {
      rows.add(
          List.of(
              b.title() + " and " + r.backends().get(0).title(),
              Cells.difference(b.agreement().logits()),
              Cells.difference(b.agreement().gradients())));
    }
    return new DataTable(
        "Largest difference between backends, relative",
        Cells.columns("Backends", "Logits", "Gradients"),
        rows);
  }

  private static Remarks method() {
    return new Remarks(
        "How this was measured",
        List.of(
            "A step is what training does with a batch that is prepared: onto the device, forward,"
                + " backward, clipping, AdamW. Ratios are taken round by round.",
            "The plain product is the engine's own, of two square matrices, in the same rounds:"
                + " engines bring their own, so that work told in products shows what the rest"
                + " costs. Its rate is an upper bound of what the machine gives.",
            "Start and memory are those of a process of its own for each backend; above weights is"
                + " the peak without the engine and the frozen weights in use, the trained weights"
                + " and their optimizer included.",
            "A backend that does not train computes logits alone: its first step is one of"
                + " inference, and there are no gradients of it to compare.",
            "Backends that can hold linear layers of frozen encoders in 8-bit integers infer so too,"
                + " beside the engine's plain product in single precision. How far their logits are"
                + " off is told of random weights; of a model, 'pmf evaluate --precision int8' and"
                + " 'pmf export --int8' tell what it costs."));
  }
}
