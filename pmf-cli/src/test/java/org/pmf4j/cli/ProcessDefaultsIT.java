package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way of a model, packaged, where the process was started with other defaults. */
@DisplayName("Whatever the process's defaults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessDefaultsIT {
  private static final Map<String, String> USUAL = Map.of("LC_ALL", "C.UTF-8");
  private static final List<String> LABELS = List.of("円", "carré", "مثلث");

  @TempDir private static Path folder;
  private PackagedCommand command;
  private Path table;
  private Map<String, String> usual;

  @BeforeAll
  void runAsUsual() throws Exception {
    command = PackagedCommand.of(folder);
    table = folder.resolve("table.csv");
    List<String> lines = new ArrayList<>(List.of("image,text,label"));
    for (int i = 0; i < 6; i++) {
      lines.add(Samples.IMAGE + ",crème brûlée " + i + "," + LABELS.get(i % 3));
    }
    Files.write(table, lines);
    usual = run("usual", USUAL);
    assertThat(usual.get("predictions.csv")).contains(LABELS.get(0));
    assertThat(usual.get("evaluated")).contains(LABELS.get(1));
  }

  @ParameterizedTest(name = "in {0}: the same bytes")
  @ValueSource(strings = {"ar-EG", "tr-TR", "bn-BD"})
  void inOtherLanguages(String tag) throws Exception {
    String[] words = tag.split("-");
    String options = "-Duser.language=" + words[0] + " -Duser.country=" + words[1];
    assertThat(run(tag, Map.of("LC_ALL", "C.UTF-8", "JAVA_TOOL_OPTIONS", options)))
        .isEqualTo(usual);
  }

  @Test
  @DisplayName("without UTF-8 (LC_ALL=C): the same bytes")
  void withoutUtf8() throws Exception {
    assertThat(run("c", Map.of("LC_ALL", "C"))).isEqualTo(usual);
  }

  @Test
  @DisplayName("a word that the locale cannot read is refused, and the locale named")
  void unreadableWords() throws Exception {
    command
        .run(
            Map.of("LC_ALL", "C"),
            "predict",
            "--model",
            folder.resolve("usual"),
            "--text",
            "crème brûlée")
        .wasRefused("LC_ALL=C.UTF-8");
  }

  @Test
  @DisplayName("a file that the locale cannot name is refused, and the locale named")
  void unnameableFiles() throws Exception {
    Path data = folder.resolve("unnameable.csv");
    Files.write(data, List.of("image,text", "café.png,a shape"));
    command
        .run(
            Map.of("LC_ALL", "C"),
            "predict",
            "--model",
            folder.resolve("usual"),
            "--data",
            data,
            "--out",
            folder.resolve("unnameable-out.csv"))
        .wasRefused("unnameable.csv row 1", "LC_ALL=C.UTF-8");
  }

  /** What a model's files and its command's results hold. */
  private Map<String, String> run(String name, Map<String, String> environment) throws Exception {
    Path model = folder.resolve(name);
    Path predictions = folder.resolve(name + "-predictions.csv");
    Path metrics = folder.resolve(name + "-metrics.json");
    command
        .run(
            environment,
            Samples.train(model, "--data", table, "--validation", table, "--head", "joint"))
        .succeeded();
    command
        .run(
            environment,
            "predict",
            "--model",
            model,
            "--data",
            table,
            "--out",
            predictions,
            "--logits")
        .succeeded();
    Outcome evaluated =
        command
            .run(environment, "evaluate", "--model", model, "--data", table, "--out", metrics)
            .succeeded();
    Map<String, String> held = new LinkedHashMap<>();
    held.put("adapter", hex(model.resolve("adapter_model.safetensors")));
    held.put("config", Files.readString(model.resolve("adapter_config.json")));
    held.put("predictions.csv", Files.readString(predictions));
    held.put("metrics", Files.readString(metrics));
    held.put("evaluated", evaluated.out());
    return held;
  }

  private static String hex(Path file) throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }
}
