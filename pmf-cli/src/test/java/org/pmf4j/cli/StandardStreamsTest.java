package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command is a process of its own, since the streams are those of a process. */
@DisplayName("Standard input and output")
class StandardStreamsTest {
  private static final int MINUTES = 3;

  @TempDir private static Path shared;
  private static Path model;
  private static Path rows;

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    model = shared.resolve("model");
    Outcome.of(FixtureSamples.train(model)).succeeded();
    String images = FixtureSamples.TABLE.getParent().resolve("images").toString();
    String table = Files.readString(FixtureSamples.TABLE).replace("images/", images + "/");
    rows = Files.writeString(shared.resolve("rows.csv"), table);
  }

  private ProcessBuilder command(Object... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
    command.add("-cp");
    command.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
    for (Object word : words) {
      command.add(word.toString());
    }
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
  }

  private int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  @Test
  @DisplayName("take a table and give its predictions, the same as files do, and nothing else")
  void predict() throws Exception {
    Path file = folder.resolve("out.csv");
    Outcome.of("predict", "--model", model, "--data", rows, "--out", file).succeeded();
    Process process =
        command("predict", "--model", model, "--data", "-", "--out", "-")
            .redirectInput(rows.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(end(process)).as(err()).isZero();
    assertThat(out).isEqualTo(Files.readString(file));
    assertThat(err()).contains("16 predictions in standard output");
  }

  @Test
  @DisplayName("answer a batch before the input has ended")
  void streams() throws Exception {
    Process process =
        command(
                "predict",
                "--model",
                model,
                "--data",
                "-",
                "--out",
                "-",
                "--batch-size",
                1,
                "--input-format",
                "jsonl",
                "--format",
                "jsonl",
                "--without",
                "image")
            .start();
    String row = "{\"text\": \"a red shape\"}\n";
    // The keys of the first 32 rows are the columns, which are written before any answer
    process.getOutputStream().write(row.repeat(40).getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).startsWith("{\"text\":\"a red shape\",\"prediction\":\"");
    process.getOutputStream().close();
    assertThat(out.lines()).hasSize(39);
    assertThat(end(process)).as(err()).isZero();
  }

  @Test
  @DisplayName("end a command without a word when nobody reads on")
  void closed() throws Exception {
    Path many = folder.resolve("many.csv");
    Files.writeString(many, "text\n" + "a red shape\n".repeat(20_000));
    Process process =
        command("predict", "--model", model, "--data", many, "--without", "image", "--out", "-")
            .start();
    process.getInputStream().read();
    process.getInputStream().close();
    assertThat(end(process)).as(err()).isEqualTo(141);
    assertThat(err()).doesNotContain("pmf:");
  }

  @Test
  @DisplayName("take a table and give metrics, wrong rows and hidden states")
  void others() throws Exception {
    Process evaluate =
        command("evaluate", "--model", model, "--data", "-", "--out", "-")
            .redirectInput(rows.toFile())
            .start();
    String json = new String(evaluate.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(end(evaluate)).as(err()).isZero();
    assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(json).get("rows").asInt())
        .isEqualTo(16);
    assertThat(err()).contains("accuracy");

    Path file = folder.resolve("hidden.safetensors");
    Object[] words = {
      "encode", "--encoder", FixtureSamples.TEXT_ENCODER, "--column", "text", "--data"
    };
    Outcome.of(FixtureSamples.with(words, rows, "--out", file)).succeeded();
    Process encode =
        command(FixtureSamples.with(words, "-", "--out", "-")).redirectInput(rows.toFile()).start();
    byte[] tensors = encode.getInputStream().readAllBytes();
    assertThat(end(encode)).as(err()).isZero();
    assertThat(tensors).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  @DisplayName("have colours as NO_COLOR and FORCE_COLOR ask for them")
  void colours() throws Exception {
    assertThat(help(Map.of())).doesNotContain("\u001b");
    assertThat(help(Map.of("FORCE_COLOR", "1"))).contains("\u001b[");
    assertThat(help(Map.of("CLICOLOR_FORCE", "1"))).contains("\u001b[");
    assertThat(help(Map.of("FORCE_COLOR", "1", "NO_COLOR", "1"))).doesNotContain("\u001b");
  }

  private String help(Map<String, String> environment) throws Exception {
    ProcessBuilder builder = command("predict", "--help");
    List.of("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE")
        .forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(end(process)).isZero();
    return out;
  }
}
