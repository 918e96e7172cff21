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
