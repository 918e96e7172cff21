package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("pmf export")
class ExportTest {
  private static Path model;

  @TempDir private Path folder;

  @BeforeAll
  static void train(@TempDir Path shared) {
    model = shared.resolve("model");
    Outcome.of(FixtureSamples.train(model, "--epochs", 1)).succeeded();
  }

  private static Outcome export(Path out, Object... more) {
    return Outcome.of(
        FixtureSamples.with(new Object[] {"export", "--model", model}, with(out, more)));
  }

  private static Object[] with(Path out, Object... more) {
    return FixtureSamples.with(new Object[] {"--out", out}, more);
  }

  @Test
  @DisplayName("writes a graph for each pattern, and tells how they agree with the backend")
  void exports() {
    Path out = folder.resolve("onnx");
    String told = export(out, "--data", FixtureSamples.TABLE).succeeded().out();
    assertThat(told)
        .contains("image+text.onnx", "image.onnx", "text.onnx", "largest difference")
        .contains("logits compared on rows of")
        .contains("3 graphs and");
    assertThat(out.resolve("README.md")).exists();
  }

  @Test
  @DisplayName("takes old opsets, made-up rows and lengths")
  void choices() {
    Path out = folder.resolve("onnx");
    String told =
        export(out, "--patterns", "text", "--opset", 17, "--length", "text=24", "--link-encoders")
            .succeeded()
            .out();
    assertThat(told)
        .contains("made-up rows; give --data", "the length of text is fixed to 24")
        .contains("in files of their encoders")
        .doesNotContain("image.onnx");
  }

  @Test
  @DisplayName("in integers tells what they cost, and the model itself then computes in them")
  void integers() {
    Path out = folder.resolve("onnx");
    String told =
        export(out, "--int8", "--data", FixtureSamples.TABLE, "--most-lost", 0.2).succeeded().out();
    assertThat(told)
        .containsPattern("\\d+ of \\d+ frozen linear layers are in 8-bit integers")
        .containsPattern("accuracy \\S+ in single precision and \\S+ in integers")
        .contains("calibration");
    assertThat(model.resolve("int8.json")).exists();
    String evaluated =
        Outcome.of(
                "evaluate",
                "--backend",
                "ort",
                "--precision",
                "int8",
                "--model",
                model,
                "--data",
                FixtureSamples.TABLE)
            .succeeded()
            .out();
    assertThat(evaluated).contains("accuracy");
  }

  @Test
  @DisplayName("refuses integers without rows to measure on, and backends that have none")
  void refusedIntegers() {
    Path out = folder.resolve("onnx");
    export(out, "--int8").wasRefused("--int8", "--data");
    export(out, "--most-lost", 0.1).wasRefused("--most-lost", "--int8");
    export(out, "--int8", "--data", FixtureSamples.TABLE, "--most-lost", 2)
        .wasRefused("--most-lost", "from 0 to 1");
    for (String command : new String[] {"evaluate", "predict"}) {
      Outcome.of(
              command,
              "--precision",
              "int8",
              "--model",
              model,
              "--data",
              FixtureSamples.TABLE,
              "--out",
              folder.resolve("out.json"))
          .wasRefused("8-bit integers", "--backend ort");
    }
  }

  @Test
  @DisplayName("refuses in one line what cannot be")
  void refusals() throws IOException {
    Path out = folder.resolve("onnx");
    export(out, "--patterns", "text,sound").wasRefused("'sound'", "image, text");
    export(out, "--opset", 9).wasRefused("--opset", "20");
    export(out, "--length", "image=4").wasRefused("image", "one shape");
    export(out, "--part", "test").wasRefused("--part", "--data");
    export(out, "--data", folder.resolve("none.csv")).wasRefused("none.csv");
    export(model).wasRefused(model, "no export");
    export(FixtureSamples.TEXT_ENCODER).wasRefused(FixtureSamples.TEXT_ENCODER);
    export(FixtureSamples.TEXT_ENCODER.resolve("onnx")).wasRefused("encoder", "another place");
    Path file = Files.writeString(folder.resolve("notes.txt"), "notes");
    export(file).wasRefused(file, "no folder");
    Outcome.of("export", "--model", folder, "--out", out).wasRefused("adapter_config.json");
    Outcome.of("export", "--model", model).wasRefused("--out");
    assertThat(out).doesNotExist();
  }
}
