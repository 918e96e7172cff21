package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Names and labels of anybody")
class HostileTextTest {
  private static final String ESCAPE = "\u001B";
  private static final List<String> LABELS =
      List.of(
          "=cmd|' /C calc'!A0",
          "<script>alert(1)</script>",
          "line\nbreak, \"quoted\"",
          ESCAPE + "[2J" + ESCAPE + "[31mred",
          "a|b `code` ![x](http://y)");

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path table;
  private static Path model;
  private static Outcome training;

  @BeforeAll
  static void train() throws IOException {
    StringBuilder rows = new StringBuilder("image,text,label\n");
    for (int i = 0; i < 10; i++) {
      String label = LABELS.get(i % LABELS.size()).replace("\"", "\"\"");
      rows.append(FixtureSamples.IMAGE).append(",-word ").append(i);
      rows.append(",\"").append(label).append("\"\n");
    }
    table = Files.writeString(shared.resolve("t.csv"), rows);
    model = shared.resolve("model");
    training =
        Outcome.of(
                FixtureSamples.train(
                    model, "--task", "single-label", "--data", table, "--validation", table))
            .succeeded();
  }

  private static List<CSVRecord> records(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return CSVFormat.DEFAULT.parse(reader).getRecords();
    }
  }

  private static void harmless(Outcome outcome) {
    assertThat(outcome.out() + outcome.err()).doesNotContain(ESCAPE).doesNotContain("line\nbreak");
  }

  @Test
  @DisplayName("stay texts in the model's card")
  void card() {
    assertThat(model.resolve("README.md"))
        .content()
        .doesNotContain("<script", ESCAPE, "line\nbreak", "![x](")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "line\\\\nbreak", "a\\|b \\`code\\`");
  }

  @Test
  @DisplayName("move no cursor on the console, in tables or errors")
  void console() throws IOException {
    harmless(training);
    Outcome evaluation = Outcome.of("evaluate", "--model", model, "--data", table).succeeded();
    harmless(evaluation);
    assertThat(evaluation.out()).contains("\\u001b[2J\\u001b[31mred", "line\\nbreak");
    Outcome one = Outcome.of("predict", "--model", model, "--text", "a word").succeeded();
    harmless(one);
    assertThat(one.out().lines()).hasSize(2 + 1 + LABELS.size());
    Path bad =
        Files.writeString(
            folder.resolve("b.csv"), "image,text,label\n,a,\"x\n" + ESCAPE + "[31my\"\n");
    Outcome refused = Outcome.of("evaluate", "--model", model, "--data", bad);
    refused.wasRefused(bad, "row 1 (line 2), column label: label 'x\\n\\u001b[31my' is unknown");
    harmless(refused);
    Path odd = Files.writeString(folder.resolve("c.csv"), "\"im\n" + ESCAPE + "age\",label\na,b\n");
    Outcome.of("evaluate", "--model", model, "--data", odd).wasRefused("im\\n\\u001bage");
    Outcome.of("evaluate", "--model", model, "--data", "no\n" + ESCAPE + "file.csv")
        .wasRefused("no\\n\\u001bfile.csv");
    Outcome wrong = Outcome.of("evaluate", "--model", model, "--data", table, "x\n" + ESCAPE + "y");
    wrong.wasRefused("y");
    harmless(wrong);
  }

  @Test
  @DisplayName(
      "are predicted as they are, quoted as CSV wants it, or made harmless to spreadsheets")
  void predictions() throws IOException {
    Path out = folder.resolve("out.csv");
    Object[] words = {"predict", "--model", model, "--data", table, "--logits", "--out", out};
    Outcome.of(words).succeeded();
    List<CSVRecord> plain = records(out);
    assertThat(plain).hasSize(11).allSatisfy(r -> assertThat(r.size()).isEqualTo(10));
    for (int i = 0; i < 10; i++) {
      CSVRecord r = plain.get(i + 1);
      assertThat(r.get(2)).isEqualTo(LABELS.get(i % LABELS.size()));
      assertThat(LABELS).contains(r.get(3));
    }
    Outcome.of(FixtureSamples.with(words, "--for-spreadsheets")).succeeded();
    List<CSVRecord> safe = records(out);
    assertThat(safe.get(1).get(2)).isEqualTo("'" + LABELS.get(0));
    assertThat(safe.get(2).get(2)).isEqualTo(LABELS.get(1));
    assertThat(safe.get(1).get(1)).isEqualTo("'-word 0");
    for (int c = 4; c < 10; c++) {
      assertThat(safe.get(1).get(c)).as("numbers stay numbers").isEqualTo(plain.get(1).get(c));
    }
  }

  @Test
  @DisplayName("are repeated in errors up to a length")
  void endless() throws IOException {
    String million = "x".repeat(1_000_000);
    Path bad =
        Files.writeString(
            folder.resolve("b.csv"), "image,text,label," + million + "\n,a," + million + ",1\n");
    for (Outcome outcome :
        new Outcome[] {
          Outcome.of("evaluate", "--model", model, "--data", bad),
          Outcome.of(
              FixtureSamples.train(folder.resolve("m"), "--data", bad, "--task", "regression")),
          Outcome.of(FixtureSamples.train(folder.resolve("m"), "--task", million)),
          Outcome.of(FixtureSamples.train(folder.resolve("m"), "--encoder", million + "=x")),
          Outcome.of(FixtureSamples.train(folder.resolve("m"), "--epochs", million)),
          Outcome.of("predict", "--model", model, "--" + million, "x")
        }) {
      outcome.wasRefused("pmf: ");
      assertThat(outcome.err()).hasSizeLessThan(5_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"label", "prediction", "data", "help", "a.b", "a+b", "a/b", "a\nb", "a,b"})
  @DisplayName("cannot be encoders' where columns, options or saved names have another meaning")
  void encoders(String name) {
    Outcome.of(
            FixtureSamples.train(
                folder.resolve("m"), "--encoder", name + "=" + FixtureSamples.IMAGE_ENCODER))
        .wasRefused("an encoder cannot be called '" + name.replace("\n", "\\n") + "'");
  }

  @Test
  @DisplayName("are not told a wrong range")
  void range() {
    Outcome.of(FixtureSamples.train(folder.resolve("m"), "--learning-rate", 900))
        .wasRefused("learning-rate must be above 0 and at most 1, got 900");
    Outcome.of(FixtureSamples.train(folder.resolve("m"), "--warmup", 1))
        .wasRefused("warmup must be 0 to below 1, got 1");
  }
}
