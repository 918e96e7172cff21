package org.pmf4j.cli.evaluate.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.cli.page.Previews;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Label;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Calibration;
import org.pmf4j.core.metrics.DecisionCurve;
import org.pmf4j.core.model.Answers;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.statistics.ConfidenceInterval;
import org.xml.sax.InputSource;

@DisplayName("The page of an evaluation")
class EvaluationPageTest {
  private static final long SEED = 3;
  private static final List<String> MODALITIES = List.of("image", "text", "audio");
  private static final Previews NONE = (modality, source) -> Optional.empty();
  private static final String EVIL =
      "</script><img src=x onerror=\"alert('1')\">&\u202e{a|b}\u001b[2J";

  /** Rows with all modalities, whose labels are more often right than not. */
  private static Answers answers(Task task, int rows) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Example> examples = new ArrayList<>();
    List<Prediction> predictions = new ArrayList<>();
    int width = task.labels().size();
    for (int i = 0; i < rows; i++) {
      float[] logits = new float[width];
      String label;
      if (task instanceof Task.Regression) {
        logits[0] = (float) random.nextGaussian();
        label = String.format(Locale.ROOT, "%.4f", 10 + 2 * logits[0] + random.nextGaussian());
      } else {
        int truth = random.nextInt(width);
        for (int c = 0; c < width; c++) {
          logits[c] = (float) (random.nextGaussian() + (c == truth ? 1.5 : 0));
        }
        label = task.labels().get(truth);
      }
      examples.add(example(i + 1, MODALITIES, task, label));
      predictions.add(new Prediction(task, logits));
    }
    return Answers.of(task, examples, predictions, MODALITIES);
  }

  private static Example example(int row, List<String> modalities, Task task, String label) {
    Map<String, Source> sources = new LinkedHashMap<>();
    for (String m : modalities) {
      sources.put(
          m,
          m.equals("text")
              ? new Source.Text("text of row " + row)
              : new Source.File(Path.of("data", m + row + ".bin")));
    }
    Label own = task instanceof Task.MultiLabel ? Label.listed(List.of(label)) : Label.of(label);
    return new Example("t.csv row " + row, sources, Optional.of(own));
  }

  private static String page(Answers answers, Previews previews) {
    return EvaluationPage.of(answers, EVIL, previews, Map.of("model", EVIL)).html();
  }

  /** The page without the scripts, which are not made of anybody's data. */
  private static String content(String html) {
    return html.substring(html.indexOf("<body>"), html.indexOf("</main>"));
  }

  private static Task classes(int number) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      labels.add(String.format(Locale.ROOT, "class %02d", i));
    }
    return new Task.SingleLabel(labels);
  }

  private static String cells(Object... cells) {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String cell = cells[i] instanceof Double d ? number(d) : String.valueOf(cells[i]);
      b.append(i == 0 ? "<td>" : "<td class=\"number\">").append(cell).append("</td>");
    }
    return b.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static int count(String part, String html) {
    return html.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  @DisplayName("has the metrics that were computed, with their intervals")
  void metrics() {
    Answers answers = answers(classes(3), 120);
    String html = page(answers, NONE);
    Map<String, ConfidenceInterval> intervals = answers.intervals(1);
    assertThat(answers.result().metrics()).hasSize(5);
    answers
        .result()
        .metrics()
        .forEach(
            (name, value) -> {
              ConfidenceInterval i = intervals.get(name);
              assertThat(html).contains(cells(name, value, i.low(), i.high()));
            });
    assertThat(html)
        .contains("<dd>" + number(answers.result().metrics().get("accuracy")) + "</dd>");
  }

  @Test
  @DisplayName("has the confusion matrix and each class's scores")
  void classes() {
    Answers answers = answers(classes(3), 120);
    String html = page(answers, NONE);
    answers
        .result()
        .classes()
        .forEach(
            c ->
                assertThat(html)
                    .contains(cells(c.label(), c.precision(), c.recall(), c.f1(), c.support())));
    long wrong = answers.result().confusion().orElseThrow().count(1, 2);
    assertThat(html)
        .containsPattern("class 01 taken for class 02: [0-9.]+ % of \\d+\">" + wrong + "<");
  }

  @Test
  @DisplayName("shows the pairs alone of more classes than a matrix has room for")
  void manyClasses() {
    Answers answers = answers(classes(40), 400);
    String html = page(answers, NONE);
    assertThat(html).doesNotContain("Confusion matrix").contains("Most confused");
    var first = answers.result().confusion().orElseThrow().mostConfused(1).get(0);
    assertThat(html)
        .contains("<td>" + first.truth() + "</td><td>" + first.prediction() + "</td>")
        .contains("Drawn are those of the most rows, 6 of 40.");
  }

  @Test
  @DisplayName("has curves and thresholds of the second of two classes")
  void binary() {
    Answers answers = answers(new Task.SingleLabel(List.of("no", "yes")), 200);
    String html = page(answers, NONE);
    DecisionCurve curve = answers.curves().get("yes");
    assertThat(html)
        .contains(String.format(Locale.ROOT, "yes, area %.3f", curve.auroc()))
        .contains(String.format(Locale.ROOT, "yes, mean %.3f", curve.averagePrecision()))
        .doesNotContain("no, area");
    for (DecisionCurve.Point p : curve.thresholds()) {
      String at = String.format(Locale.ROOT, "%.2f", p.threshold());
      assertThat(html).contains(cells(at, p.precision(), p.recall(), p.f1(), p.given()));
    }
    assertThat(html).contains(number(curve.best().threshold()) + ", best F1");
  }

  @Test
  @DisplayName("has thresholds of all labels together and of each, where a row has several")
  void multiLabel() {
    Answers answers = answers(new Task.MultiLabel(List.of("a", "b", "c")), 150);
    String html = page(answers, NONE);
    DecisionCurve.Point at = answers.curves().get(DecisionCurve.ALL).thresholds().get(5);
    assertThat(html)
        .contains("all labels, area", "The best threshold of each label")
        .contains(cells("0.30", at.precision(), at.recall(), at.f1(), at.given()));
    DecisionCurve.Point best = answers.curves().get("b").best();
    assertThat(html)
        .contains(cells("b", best.threshold(), best.precision(), best.recall(), best.f1()));
  }

  @Test
  @DisplayName("has the calibration that was computed")
  void calibration() {
    Answers answers = answers(classes(3), 120);
    String html = page(answers, NONE);
    Calibration calibration = answers.calibration().orElseThrow();
    assertThat(html)
        .contains("The expected calibration error is " + number(calibration.expectedError()));
    Calibration.Bin last = calibration.bins().get(9);
    assertThat(html)
        .contains(cells("0.9 to 1.0", last.decisions(), last.probability(), last.share()));
  }

  @Test
  @DisplayName("draws predicted over true numbers, at most 2,000 of them")
  void regression() {
    Answers answers = answers(new Task.Regression(10, 2), 4500);
    String html = page(answers, NONE);
    assertThat(html)
        .contains("Predicted against true", "Residuals by rank", "The rows that are farthest off")
        .contains("Drawn are 1,500 of 4,500 rows")
        .doesNotContain("Confusion", "Calibration");
    Matcher m = Pattern.compile("data-chart=\"(.*?)\"").matcher(html);
    assertThat(m.find()).isTrue();
    double truth = Double.parseDouble(answers.rows().get(3).example().requireLabel().one());
    double predicted = answers.rows().get(3).prediction().value();
    assertThat(m.group(1)).contains("&quot;x&quot;:" + truth + ",&quot;y&quot;:" + predicted + "}");
  }

  @Test
  @DisplayName("has the metrics of each pattern of what was there")
  void patterns() {
    Task task = classes(2);
    List<Example> examples =
        List.of(
            example(1, List.of("image", "text"), task, "class 00"),
            example(2, List.of("audio"), task, "class 01"),
            example(3, List.of("image", "text"), task, "class 01"));
    Prediction first = new Prediction(task, new float[] {1, 0});
    Answers answers = Answers.of(task, examples, List.of(first, first, first), MODALITIES);
    assertThat(page(answers, NONE))
        .contains("By what was there")
        .containsPattern("<td>image\\+text</td><td class=\"number\">2</td>.*0\\.5000")
        .containsPattern("<td>audio</td><td class=\"number\">1</td>.*0\\.0000");
  }

  @Test
  @DisplayName("begins its rows with the most wrong one, with what can be seen, heard and read")
  void worstRows() {
    Answers answers = answers(classes(3), 120);
    Previews previews =
        (modality, source) ->
            Optional.of(
                modality.equals("image")
                    ? new Preview.Picture("image/png", new byte[] {1, 2, 3})
                    : new Preview.Sound("audio/wav", new byte[] {4, 5, 6}, 2.5, false));
    String html = page(answers, previews);
    var worst = answers.worst(1).get(0);
    String first = html.substring(html.indexOf("<article"), html.indexOf("</article>"));
    assertThat(first)
        .contains("text of row " + worst.row(), "src=\"data:image/png;base64,AQID\"")
        .contains("src=\"data:audio/wav;base64,BAUG\"", "audio" + worst.row() + ".bin, first 2.5 s")
        .contains("t.csv row " + worst.row() + ", loss " + number(worst.loss()))
        .contains("truly " + worst.example().requireLabel().one());
    assertThat(count("<article", html)).isEqualTo(Math.min(24, answers.wrong().size()));
  }

  @Test
  @DisplayName("has a note where a picture can no longer be read, and all else")
  void goneSince() {
    Previews gone =
        (modality, source) -> {
          throw PmfException.input(source.describe() + ": the file is missing <b>");
        };
    String html = content(page(answers(classes(3), 30), gone));
    assertThat(html)
        .containsPattern("image is not shown: data.image\\d+\\.bin: the file is missing &lt;b&gt;")
        .contains("Calibration")
        .doesNotContain("<img", "<audio");
  }

  @Test
  @DisplayName("holds pictures and sounds of 4 MiB at most, whatever they are")
  void isBounded() {
    byte[] large = new byte[900_000];
    Previews previews = (modality, source) -> Optional.of(new Preview.Picture("image/jpeg", large));
    String html = page(answers(classes(40), 3000), previews);
    assertThat(count("<img", content(html))).isEqualTo(4);
    assertThat(html)
        .contains("is not shown: the page has enough pictures and sounds")
        .hasSizeLessThan(8_000_000);
  }

  @Test
  @DisplayName("takes labels, texts and names of files for text alone")
  void hostile() throws Exception {
    Task task = new Task.SingleLabel(List.of(EVIL, EVIL + "2", "x".repeat(5000)));
    List<Example> examples = new ArrayList<>();
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Map<String, Source> sources = new LinkedHashMap<>();
      sources.put("text", new Source.Text(EVIL + "\nsecond line"));
      sources.put("image", new Source.File(Path.of("data", EVIL.replace("/", "") + ".png")));
      Label label = Label.of(task.labels().get(i % 3));
      examples.add(new Example(EVIL, sources, Optional.of(label)));
      predictions.add(new Prediction(task, new float[] {1, i % 2, 0}));
    }
    Answers answers = Answers.of(task, examples, predictions, List.of("text", "image", EVIL));
    String html = content(page(answers, NONE));
    assertThat(html)
        .doesNotContain("<script", "</script", "<img", "onerror=\"", "\u202e", "\u001b")
        .doesNotContain("x".repeat(81))
        .contains("&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html + "</main></body>")));
  }

  @Test
  @DisplayName("says so where no row is wrong, and is the same each time")
  void noneIsWrong() {
    Task task = classes(2);
    List<Example> one = List.of(example(1, MODALITIES, task, "class 00"));
    Answers answers =
        Answers.of(task, one, List.of(new Prediction(task, new float[] {2, 0})), MODALITIES);
    String html = page(answers, NONE);
    assertThat(content(html)).contains("No row is wrong.").doesNotContain("NaN", "<article");
    assertThat(page(answers, NONE)).isEqualTo(html);
  }
}
