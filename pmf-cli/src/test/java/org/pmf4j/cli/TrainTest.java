package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.training.TrainSettings;

@DisplayName("pmf train")
class TrainTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("saves a model and tells each epoch and what came of it")
  void trains() {
    Path model = folder.resolve("model");
    Outcome outcome =
        Outcome.of(FixtureSamples.train(model, "--validation", FixtureSamples.TABLE)).succeeded();
    assertThat(outcome.out())
        .containsPattern("epoch 1/2  loss \\d\\.\\d{4}  validation accuracy \\d\\.\\d{4} \\*")
        .contains("epoch 2/2", "trained weights", "best epoch", "macro_f1", "time")
        .contains(model.toString());
    assertThat(model)
        .isDirectoryContaining("glob:**/adapter_model.safetensors")
        .isDirectoryContaining("glob:**/adapter_config.json")
        .isDirectoryContaining("glob:**/README.md")
        .isDirectoryContaining("glob:**/train_log.jsonl");
  }

  @Test
  @DisplayName("tells what it decided, and the command that says so in full")
  void decides() throws IOException {
    Path model = folder.resolve("a model");
    Path config = Files.writeString(folder.resolve("c.yaml"), "learning-rate: 0.002\n");
    Outcome outcome =
        Outcome.of(
                FixtureSamples.train(
                    model, "--validation", FixtureSamples.TABLE, "--config", config))
            .succeeded();
    assertThat(outcome.out())
        .contains("decided by the data:\n")
        .containsPattern("task +single-label +\\d+ different labels\n")
        .containsPattern("metric +accuracy +the usual one of such a task\n")
        .containsPattern("patience +5 +epochs without a better accuracy end the run\n")
        .doesNotContain("--config");
    String command = outcome.out().replaceAll("(?s).*in full: pmf (.*?)\n\n.*", "$1");
    assertThat(command.replace(" \\\n   ", ""))
        .startsWith("train --learning-rate=0.002 ")
        .contains(" '" + model + "'")
        .endsWith(" --task single-label --metric accuracy --patience 5");
  }

  @Test
  @DisplayName("refuses to replace a model, and does so with --overwrite")
  void replaces() throws IOException {
    Path model = folder.resolve("model");
    Outcome.of(FixtureSamples.train(model)).succeeded();
    byte[] first = adapter(model);
    Outcome.of(FixtureSamples.train(model, "--seed", 1))
        .wasRefused(model, "--resume", "--overwrite");
    assertThat(adapter(model)).isEqualTo(first);
    Outcome.of(FixtureSamples.train(model, "--seed", 1, "--overwrite")).succeeded();
    assertThat(adapter(model)).isNotEqualTo(first);
  }

  @Test
  @DisplayName("with --resume after the end leaves the same model")
  void resumesACompletedRun() throws IOException {
    Path model = folder.resolve("model");
    Object[] run = FixtureSamples.train(model, "--validation", FixtureSamples.TABLE);
    Outcome.of(run).succeeded();
    byte[] first = adapter(model);
    Outcome.of(FixtureSamples.with(run, "--resume")).succeeded();
    assertThat(adapter(model)).isEqualTo(first);
  }

  @Test
  @DisplayName("refuses to resume with other settings, naming the one that differs")
  void resumesWithOtherSettings() {
    Path model = folder.resolve("model");
    Outcome.of(FixtureSamples.train(model)).succeeded();
    Outcome.of(FixtureSamples.train(model, "--resume", "--learning-rate", "0.1"))
        .wasRefused("learning-rate", TrainSettings.DEFAULT.learningRate(), "0.1");
  }

  @Test
  @DisplayName("gives the same bits for the same seed, with a cache and without")
  void repeats() throws IOException {
    Outcome.of(
            FixtureSamples.train(
                folder.resolve("a"), "--seed", 7, "--cache", folder.resolve("cache")))
        .succeeded();
    Outcome.of(
            FixtureSamples.train(
                folder.resolve("b"), "--seed", 7, "--cache", folder.resolve("cache")))
        .succeeded();
    assertThat(folder.resolve("cache")).isNotEmptyDirectory();
    assertThat(adapter(folder.resolve("a"))).isEqualTo(adapter(folder.resolve("b")));
  }

  @Test
  @DisplayName("hands settings to the method")
  void settings() {
    Path model = folder.resolve("model");
    Outcome.of(
            FixtureSamples.train(
                model,
                "--fusion-layers",
                1,
                "--prompt-length",
                3,
                "--mapping-width",
                5,
                "--head",
                "joint",
                "--set",
                "head-width=6",
                "--set",
                "query-context-prompts=2"))
        .succeeded();
    assertThat(model.resolve("adapter_config.json"))
        .content()
        .contains("\"fusion-layers\" : 1", "\"query-prompts\" : 3")
        .contains("\"query-context-prompts\" : 2", "\"fusion-context-prompts\" : 3")
        .contains("\"mapping-width\" : 5", "\"head\" : \"joint\"", "\"head-width\" : 6");
    Outcome.of(FixtureSamples.train(folder.resolve("other"), "--set", "magic=1"))
        .wasRefused("magic", "prompt-deviation");
  }

  @Test
  @DisplayName("starts from another model with --init")
  void init() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Outcome.of(FixtureSamples.train(first)).succeeded();
    Outcome.of(FixtureSamples.train(second, "--init", first, "--learning-rate", "1e-30"))
        .succeeded();
    assertThat(adapter(second)).as("a learning rate of nearly 0").isEqualTo(adapter(first));
  }

  @Test
  @DisplayName("learns several labels and numbers, each judged by its usual metric")
  void tasks() throws IOException {
    Path data = FixtureSamples.ROOT.resolve("curve");
    String image = data.resolve("images/00.png").toString();
    String other = data.resolve("images/01.png").toString();
    Path labels =
        FixtureSamples.table(
            folder, "image,text,label", image + ",a,x|y", other + ",b,y", image + ",c,x|z");
    assertThat(
            Outcome.of(
                    FixtureSamples.train(
                        folder.resolve("labels"),
                        "--task",
                        "multi-label",
                        "--data",
                        labels,
                        "--validation",
                        labels))
                .succeeded()
                .out())
        .contains("validation map");
    Path numbers =
        FixtureSamples.table(
            folder, "image,text,label", image + ",a,1.5", other + ",b,2", image + ",c,4");
    assertThat(
            Outcome.of(
                    FixtureSamples.train(
                        folder.resolve("numbers"),
                        "--task",
                        "regression",
                        "--data",
                        numbers,
                        "--validation",
                        numbers))
                .succeeded()
                .out())
        .contains("validation mae");
  }

  @Test
  @DisplayName("stops when the loss is no longer a number, with advice")
  void diverges() throws IOException {
    Path trained = folder.resolve("trained");
    Outcome.of(FixtureSamples.train(trained)).succeeded();
    Path weights = trained.resolve("adapter_model.safetensors");
    Map<String, HostTensor> exploded = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      file.names().forEach(name -> exploded.put(name, times(file.tensor(name), 1e36f)));
    }
    SafetensorsWriter.write(weights, exploded, Map.of("format", "pt"));
    Outcome.of(FixtureSamples.train(folder.resolve("model"), "--init", trained))
        .wasRefused(weights, "adapter_sha256");
    Path huge = Files.createDirectory(folder.resolve("huge"));
    Files.move(weights, huge.resolve(weights.getFileName()));
    Path model = folder.resolve("model");
    Outcome.of(FixtureSamples.train(model, "--init", huge))
        .failed("not a number", "epoch 1", "learning rate");
    assertThat(model.resolve("adapter_config.json")).doesNotExist();
  }

  private static HostTensor times(HostTensor tensor, float factor) {
    float[] values = tensor.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return HostTensor.of(values, tensor.shape().dims());
  }

  private static byte[] adapter(Path model) throws IOException {
    return Files.readAllBytes(model.resolve("adapter_model.safetensors"));
  }
}
