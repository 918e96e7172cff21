package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("pmf bench methods")
class BenchMethodsTest {
  @TempDir private Path folder;

  private Object[] words(Object... more) {
    return FixtureSamples.with(
        new Object[] {
          "bench",
          "methods",
          "--data",
          FixtureSamples.TABLE,
          "--validation",
          FixtureSamples.TABLE,
          "--encoder",
          "image=" + FixtureSamples.IMAGE_ENCODER,
          "--encoder",
          "text=" + FixtureSamples.TEXT_ENCODER,
          "--out",
          folder.resolve("out"),
          "--epochs",
          1,
          "--batch-size",
          8
        },
        more);
  }

  private Path config() throws IOException {
    return Files.write(
        folder.resolve("bench.yaml"),
        List.of(
            "seeds: [4, 5]",
            "set: {pmf.mapping-width: 6}",
            "variants:",
            "  - {method: pmf, training: {epochs: 2}}",
            "  - {method: linear-probe, encoders: all, cache: false}",
            "  - {method: pmf, name: exploding, cache: false, training: {learning-rate: 1, weight-decay: 1e38}}"));
  }

  @Test
  @DisplayName("compares methods over seeds, tells what failed, and repeats only that")
  void compares() throws IOException {
    Outcome first = Outcome.of(words("--config", config()));

    assertThat(first.code()).as(first.err()).isEqualTo(1);
    assertThat(first.out())
        .contains("cell 1/6 pmf seed 4", "cell 6/6 exploding seed 5")
        .contains("failed: exploding", "is not a number", "2 of 6 cells failed")
        .containsPattern("linear-probe +0\\.\\d{4} ± 0\\.\\d{4}")
        .contains("methods.json", "methods.html");
    JsonNode pmf = cell("pmf-seed-4");
    assertThat(pmf.at("/training/epochs").asInt()).isEqualTo(2);
    assertThat(pmf.at("/training/steps").asInt()).isEqualTo(4);
    assertThat(pmf.at("/training/stepSeconds").asDouble()).isPositive();
    assertThat(pmf.at("/training/memory/peak").asLong())
        .isGreaterThan(pmf.at("/training/memory/above").asLong())
        .isGreaterThan(50_000_000);
    assertThat(pmf.at("/inference/memory/peak").asLong()).isGreaterThan(50_000_000);
    assertThat(pmf.at("/inference/metrics/loss").asDouble())
        .as("the same weights on the same rows, in batches of another size")
        .isCloseTo(pmf.at("/training/validation/loss").asDouble(), within(1e-5));
    assertThat(pmf.at("/definition/variant/settings/mapping-width").asInt()).isEqualTo(6);
    assertThat(cell("exploding-seed-4").at("/error").asText()).contains("not a number");
    assertThat(folder.resolve("out/runs")).as("models that are not kept").isEmptyDirectory();
    JsonNode figures = json(folder.resolve("out/methods.json"));
    assertThat(figures.at("/summary/0/metric/n").asInt()).isEqualTo(2);
    assertThat(figures.at("/caches")).hasSize(1);
    assertThat(figures.at("/caches/0/bytes")).hasSize(2);
    String page = Files.readString(folder.resolve("out/methods.html"));
    // Behind it stand the script that draws charts, and its licence
    assertThat(page.substring(0, page.indexOf("</main>")))
        .contains("accuracy against training memory", "16 rows")
        .doesNotContain("http://", "https://", "<script");

    Map<String, String> before = cells();
    Files.delete(folder.resolve("out/cells/linear-probe-seed-5.json"));
    Outcome second = Outcome.of(words("--config", config()));
    assertThat(second.out())
        .containsPattern("cell 1/6 pmf seed 4: accuracy .*, measured before")
        .doesNotContainPattern("linear-probe seed 5: .*, measured before");
    Map<String, String> after = cells();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.get("pmf-seed-4.json")).isEqualTo(before.get("pmf-seed-4.json"));

    Outcome.of(words("--config", config(), "--batch-size", 4))
        .wasRefused("pmf-seed-4.json", "another batch-size", "--overwrite");
  }

  private Map<String, String> cells() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("out/cells"))) {
      for (Path file : files.toList()) {
        all.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return all;
  }

  @Test
  @DisplayName("goes on after a kill where it was, in the middle of a training too")
  void goesOn() throws Exception {
    List<Object> more = new ArrayList<>(List.of("--seeds", 1, "--methods", "pmf", "--epochs", 30));
    Process process = start(words(more.toArray()));
    Path epoch = folder.resolve("out/runs/pmf-seed-1/measured.json");
    while (!Files.exists(epoch) && process.isAlive()) {
      Thread.sleep(20);
    }
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor();
    for (ProcessHandle child : children) {
      child.onExit().get();
    }
    assertThat(folder.resolve("out/cells")).as("killed too late").isEmptyDirectory();

    Outcome.of(words(more.toArray())).succeeded();

    JsonNode cell = cell("pmf-seed-1");
    assertThat(cell.at("/training/interruptions").asInt()).isEqualTo(1);
    assertThat(cell.at("/training/steps").asInt()).isEqualTo(60);
  }

  private Process start(Object[] words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Stream.of(words).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log.txt").toFile())
        .start();
  }

  @Test
  @DisplayName("trains on the other backend too, and keeps models where that is wanted")
  void keepsModels() throws IOException {
    Outcome.of(
            words(
                "--backend", "tf", "--methods", "pmf", "--seeds", 0, "--keep-models", "--no-cache"))
        .succeeded();
    assertThat(folder.resolve("out/runs/pmf-seed-0/adapter_model.safetensors")).exists();
    assertThat(folder.resolve("out/runs/pmf-seed-0/checkpoints")).doesNotExist();
    assertThat(json(folder.resolve("out/methods.json")).at("/subject/engine/backend").asText())
        .isEqualTo("tf");
  }

  @Test
  @DisplayName("refuses what is wrong in one line, before anything is trained")
  void refuses() throws IOException {
    Outcome.of(words("--methods", "magic")).wasRefused("magic", "pmf");
    Outcome.of(words("--seeds", "1,1")).wasRefused("--seeds", "twice");
    Outcome.of(words("--seeds", "one")).wasRefused("--seeds", "one");
    Outcome.of(words("--methods", "linear-probe", "--set", "pmf.head=joint"))
        .wasRefused("pmf.head", "not compared");
    Outcome.of(words("--methods", "linear-probe,mope", "--set", "mope.experts=0"))
        .wasRefused("variant mope: experts of method mope must be 1 to 1000, got 0");
    Outcome.of(words("--methods", "linear-probe,pmf", "--set", "pmf.fusion-layers=99"))
        .wasRefused("variant pmf: fusion-layers is 99 but the image encoder has 3 layers");
    Outcome.of(words("--data", folder.resolve("none.csv"))).wasRefused("none.csv", "no such file");
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "- {method: pmf");
    Outcome.of(words("--variants", broken)).wasRefused("broken.yaml", "not valid YAML");
    Outcome.of(words("--variants", folder.resolve("no.yaml"))).wasRefused("no.yaml", "no such");
    Path data = FixtureSamples.table(folder, "image,label", "missing.png,x");
    assertThat(folder.resolve("out")).doesNotExist();
    Outcome.of(words("--encoder", "text=" + folder)).wasRefused("config.json");
    Outcome.of(words("--data", data)).wasRefused("table.csv", "text");
    assertThat(folder.resolve("out/cells")).isEmptyDirectory();
    Outcome.of(words("--out", folder)).wasRefused("holds no comparison");
    assertThat(Outcome.of("bench", "methods", "--help").succeeded().out())
        .contains("pmf bench methods", "Examples:", "--debug");
  }

  private JsonNode cell(String id) throws IOException {
    return json(folder.resolve("out/cells/" + id + ".json"));
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
