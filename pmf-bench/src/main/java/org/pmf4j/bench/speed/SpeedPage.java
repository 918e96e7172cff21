package org.pmf4j.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.bench.speed.SpeedResult.OfPrecision;
import org.pmf4j.bench.speed.SpeedResult.Timing;
import org.pmf4j.bench.statistics.LinearFit;
import org.pmf4j.bench.statistics.Spread;
import org.pmf4j.report.BarChart;
import org.pmf4j.report.Chart;
import org.pmf4j.report.Charts;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.Headline;
import org.pmf4j.report.LineChart;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Report;
import org.pmf4j.report.Section;

/** The figures of {@code pmf bench speed} as a page. */
final class SpeedPage {
  private final SpeedResult r;
  private final List<Section> sections = new ArrayList<>();

  private SpeedPage(SpeedResult result) {
    this.r = result;
  }

  static Report of(SpeedResult result) {
    SpeedPage page = new SpeedPage(result);
    page.headline();
    page.bars("Training step", "step");
    page.bars("Inference", "inference");
    page.table();
    page.python();
    page.wholeRuns();
    page.exactness();
    page.growth();
    page.cache();
    page.method();
    return new Report("PMF speed", page.summary(), page.sections);
  }

  private String summary() {
    Sizes s = r.sizes();
    return String.format(
        Locale.ROOT,
        "One batch of %d: pictures of %d tokens and texts of up to %d, through two encoders of width"
            + " %d, %d layers and %d heads each, the last %d of them fused by prompts of length %d,"
            + " %d classes. PMF trains %,d weights beside %,d frozen ones, %.2f %% of all. All variants"
            + " took turns in one process, on %s.",
        s.batch(),
        s.imageTokens(),
        s.textTokens(),
        s.width(),
        s.depth(),
        s.heads(),
        s.fusionLayers(),
        s.prompts(),
        s.classes(),
        r.trainedWeights(),
        r.encoderWeights(),
        100.0 * r.trainedWeights() / (r.trainedWeights() + r.encoderWeights()),
        r.origin().engines().get(0).engine());
  }

  private void headline() {
    List<Headline.Figure> figures = new ArrayList<>();
    for (OfPrecision p : r.precisions()) {
      for (Timing t : p.variants()) {
        if (t.variant().startsWith("pmf") && t.timesAsFastAsSingle() != null) {
          figures.add(
              new Headline.Figure(
                  Numbers.times(t.timesAsFastAsSingle().median()),
                  t.kind() + ", " + t.title() + ", " + p.precision(),
                  "as fast as whole layers in fp32"));
        }
      }
    }
    if (!figures.isEmpty()) {
      sections.add(new Headline("", figures));
    }
  }

  private void bars(String title, String kind) {
    List<Chart> charts = new ArrayList<>();
    for (int g = 0; g < r.precisions().size(); g++) {
      OfPrecision p = r.precisions().get(g);
      List<BarChart.Bar> bars = new ArrayList<>();
      for (Timing t : p.variants()) {
        if (t.kind().equals(kind)) {
          Spread ms = t.milliseconds();
          bars.add(
              new BarChart.Bar(
                  t.title(),
                  t.variant().startsWith("pmf") ? 0 : 1,
                  ms.median(),
                  ms.lower(),
                  ms.upper(),
                  Numbers.milliseconds(ms.median())));
        }
      }
      originals(bars, p.precision(), kind);
      if (!bars.isEmpty()) {
        charts.add(
            new BarChart(
                "In " + p.precision() + ", median and quartiles", "milliseconds a batch", bars));
      }
    }
    if (!charts.isEmpty()) {
      sections.add(new Charts(title, charts));
    }
  }

  private void originals(List<BarChart.Bar> bars, String precision, String kind) {
    if (r.python() == null) {
      return;
    }
    for (PythonFigures.Original o : r.python().variants()) {
      if (o.precision().equals(precision) && o.variant().contains("step") == kind.equals("step")) {
        Spread ms = o.milliseconds();
        bars.add(
            new BarChart.Bar(
                "Python: " + o.variant(),
                2,
                ms.median(),
                ms.lower(),
                ms.upper(),
                Numbers.milliseconds(ms.median())));
      }
    }
  }

  private void table() {
    List<List<String>> rows = new ArrayList<>();
    for (OfPrecision p : r.precisions()) {
      for (Timing t : p.variants()) {
        rows.add(
            List.of(
                t.kind() + ", " + t.title(),
                p.precision(),
                Numbers.milliseconds(t.milliseconds().median()),
                Cells.times(t.timesAsFast()),
                Cells.times(t.timesAsFastAsSingle()),
                Numbers.plain(t.gflop()),
                Numbers.percent(t.floorShare()),
                Cells.bytes(t.peakBytes()),
                Cells.bytes(t.aboveWeightsBytes())));
      }
      rows.add(
          List.of(
              "plain matrix product",
              p.precision(),
              Numbers.milliseconds(p.gemm().median()),
              Cells.NONE,
              Cells.NONE,
              Numbers.plain(p.gemmRate() * p.gemm().median() / 1e3),
              Numbers.percent(1),
              Cells.NONE,
              Cells.NONE));
    }
    sections.add(
        new DataTable(
            "Time, operations and memory",
            Cells.columns(
                "Work",
                "Matrices",
                "Median",
                "Times as fast",
                "… as fp32",
                "GFLOP",
                "Of product",
                "Peak memory",
                "Above weights"),
            rows));
  }

  private void python() {
    if (r.python() != null) {
      sections.addAll(PythonSections.of(r.python()));
    }
  }

  private void wholeRuns() {
    if (!r.wholeRuns().isEmpty()) {
      sections.addAll(WholeRunSections.of(r.wholeRuns()));
    }
  }

  private void exactness() {
    List<List<String>> rows = new ArrayList<>();
    for (OfPrecision p : r.precisions()) {
      for (SpeedResult.Difference d : p.exactness()) {
        rows.add(
            List.of(
                d.variant(),
                p.precision(),
                Cells.difference(d.logits()),
                Cells.difference(d.gradients())));
      }
    }
    if (!rows.isEmpty()) {
      sections.add(
          new DataTable(
              "Largest difference from the whole layers, relative",
              Cells.columns("Variant", "Matrices", "Logits", "Gradients"),
              rows));
    }
  }

  private void growth() {
    List<Chart> charts = new ArrayList<>();
    for (OfPrecision p : r.precisions()) {
      SpeedResult.Growth g = p.growth();
      charts.add(
          line("A step, " + p.precision(), "samples in the batch", g.batches(), g.batchFit()));
      charts.add(line("An epoch, " + p.precision(), "samples", g.epochs(), g.epochFit()));
    }
    sections.add(new Charts("Cost against size: PMF, trunk cached, milliseconds", charts));
  }

  private static LineChart line(
      String title, String x, Map<Integer, Spread> points, LinearFit fit) {
    List<LineChart.Point> measured = new ArrayList<>();
    List<LineChart.Point> fitted = new ArrayList<>();
    fitted.add(new LineChart.Point(0, fit.intercept()));
    points.forEach(
        (at, ms) -> {
          measured.add(new LineChart.Point(at, ms.median()));
          fitted.add(new LineChart.Point(at, fit.at(at)));
        });
    String line =
        String.format(
            Locale.ROOT,
            "%s + %s a sample, R² %.4f",
            Numbers.plain(fit.intercept()),
            Numbers.plain(fit.slope()),
            fit.r2());
    return new LineChart(
        title,
        x,
        List.of(new LineChart.Line("measured", measured), new LineChart.Line(line, fitted)));
  }

  private void cache() {
    List<List<String>> rows = new ArrayList<>();
    for (OfPrecision p : r.precisions()) {
      SpeedResult.Cache c = p.cache();
      rows.add(
          List.of(
              p.precision(),
              Cells.bytes(c.bytesPerSample()),
              Cells.rate(c.fillRate()),
              Cells.rate(c.firstReadRate()),
              Cells.rate(c.readRate()),
              Cells.rate(c.consumed()),
              c.readOverConsumed() == null ? Cells.NONE : Numbers.times(c.readOverConsumed())));
    }
    sections.add(
        new DataTable(
            "Trunk cache, samples of both modalities a second",
            Cells.columns(
                "Matrices",
                "Size of a sample",
                "Filled",
                "First read",
                "Read",
                "A step takes",
                "Read over taken"),
            rows));
  }

  private void method() {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "A step is what training does with a batch that is prepared: onto the device, forward,"
            + " backward, clipping, AdamW. Times as fast is the whole layers' time over the"
            + " variant's, round by round; the median of these.");
    remarks.add(
        "GFLOP are what the computation needs at least, counted by formula: matrix products alone."
            + " Their share of the plain product's rate is a lower bound of how well the machine is"
            + " used.");
    remarks.add(
        "Memory is the peak of what is resident in a process that does nothing else, after loading;"
            + " above weights is that without the engine and the frozen weights in use: what a step"
            + " itself needs, the trained weights and their optimizer included. It is told in single"
            + " precision alone: loading in bfloat16 converts weights, and what that frees is used"
            + " again.");
    remarks.add(
        "The cache is read by one thread from files in the system's page cache; training reads"
            + " ahead with several. A first read hashes the sample as well.");
    r.leftOut().forEach((v, why) -> remarks.add("Left out: " + v + ", as " + why + "."));
    sections.add(new Remarks("How this was measured", remarks));
  }
}
