package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A trained model")
class UseTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path model;

  @BeforeAll
  static void train() {
    model = shared.resolve("model");
    Outcome.of(FixtureSamples.train(model)).succeeded();
  }

  @Test
  @DisplayName("is evaluated, as a table and as JSON")
  void evaluates() throws IOException {
    Path metrics = folder.resolve("metrics.json");
    Outcome outcome =
        Outcome.of("evaluate", "--model", model, "--data", FixtureSamples.TABLE, "--out", metrics)
            .succeeded();
    assertThat(outcome.out()).contains("16 rows", "accuracy", "circle", "precision", "triangle");
    JsonNode json = new ObjectMapper().readTree(metrics.toFile());
    assertThat(json.at("/rows").asInt()).isEqualTo(16);
    assertThat(json.at("/metrics/accuracy").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.at("/classes")).hasSize(3);
    assertThat(json.at("/confusion/counts")).hasSize(3);
  }

  @Test
  @DisplayName("is evaluated as a page, and its wrong rows as a table")
  void reports() throws IOException {
    Path page = folder.resolve("page.html");
    Path wrong = folder.resolve("wrong.csv");
    Path metrics = folder.resolve("metrics.json");
    Object[] words = {"evaluate", "--model", model, "--data", FixtureSamples.TABLE};
    Outcome outcome =
        Outcome.of(FixtureSamples.with(words, "--report", page, "--wrong", wrong, "--out", metrics))
            .succeeded();
    assertThat(outcome.out()).containsPattern("truth \\\\ prediction +circle +square +triangle");
    double accuracy =
        new ObjectMapper().readTree(metrics.toFile()).at("/metrics/accuracy").asDouble();
    List<String> rows = Files.readAllLines(wrong);
    assertThat(rows.get(0)).isEqualTo("row,place,label,prediction,probability,loss");
    assertThat(rows).hasSize(1 + (int) Math.round(16 * (1 - accuracy)));
    assertThat(rows.get(1))
        .matches("\\d+,.*train.csv row \\d+ \\(line \\d+\\),\\w+,\\w+,0\\.\\d+,\\d.*");
    assertThat(page)
        .content()
        .contains(String.format(Locale.ROOT, "<dd>%.4f</dd>", accuracy), "Calibration")
        .contains("src=\"data:image/png;base64,", "<script>");
  }

  @Test
  @DisplayName("is not evaluated onto its own table, nor two results onto one file")
  void refusesOutputs() {
    Path page = folder.resolve("page.html");
    Object[] words = {"evaluate", "--model", model, "--data", FixtureSamples.TABLE};
    Outcome.of(FixtureSamples.with(words, "--report", FixtureSamples.TABLE))
        .wasRefused("is the table itself");
    Outcome.of(FixtureSamples.with(words, "--report", page, "--wrong", page))
        .wasRefused("is another output itself");
    Outcome.of(FixtureSamples.with(words, "--wrong", folder)).wasRefused("is a folder");
    assertThat(page).doesNotExist();
  }

  @Test
  @DisplayName("predicts every class's probability, and the best ones")
  void predictsProbabilities() throws IOException {
    Path out = folder.resolve("out.csv");
    Object[] words = {"predict", "--model", model, "--data", FixtureSamples.TABLE, "--out", out};
    Outcome.of(FixtureSamples.with(words, "--probabilities", "--top", 2)).succeeded();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines.get(0))
        .endsWith(
            ",prediction,probability,probability:circle,probability:square,probability:triangle,"
                + "top:1,top-probability:1,top:2,top-probability:2");
    String[] cells = lines.get(1).split(",");
    int first = cells.length - 7;
    double sum = 0;
    for (int i = first; i < first + 3; i++) {
      sum += Double.parseDouble(cells[i]);
    }
    // Three numbers of single precision
    assertThat(sum).isCloseTo(1, within(1e-6));
    assertThat(cells[first + 3]).isEqualTo(cells[first - 2]);
    assertThat(cells[first + 4]).isEqualTo(cells[first - 1]);
    Outcome one =
        Outcome.of("predict", "--model", model, "--text", "a line", "--top", 2).succeeded();
    assertThat(one.out().lines()).hasSize(2 + 1 + 2);
    Outcome.of("predict", "--model", model, "--text", "a line", "--top", 0)
        .wasRefused("--top", "1 or more");
  }

  @Test
  @DisplayName("predicts a table: its columns, prediction, probability and logits")
  void predictsATable() throws IOException {
    Path in =
        FixtureSamples.table(
            folder,
            "id,text,image",
            "1,\"a \"\"round\"\" shape, red\"," + FixtureSamples.IMAGE,
            "2,a line," + FixtureSamples.IMAGE);
    Path out = folder.resolve("out.csv");
    Outcome.of("predict", "--model", model, "--data", in, "--out", out, "--logits").succeeded();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isEqualTo("id,text,image,prediction,probability,logit:circle,logit:square,logit:triangle");
    assertThat(lines.get(1))
        .startsWith("1,\"a \"\"round\"\" shape, red\"," + FixtureSamples.IMAGE + ",")
        .matches(".*,(circle|square|triangle),0\\.\\d+,-?\\d.*,-?\\d.*,-?\\d.*");
  }

  @Test
  @DisplayName("predicts one record, the same as in a table")
  void predictsARecord() throws IOException {
    Outcome one =
        Outcome.of(
                "predict",
                "--model",
                model,
                "--image",
                FixtureSamples.IMAGE,
                "--text=@a line",
                "--logits")
            .succeeded();
    Path in = FixtureSamples.table(folder, "text,image", "@a line," + FixtureSamples.IMAGE);
    Path out = folder.resolve("out.csv");
    Outcome.of("predict", "--model", model, "--data", in, "--out", out, "--logits").succeeded();
    String[] cells = Files.readAllLines(out).get(1).split(",");
    assertThat(one.out()).startsWith(cells[2] + "\n").contains(cells[4], cells[5], cells[6]);
  }

  @Test
  @DisplayName("names the modalities it needs")
  void needsItsModalities() {
    Outcome.of("predict", "--model", model).wasRefused("--image", "--text", "--data");
    Outcome.of("predict", "--model", model, "--text", " ").wasRefused("--text", "blank");
    Outcome.of("predict", "--model", model, "--sound", "x").wasRefused("--sound", "--image");
    Outcome.of("predict", "--model", model, "--image").wasRefused("--image", "value");
    Outcome.of("predict", "--model", model, "--data", FixtureSamples.TABLE).wasRefused("--out");
  }

  @Test
  @DisplayName("finds encoders that have moved, and refuses those that have changed")
  void encodersMove() throws IOException {
    Path moved = FixtureSamples.copy(FixtureSamples.TEXT_ENCODER, folder.resolve("moved"));
    Object[] evaluate = {
      "evaluate", "--model", model, "--data", FixtureSamples.TABLE, "--encoder", "text=" + moved
    };
    Outcome.of(evaluate).succeeded();
    Files.writeString(
        moved.resolve("config.json"), Files.readString(moved.resolve("config.json")) + "\n");
    Outcome.of(evaluate).wasRefused("text encoder", moved, "have changed", "--encoder text=DIR");
    Outcome.of("evaluate", "--model", model, "--data", FixtureSamples.TABLE, "--encoder", "sound=x")
        .wasRefused("sound", "image", "text");
  }

  @Test
  @DisplayName("is refused if it is not whole, or of another version")
  void broken() throws IOException {
    Path copy = folder.resolve("copy");
    Outcome.of("evaluate", "--model", folder, "--data", FixtureSamples.TABLE)
        .wasRefused("adapter_config.json", "missing");
    Files.createDirectories(copy);
    Path config = copy.resolve("adapter_config.json");
    String text = Files.readString(model.resolve("adapter_config.json"));
    Files.writeString(config, text.replace("\"format_version\" : 2", "\"format_version\" : 99"));
    Outcome.of("evaluate", "--model", copy, "--data", FixtureSamples.TABLE)
        .wasRefused("99", "version");
    Files.writeString(config, "{");
    Outcome.of("evaluate", "--model", copy, "--data", FixtureSamples.TABLE)
        .wasRefused(config, "JSON");
  }

  @Test
  @DisplayName("refuses a label that it does not know, by its row")
  void unknownLabel() throws IOException {
    Path table =
        FixtureSamples.table(
            folder,
            "image,text,label",
            FixtureSamples.IMAGE + ",a,circle",
            FixtureSamples.IMAGE + ",b,hexagon");
    Outcome.of("evaluate", "--model", model, "--data", table)
        .wasRefused(table, "row 2", "hexagon", "circle");
  }

  @Test
  @DisplayName("cuts a text of 100,000 words as the tokenizer says")
  void longText() throws IOException {
    String words = "shape ".repeat(100_000);
    Path table = FixtureSamples.table(folder, "image,text", FixtureSamples.IMAGE + "," + words);
    Outcome.of("predict", "--model", model, "--data", table, "--out", folder.resolve("out.csv"))
        .succeeded();
  }
}
