package org.pmf4j.bench.growth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.pmf4j.bench.growth.Growth.Bend;
import org.pmf4j.bench.growth.Growth.Prediction;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.report.Charts;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.DataTable.Align;
import org.pmf4j.report.DataTable.Column;
import org.pmf4j.report.LineChart;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Report;

/** What is predicted, as a page. Has no state: any thread may call it. */
public final class GrowthPage {
  private GrowthPage() {}

  /** The page. */
  public static Report of(Growth g) {
    return Report.of("Training on more executors", summary(g))
        .with(charts(g))
        .with(predictions(g))
        .with(bends(g))
        .with(terms(g.fit()))
        .with(residuals(g.fit()))
        .with(method());
  }

  private static String summary(Growth g) {
    return String.format(
        Locale.ROOT,
        "Predicted from steps that were measured with few executors, not measured: %s of parameters,"
            + " %d rows, and a network of %s a second for each machine.",
        Numbers.bytes((double) g.fit().parameterBytes()),
        g.rows(),
        Numbers.bytes(g.link()));
  }

  private static Charts charts(Growth g) {
    return new Charts(
        "Growth",
        List.of(
            chart(g, "Seconds of a step", p -> p.simulated().median()),
            chart(g, "Rows a second for each executor", p -> p.rowsPerSecond() / p.executors())));
  }

  /** Executors as powers of two, so that 8 and 512 are both to be seen. */
  private static LineChart chart(Growth g, String title, ToDoubleFunction<Prediction> of) {
    List<LineChart.Line> lines = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      lines.add(
          new LineChart.Line(
              scenario.title(),
              g.predictions().stream()
                  .filter(p -> p.scenario() == scenario)
                  .map(
                      p ->
                          new LineChart.Point(
                              Math.log(p.executors()) / Math.log(2), of.applyAsDouble(p)))
                  .toList()));
    }
    return new LineChart(title, "executors, as powers of 2", lines);
  }

  private static DataTable predictions(Growth g) {
    List<List<String>> rows = new ArrayList<>();
    for (Prediction p : g.predictions()) {
      rows.add(
          List.of(
              p.scenario().title(),
              String.valueOf(p.executors()),
              String.format(Locale.ROOT, "%,d", p.rows()),
              seconds(p.seconds()),
              seconds(p.simulated().median()),
              Numbers.percent(p.seconds() / p.simulated().median() - 1),
              Numbers.plain(p.rowsPerSecond())));
    }
    return new DataTable(
        "Predicted",
        columns(
            "A run with", "Executors", "Rows", "Formula", "Simulated", "Apart", "Rows a second"),
        rows);
  }

  private static DataTable bends(Growth g) {
    List<List<String>> rows = new ArrayList<>();
    for (Bend b : g.bends()) {
      rows.add(
          List.of(
              b.scenario().title(),
              b.executors() == null ? "–" : String.valueOf(b.executors()),
              b.scenario().exactness()));
    }
    return new DataTable(
        "Where it bends, and what it costs",
        List.of(
            new Column("A run with", Align.TEXT),
            new Column("From executors", Align.NUMBER),
            new Column("The model's bits", Align.TEXT)),
        rows);
  }

  private static DataTable terms(StepFit fit) {
    StepModel m = fit.model();
    double bytes = fit.parameterBytes();
    return new DataTable(
        "Parts of a step",
        columns("Part", "Milliseconds"),
        List.of(
            part("job, whatever it does", m.step()),
            part("each task that the driver sends", m.task()),
            part("each shard, on its executor", m.shard()),
            part("each row of it", m.row()),
            part("task and result on the executor", m.handling()),
            part("packing the parameters", m.packByte() * bytes),
            part("unpacking them", m.unpackByte() * bytes),
            part("unpacking the gradients of a shard", m.resultByte() * bytes),
            part("adding those", m.addByte() * bytes),
            part("between steps", m.update()),
            List.of("spread of shards' times, as a share", Numbers.percent(m.spread()))));
  }

  private static List<String> part(String name, double seconds) {
    return List.of(name, Numbers.plain(1e3 * seconds));
  }

  private static DataTable residuals(StepFit fit) {
    List<List<String>> rows = new ArrayList<>();
    for (StepFit.Residual r : fit.residuals()) {
      rows.add(
          List.of(
              r.executors() + " executors, " + r.rows() + " rows in " + r.shards() + " shards",
              String.valueOf(r.measured().count()),
              seconds(r.measured().median()),
              seconds(r.measured().lower()) + " to " + seconds(r.measured().upper()),
              seconds(r.predicted()),
              Numbers.percent(r.relative())));
    }
    return new DataTable(
        "Measured steps, until the driver has all gradients",
        columns("Steps of", "Number", "Median", "Quartiles", "Formula", "Apart"),
        rows);
  }

  private static String seconds(double seconds) {
    return Numbers.plain(seconds) + " s";
  }

  private static List<Column> columns(String first, String... others) {
    List<Column> all = new ArrayList<>(List.of(new Column(first, Align.TEXT)));
    Arrays.stream(others).map(name -> new Column(name, Align.NUMBER)).forEach(all::add);
    return all;
  }

  private static Remarks method() {
    return new Remarks(
        "How this was predicted",
        List.of(
            "Each part of a step is fitted to what Spark measured of it: lines of least squares for"
                + " what grows with rows or shards, medians for the others. The network is not"
                + " measured but given.",
            "The formula puts the parts one after the other, but for results that come while others"
                + " are computed. The simulation lets tasks, blocks of the broadcast, stragglers and"
                + " results happen one by one; its figures are medians of 31.",
            "A run bends where twice as many executors bring less than 1.5 times the rows a second,"
                + " by the formula."));
  }
}
