package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Rows that a command writes")
class RowFormatsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path model;

  @BeforeAll
  static void train() {
    model = shared.resolve("model");
    Outcome.of(FixtureSamples.train(model)).succeeded();
  }

  private Path table() throws IOException {
    return Files.writeString(
        folder.resolve("in.jsonl"),
        """
        {"text": "a red shape", "n": 1.50, "yes": true, "list": ["a", null, 2], "nan": NaN}
        {"text": "a blue shape", "n": 1e400, "yes": null, "nest": {"a": 0}, "half": "\\ud800"}
        """);
  }

  @Test
  @DisplayName("are JSON lines where the file's name says so, typed and nested")
  void jsonLines() throws IOException {
    Path out = folder.resolve("out.jsonl");
    Outcome.of(
            "predict",
            "--model",
            model,
            "--data",
            table(),
            "--out",
            out,
            "--probabilities",
            "--top",
            2,
            "--logits",
            "--without",
            "image")
        .succeeded();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(2);
    JsonNode first = JSON.readTree(lines.get(0));
    assertThat(lines.get(0)).contains("\"n\":1.50,", "\"list\":[\"a\",null,2]", "\"nan\":null");
    assertThat(first.get("yes").isBoolean()).isTrue();
    assertThat(first.get("nest").isNull()).isTrue();
    assertThat(first.get("prediction").isTextual()).isTrue();
    assertThat(first.get("probability").isNumber()).isTrue();
    assertThat(first.get("probabilities").size()).isEqualTo(3);
    assertThat(first.get("probabilities").get(first.get("prediction").asText()))
        .isEqualTo(first.get("probability"));
    assertThat(first.get("top")).hasSize(2);
    assertThat(first.get("top").get(0).get("label")).isEqualTo(first.get("prediction"));
    assertThat(first.get("logits").get("circle").isNumber()).isTrue();
    assertThat(lines.get(1)).contains("\"n\":1e400", "\"nest\":{\"a\":0}", "\"half\":\"?\"");
  }

  @Test
  @DisplayName("say the same in CSV, JSON lines and JSON")
  void same() throws IOException {
    Path csv = folder.resolve("out.txt");
    Path json = folder.resolve("out.json");
    Object[] words = {"predict", "--model", model, "--data", FixtureSamples.TABLE, "--out"};
    Outcome.of(FixtureSamples.with(words, csv)).succeeded();
    Outcome.of(FixtureSamples.with(words, json)).succeeded();
    JsonNode all = JSON.readTree(json.toFile());
    List<String> rows = Files.readAllLines(csv);
    assertThat(all).hasSize(16);
    for (int i = 0; i < 16; i++) {
      assertThat(rows.get(i + 1))
          .endsWith(
              "," + all.get(i).get("prediction").asText() + "," + all.get(i).get("probability"));
    }
  }

  @Test
  @DisplayName("of wrong answers have the same formats")
  void wrong() throws IOException {
    Path out = folder.resolve("wrong");
    Object[] words = {"evaluate", "--model", model, "--data", FixtureSamples.TABLE, "--wrong"};
    Outcome.of(FixtureSamples.with(words, out, "--format", "jsonl")).succeeded();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).isNotEmpty();
    JsonNode row = JSON.readTree(lines.get(0));
    assertThat(row.get("row").isInt()).isTrue();
    assertThat(row.get("label")).isNotEqualTo(row.get("prediction"));
    assertThat(row.get("probability").isNumber() && row.get("loss").isNumber()).isTrue();
  }

  @Test
  @DisplayName("have options that are refused where they mean nothing")
  void refused() throws IOException {
    Path out = folder.resolve("out.json");
    Object[] words = {"predict", "--model", model, "--data", table(), "--out", out};
    Outcome.of(FixtureSamples.with(words, "--for-spreadsheets"))
        .wasRefused("--for-spreadsheets goes with CSV alone");
    Outcome.of(FixtureSamples.with(words, "--format", "xml"))
        .wasRefused("'xml' is none of: csv, jsonl, json");
    Outcome.of(FixtureSamples.with(words, "--input-format", "csv"))
        .wasRefused("--input-format goes with --data -");
    Outcome.of(FixtureSamples.with(words, "--batch-size", 0))
        .wasRefused("--batch-size is a number from 1 to 10000, not 0");
    Outcome.of("predict", "--model", model, "--text", "a", "--format", "json")
        .wasRefused("--format goes with --data and --out");
    Outcome.of("train", "--data", "-", "--encoder", "text=x", "--out", folder.resolve("m"))
        .wasRefused("- is standard input");
    Path taken =
        Files.writeString(folder.resolve("taken.jsonl"), "{\"text\": \"a\", \"logits\": 1}");
    Object[] clash = {"predict", "--model", model, "--data", taken, "--out", out};
    Outcome.of(FixtureSamples.with(clash, "--logits", "--without", "image"))
        .wasRefused("has a column 'logits' already");
  }
}
