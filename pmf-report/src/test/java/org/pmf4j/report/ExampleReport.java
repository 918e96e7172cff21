package org.pmf4j.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A report with every kind of section; run it to look at one: the argument is the file to write.
 */
final class ExampleReport {
  private static final List<String> LABELS =
      List.of("Red circle", "Blue square", "Green triangle", "Grey star");

  private ExampleReport() {}

  /** Writes the report. */
  public static void main(String[] args) throws IOException {
    report().write(Path.of(args[0]));
  }

  static Report report() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Command", "pmf train --data train.csv --encoder image=vit --out \"a & b\"");
    facts.put("Versions", "pmf 0.1.0\nPyTorch 2.7.1");
    facts.put("Machine", "2 cores, 8 GiB");
    return Report.of(
            "Shapes in words and pictures", "A model of image and text, 4 classes, seed 7.")
        .with(
            new Headline(
                "",
                List.of(
                    new Headline.Figure("93.3 %", "Accuracy", "on 400 rows"),
                    new Headline.Figure("0.933", "Macro F1", ""),
                    new Headline.Figure("2.5 M", "Trained parameters", "1.3 % of 196 M"),
                    new Headline.Figure("3 min 12 s", "Training time", "trunk cached"))))
        .with(curves())
        .with(costs())
        .with(methods())
        .with(classes())
        .with(new ConfusionTable("Confusion matrix", LABELS, counts()))
        .with(new Samples("Predictions", samples()))
        .with(new Details("How this was made", facts));
  }

  private static Charts curves() {
    List<LineChart.Point> training = new ArrayList<>();
    List<LineChart.Point> validation = new ArrayList<>();
    List<LineChart.Point> f1 = new ArrayList<>();
    for (int e = 1; e <= 12; e++) {
      training.add(new LineChart.Point(e, 0.12 + 1.3 * Math.exp(-0.35 * e)));
      validation.add(new LineChart.Point(e, 0.25 + 1.15 * Math.exp(-0.4 * e) + 0.006 * e));
      f1.add(new LineChart.Point(e, 0.93 - 0.6 * Math.exp(-0.45 * e)));
    }
    LineChart losses =
        new LineChart(
            "Loss",
            "epoch",
            List.of(
                new LineChart.Line("training", training),
                new LineChart.Line("validation", validation)));
    LineChart metric =
        new LineChart("Macro F1", "epoch", List.of(new LineChart.Line("validation", f1)));
    return new Charts("Learning curves", List.of(losses, metric));
  }

  private static Charts costs() {
    BarChart bars =
        new BarChart(
            "Training step",
            "milliseconds a batch",
            List.of(
                new BarChart.Bar("whole layers, nothing cached", 1, 412, 400, 431, "412 ms"),
                new BarChart.Bar("PMF, trunk cached", 0, 38, 36, 41, "38 ms"),
                BarChart.Bar.of("not measured", 2, Double.NaN, "–")));
    ScatterPlot cloud =
        new ScatterPlot(
            "Predicted against true",
            "true",
            "predicted",
            ScatterPlot.Spacing.LINEAR,
            cloud(),
            Optional.of(
                new ScatterPlot.Guide(new LineChart.Point(0, 0), new LineChart.Point(40, 40))));
    return new Charts("Cost and fit", List.of(bars, cloud));
  }

  private static List<ScatterPlot.Point> cloud() {
    List<ScatterPlot.Point> points = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      points.add(ScatterPlot.Point.of("", 0, i / 5.0, i / 5.0 + 3 * Math.sin(7.0 * i)));
    }
    return points;
  }

  private static Charts methods() {
    List<ScatterPlot.Point> points =
        List.of(
            new ScatterPlot.Point("pmf", 0, 310, 0.93, 0.92, 0.94),
            new ScatterPlot.Point("pmf, one prompt", 0, 312, 0.928, 0.91, 0.94),
            new ScatterPlot.Point("fine-tuning", 1, 2900, 0.94, 0.935, 0.945),
            ScatterPlot.Point.of("late-concat with a long name", 2, 280, 0.71));
    return new Charts(
        "What accuracy costs",
        List.of(
            new ScatterPlot(
                "Accuracy against memory",
                "training memory, MB",
                "accuracy",
                ScatterPlot.Spacing.LOGARITHMIC,
                points)));
  }

  private static DataTable classes() {
    List<DataTable.Column> columns =
        List.of(
            new DataTable.Column("Class", DataTable.Align.TEXT),
            new DataTable.Column("F1", DataTable.Align.NUMBER),
            new DataTable.Column("Rows", DataTable.Align.NUMBER));
    return new DataTable(
        "Classes", columns, LABELS.stream().map(l -> List.of(l, "0.933", "100")).toList());
  }

  private static List<List<Long>> counts() {
    return List.of(
        List.of(93L, 3L, 2L, 2L),
        List.of(2L, 94L, 2L, 2L),
        List.of(3L, 2L, 93L, 2L),
        List.of(0L, 4L, 3L, 93L));
  }

  private static List<Samples.Sample> samples() throws IOException {
    List<Samples.Sample> samples = new ArrayList<>();
    Color[] colors = {new Color(200, 60, 50), new Color(50, 90, 190), new Color(50, 140, 80)};
    for (int i = 0; i < 3; i++) {
      List<Samples.Score> scores =
          List.of(
              new Samples.Score(LABELS.get(i), 0.871),
              new Samples.Score(LABELS.get((i + 1) % 4), 0.1),
              new Samples.Score(LABELS.get((i + 2) % 4), 0.003));
      samples.add(
          new Samples.Sample(
              List.of(new Samples.Picture("image/png", picture(colors[i], i), "a shape")),
              i == 1
                  ? ""
                  : "This one has <corners> & is said to be quite large, seen from the left.",
              LABELS.get(i),
              i == 0 ? Optional.empty() : Optional.of(LABELS.get(i == 1 ? 1 : 3)),
              scores));
    }
    return samples;
  }

  private static byte[] picture(Color color, int shape) throws IOException {
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(235, 235, 230));
    g.fillRect(0, 0, 96, 96);
    g.setColor(color);
    if (shape == 0) {
      g.fillOval(20, 20, 56, 56);
    } else {
      g.fillRect(20, 20, 56, 56);
    }
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
