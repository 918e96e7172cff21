package org.pmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportTest {
  private static final String EVIL = "<script>\"a\" & 'b'</script>";

  @TempDir Path folder;

  private static BarChart bars() {
    return new BarChart(EVIL, EVIL, List.of(BarChart.Bar.of(EVIL, 0, 1, EVIL)));
  }

  private static ScatterPlot scatter() {
    return new ScatterPlot(
        EVIL, EVIL, EVIL, ScatterPlot.Spacing.LINEAR, List.of(ScatterPlot.Point.of(EVIL, 0, 1, 2)));
  }

  @Test
  void everyGivenTextIsEscaped() {
    LineChart.Line line = new LineChart.Line(EVIL, List.of(new LineChart.Point(1, 2)));
    Samples.Sample sample =
        new Samples.Sample(
            List.of(new Samples.Picture(EVIL, new byte[] {1}, EVIL)),
            EVIL,
            EVIL,
            Optional.of(EVIL + "x"),
            List.of(new Samples.Score(EVIL, 0.5)));
    ConfusionTable confusion =
        new ConfusionTable(EVIL, List.of(EVIL, "b"), List.of(List.of(1L, 2L), List.of(0L, 0L)));
    String html =
        Report.of(EVIL, EVIL)
            .with(new Headline(EVIL, List.of(new Headline.Figure(EVIL, EVIL, EVIL))))
            .with(new Charts(EVIL, List.of(new LineChart(EVIL, EVIL, List.of(line)))))
            .with(
                new DataTable(
                    EVIL,
                    List.of(new DataTable.Column(EVIL, DataTable.Align.TEXT)),
                    List.of(List.of(EVIL))))
            .with(confusion)
            .with(new Samples(EVIL, List.of(sample)))
            .with(new Details(EVIL, Map.of(EVIL, EVIL)))
            .with(new Remarks(EVIL, List.of(EVIL)))
            .with(new Charts(EVIL, List.of(bars(), scatter())))
            .html();
    assertThat(content(html))
        .doesNotContain("<script")
        .doesNotContain("\"a\"")
        .doesNotContain("'b'")
        .contains("&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;");
  }

  /** The page without the scripts and their licence, which are nobody's input. */
  private static String content(String html) {
    return html.substring(0, html.indexOf("</main>"));
  }

  @Test
  void thePageNeedsNothingFromOutside() throws IOException {
    String html = ExampleReport.report().html();
    Pattern outside = Pattern.compile("https?:|url\\(|<script|<link|src=\"(?!data:)|@import");
    assertThat(outside.matcher(content(html)).find()).isFalse();
    assertThat(html).contains("default-src 'none'").doesNotContain("<script ", "<link");
  }

  @Test
  void thePageRunsItsTwoScriptsAndNoOthers() throws Exception {
    String html = ExampleReport.report().html();
    Matcher scripts = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);
    List<String> hashes = new ArrayList<>();
    while (scripts.find()) {
      byte[] text = scripts.group(1).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      hashes.add("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
      assertThat(scripts.group(1)).doesNotContain("<!--", "<script", "\r");
    }
    assertThat(hashes).hasSize(2);
    assertThat(html).contains("; script-src " + String.join(" ", hashes) + "\">");
  }

  @Test
  void theScriptOfOthersComesWithItsLicence() throws IOException {
    assertThat(ExampleReport.report().html())
        .contains("Charts by Apache ECharts 5.", "Apache License", "BSD 3-Clause (d3.js)");
  }

  @Test
  void aPageWithoutChartsHasNoScript() {
    String html = Report.of("t", "s").with(new Remarks("", List.of("words"))).html();
    assertThat(html).doesNotContain("<script", "script-src", "ECharts").hasSizeLessThan(20_000);
  }

  @Test
  void tagsAreBalanced() throws Exception {
    Document page = body(ExampleReport.report().html());
    assertThat(page.getElementsByTagName("section").getLength()).isEqualTo(8);
    assertThat(page.getElementsByTagName("figure").getLength()).isEqualTo(5);
    assertThat(page.getElementsByTagName("img").getLength()).isEqualTo(3);
  }

  /** The body is written as XML too, but for the tags that HTML leaves open. */
  private static Document body(String html) throws Exception {
    String body =
        html.substring(html.indexOf("<body>"), html.indexOf("<details class=\"licence\">"));
    String closed = body.replaceAll("<(img [^>]*)>", "<$1/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(closed + "</body>")));
  }

  @Test
  void numbersDoNotDependOnTheSystemsLanguage() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(new Samples("", List.of(sample())).html())
          .contains("width:87.1%")
          .contains("87.1 %");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Samples.Sample sample() {
    List<Samples.Score> scores = List.of(new Samples.Score("a", 0.871));
    return new Samples.Sample(List.of(), "text", "a", Optional.empty(), scores);
  }

  @Test
  void cellsAreShadedByTheirShareOfTheRow() {
    List<List<Long>> counts = List.of(List.of(1L, 3L), List.of(0L, 0L));
    String html = new ConfusionTable("", List.of("a", "b"), counts).html();
    assertThat(html)
        .contains("style=\"--share:0.250\" title=\"a taken for a: 25.0 % of 4\">1</td>")
        .contains("class=\"dark\" style=\"--share:0.750\"")
        .contains("class=\"none\" style=\"--share:0.000\" title=\"b taken for b: 0.0 % of 0\">0");
  }

  @Test
  void aRowOfTheWrongWidthIsRefused() {
    List<DataTable.Column> one = List.of(new DataTable.Column("a", DataTable.Align.TEXT));
    List<List<String>> two = List.of(List.of("1", "2"));
    assertThatThrownBy(() -> new DataTable("", one, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 cells for 1 columns");
  }

  @Test
  void isWrittenWhole() throws IOException {
    Path file = folder.resolve("report.html");
    Report report = ExampleReport.report();
    report.write(file);
    assertThat(file).hasContent(report.html());
  }
}
