package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;

@DisplayName("A model and its encoders, where files were damaged, moved or linked:")
class BadModelTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private Path model;
  private Path text;

  @BeforeAll
  static void train() throws IOException {
    FixtureSamples.copy(FixtureSamples.TEXT_ENCODER, shared.resolve("text"));
    Outcome.of(
            FixtureSamples.train(
                shared.resolve("model"), "--encoder", "text=" + shared.resolve("text")))
        .succeeded();
  }

  @BeforeEach
  void copy() throws IOException {
    model = folder.resolve("model");
    Files.createDirectories(model);
    for (String name : List.of("adapter_config.json", "adapter_model.safetensors", "README.md")) {
      Files.copy(shared.resolve("model").resolve(name), model.resolve(name));
    }
    text = FixtureSamples.copy(shared.resolve("text"), folder.resolve("text"));
  }

  private Outcome evaluate(Object... more) {
    Object[] words = {"evaluate", "--model", model, "--data", FixtureSamples.TABLE};
    Object[] image =
        FixtureSamples.with(words, "--encoder", "image=" + FixtureSamples.IMAGE_ENCODER);
    return Outcome.of(FixtureSamples.with(image, more));
  }

  @Test
  @DisplayName("both move together")
  void moved() {
    evaluate().succeeded();
  }

  @Test
  @DisplayName("an encoder with weights that are no numbers is told by file and tensor")
  void notANumber() {
    Path weights = text.resolve("model.safetensors");
    Map<String, HostTensor> all = tensors(weights);
    String name = "embeddings.LayerNorm.weight";
    String key = all.containsKey(name) ? name : "bert." + name;
    float[] values = all.get(key).floats();
    values[3] = Float.NaN;
    all.put(key, HostTensor.of(values, values.length));
    SafetensorsWriter.write(weights, all, Map.of("format", "pt"));

    Path out = folder.resolve("out");
    Outcome.of(FixtureSamples.train(out, "--encoder", "text=" + text))
        .wasRefused(weights, key, "not a number");
    assertThat(out.resolve("adapter_config.json")).doesNotExist();
  }

  @Test
  @DisplayName("an adapter that is another's, or a git-lfs pointer, is told")
  void anotherAdapter() throws IOException {
    Path adapter = model.resolve("adapter_model.safetensors");
    Files.writeString(
        adapter, "version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 11040\n");
    evaluate().wasRefused(adapter, "git-lfs pointer");
    Map<String, HostTensor> other = tensors(shared.resolve("model/adapter_model.safetensors"));
    SafetensorsWriter.write(adapter, other, Map.of("format", "other"));
    evaluate().wasRefused(adapter, "adapter_sha256");
  }

  @Test
  @DisplayName("other preprocessing is told")
  void otherPreprocessing() throws IOException {
    Path config = model.resolve("adapter_config.json");
    String json = Files.readString(config);
    Files.writeString(config, json.replaceAll("\"preprocessing\" : \"1:\\w+", "$0x"));
    evaluate().wasRefused(model, "preprocessing of the image encoder");
    Files.writeString(
        config,
        json.replaceAll(
            "\"preprocessing\" : \"\\w*:?\\w+", "$1000".replace("$1", "\"preprocessing\" : \"")));
    evaluate().wasRefused(model, "preprocessing of the image encoder");
  }

  @Test
  @DisplayName("files of killed writers beside an encoder's do not matter")
  void strayFiles() throws IOException {
    Files.writeString(text.resolve(".model.safetensors.1-0123456789abcdef.tmp"), "half");
    evaluate().succeeded();
  }

  @Test
  @DisplayName("a model is not trained into an encoder's own folder")
  void intoAnEncodersFolder() {
    Outcome.of(FixtureSamples.train(text, "--encoder", "text=" + text))
        .wasRefused("is in the folder of the text encoder");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @DisplayName("folders behind symbolic links are as good")
  void links() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("a/b/c/d"));
    Path out = Files.createSymbolicLink(folder.resolve("out"), deep);
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), text);
    Path cache =
        Files.createSymbolicLink(
            folder.resolve("cache"), Files.createDirectory(folder.resolve("kept")));
    Object[] train = FixtureSamples.train(out, "--encoder", "text=" + linked, "--cache", cache);
    Outcome.of(train).succeeded();
    assertThat(deep.resolve("adapter_config.json")).exists();
    for (Path seen : List.of(out, deep, folder.resolve("out/../d"))) {
      model = seen;
      evaluate().succeeded();
    }
    Outcome.of(FixtureSamples.with(train, "--resume")).succeeded();
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    Outcome.of(FixtureSamples.train(loop)).failed(loop);
    Path gone = Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nothing"));
    Outcome.of(FixtureSamples.train(gone)).failed(gone, "leads nowhere");
    model = loop;
    evaluate().wasRefused(loop);
  }

  /** What the other process runs: predicts, and again once the encoder was cut short. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) throws IOException {
      Path text = Path.of(args[2]);
      Map<String, Path> encoders = Map.of("text", text, "image", Path.of(args[3]));
      try (Pmf pmf = Pmf.open(args[0], new BackendOptions("cpu", 1));
          Classifier classifier = pmf.load(Path.of(args[1]), encoders)) {
        Map<String, Source> example = Map.of("text", new Source.Text("a big red shape"));
        String before = classifier.predict(example).probabilities().toString();
        for (String name : List.of("model.safetensors", "config.json", "tokenizer.json")) {
          Files.newOutputStream(text.resolve(name)).close();
        }
        String after = classifier.predict(example).probabilities().toString();
        System.out.println(before.equals(after) ? "the same" : before + " and then " + after);
      }
    }
  }

  @ParameterizedTest(
      name = "an encoder whose files are cut short while it is used serves on, on {0}")
  @ValueSource(strings = {"djl", "tf"})
  void truncatedWhileInUse(String backend) throws Exception {
    File out = folder.resolve("out.txt").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName(),
                backend,
                model.toString(),
                text.toString(),
                FixtureSamples.IMAGE_ENCODER.toString())
            .redirectErrorStream(true)
            .redirectOutput(out)
            .start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(out.toPath())).contains("the same");
    assertThat(process.exitValue()).isZero();
  }

  private static Map<String, HostTensor> tensors(Path file) {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    try (SafetensorsFile f = SafetensorsFile.open(file)) {
      for (String name : f.names()) {
        HostTensor t = f.tensor(name);
        all.put(name, HostTensor.of(t.floats(), t.shape().dims()));
      }
    }
    return all;
  }
}
