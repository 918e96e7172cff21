package org.pmf4j.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.cli.console.PeakMemory;
import org.pmf4j.cli.console.ShellCommand;
import org.pmf4j.console.Durations;
import org.pmf4j.core.metrics.ClassScores;
import org.pmf4j.core.metrics.ConfusionMatrix;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.training.TrainingListener.Epoch;
import org.pmf4j.report.Charts;
import org.pmf4j.report.ConfusionTable;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.Details;
import org.pmf4j.report.Headline;
import org.pmf4j.report.LineChart;
import org.pmf4j.report.Report;
import org.pmf4j.report.Section;

/** What a demo found, as a page. */
final class DemoReport {
  private DemoReport() {}

  static Report of(DemoResult result) {
    Outcome pmf = result.pmf();
    List<Section> sections = new ArrayList<>();
    sections.add(headline(result));
    sections.add(comparison(result));
    sections.add(curves(result));
    sections.add(SampleChoice.samePictures(pmf));
    SampleChoice.mistakes(pmf).ifPresent(sections::add);
    pmf.scores().confusion().ifPresent(c -> sections.add(confusion(c)));
    sections.add(colours(pmf.scores().classes()));
    sections.add(new Details("The same by hand", commands(result)));
    sections.add(new Details("Settings, versions, hardware", facts(result)));
    return new Report("PMF demo", summary(result), sections);
  }

  private static String summary(DemoResult result) {
    return "Each picture shows a sign in three colours. Each question asks for the colour of one"
        + " part: rim, plate or symbol. "
        + Comparison.ceilings(result.ceilings())
        + " Both encoders stay frozen. A linear layer on both side by side adds up what they say and"
        + " cannot pick from one by the other; PMF lets the encoders exchange prompts.";
  }

  private static Headline headline(DemoResult result) {
    Outcome pmf = result.pmf();
    List<Headline.Figure> figures = new ArrayList<>();
    figures.add(new Headline.Figure(Comparison.percent(pmf.accuracy()), "PMF", "test accuracy"));
    for (Outcome o : result.probes()) {
      figures.add(new Headline.Figure(Comparison.percent(o.accuracy()), o.name(), "test accuracy"));
    }
    figures.add(
        new Headline.Figure(
            Comparison.percent(pmf.share()),
            "trained by PMF",
            String.format(
                Locale.ROOT,
                "of %,d weights; larger encoders need a smaller share",
                pmf.training().config().totalParameters())));
    figures.add(
        new Headline.Figure(
            Durations.text(result.seconds()), "in all", "data and encoders included"));
    return new Headline("", figures);
  }

  private static DataTable comparison(DemoResult result) {
    List<DataTable.Column> columns = new ArrayList<>();
    for (String name : Comparison.COLUMNS) {
      boolean first = columns.isEmpty();
      columns.add(
          new DataTable.Column(name, first ? DataTable.Align.TEXT : DataTable.Align.NUMBER));
    }
    return new DataTable("Methods", columns, Comparison.of(result).rows());
  }

  private static Charts curves(DemoResult result) {
    return new Charts(
        "Learning curves",
        List.of(
            chart("Training loss", result, Epoch::loss),
            chart(
                "Validation accuracy",
                result,
                e -> Metric.value(e.validation(), Metric.ACCURACY.key()))));
  }

  private static LineChart chart(String title, DemoResult result, ToDoubleFunction<Epoch> value) {
    List<LineChart.Line> lines = new ArrayList<>();
    for (Outcome o : result.all()) {
      List<LineChart.Point> points =
          o.epochs().stream()
              .map(e -> new LineChart.Point(e.number(), value.applyAsDouble(e)))
              .toList();
      lines.add(new LineChart.Line(o.name(), points));
    }
    return new LineChart(title, "epoch", lines);
  }

  private static ConfusionTable confusion(ConfusionMatrix c) {
    return new ConfusionTable("Confusion matrix of PMF", c.labels(), c.counts());
  }

  private static DataTable colours(List<ClassScores> classes) {
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(new DataTable.Column("Class", DataTable.Align.TEXT));
    for (String name : List.of("Precision", "Recall", "F1", "Rows")) {
      columns.add(new DataTable.Column(name, DataTable.Align.NUMBER));
    }
    List<List<String>> rows =
        classes.stream()
            .map(
                c ->
                    List.of(
                        c.label(),
                        decimals(c.precision()),
                        decimals(c.recall()),
                        decimals(c.f1()),
                        Long.toString(c.support())))
            .toList();
    return new DataTable("Colours, as PMF tells them", columns, rows);
  }

  private static String decimals(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }

  private static Map<String, String> commands(DemoResult result) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (List<String> words : result.commands()) {
      String out = words.get(words.size() - 1);
      facts.put(words.get(1) + " " + out, ShellCommand.typed(words));
    }
    return facts;
  }

  private static Map<String, String> facts(DemoResult result) {
    BackendInfo backend = result.backend();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("seed", Long.toString(result.plan().seed()));
    facts.put(
        "signs",
        String.format(
            Locale.ROOT,
            "%,d to train on, %,d to validate, %,d to test; three questions each",
            result.plan().signs().train(),
            result.plan().signs().validation(),
            result.plan().signs().test()));
    facts.put("written by", result.pmf().training().config().writtenBy());
    facts.put("backend", backend.name() + ", " + backend.engine());
    facts.put("device", backend.device() + ", " + backend.threads() + " threads");
    facts.put(
        "system",
        String.format(
            Locale.ROOT,
            "%s %s, %d processors",
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors()));
    facts.put("Java", Runtime.version().toString());
    facts.put("time", Durations.text(result.seconds()));
    PeakMemory.text().ifPresent(m -> facts.put("peak memory of the process", m));
    return facts;
  }
}
