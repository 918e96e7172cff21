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
import org.junit.jupiter.params.provider.CsvSource;
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
  private final Map<String, Map<String, String>> usual = new LinkedHashMap<>();

  @BeforeAll
  void runAsUsual() throws Exception {
    command = PackagedCommand.of(folder);
    table = folder.resolve("table.csv");
    List<String> lines = new ArrayList<>(List.of("image,text,label"));
    for (int i = 0; i < 6; i++) {
      lines.add(FixtureSamples.IMAGE + ",crème brûlée " + i + "," + LABELS.get(i % 3));
    }
    Files.write(table, lines);
    for (String backend : List.of("djl", "tf")) {
      Map<String, String> results = run("usual", backend, USUAL);
      assertThat(results.get("predictions.csv")).contains(LABELS.get(0));
      assertThat(results.get("evaluated")).contains(LABELS.get(1));
      usual.put(backend, results);
    }
  }

  @ParameterizedTest(name = "in {0} on {1}: the same bytes")
  @CsvSource({"ar-EG, djl", "ar-EG, tf", "tr-TR, djl", "tr-TR, tf", "bn-BD, djl"})
  void inOtherLanguages(String tag, String backend) throws Exception {
    String[] words = tag.split("-");
    String options = "-Duser.language=" + words[0] + " -Duser.country=" + words[1];
    assertThat(run(tag, backend, Map.of("LC_ALL", "C.UTF-8", "JAVA_TOOL_OPTIONS", options)))
        .isEqualTo(usual.get(backend));
  }

  @ParameterizedTest(name = "without UTF-8 (LC_ALL=C) on {0}: the same bytes")
  @ValueSource(strings = {"djl", "tf"})
  void withoutUtf8(String backend) throws Exception {
    assertThat(run("c", backend, Map.of("LC_ALL", "C"))).isEqualTo(usual.get(backend));
  }

  @Test
  @DisplayName("a word that the locale cannot read is refused, and the locale named")
  void unreadableWords() throws Exception {
    command
        .run(
            Map.of("LC_ALL", "C"),
            "predict",
            "--model",
            folder.resolve("usual-djl"),
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
            folder.resolve("usual-djl"),
            "--data",
            data,
            "--out",
            folder.resolve("unnameable-out.csv"))
        .wasRefused("unnameable.csv row 1", "LC_ALL=C.UTF-8");
  }

  /** What a model's files and its command's results hold. */
  private Map<String, String> run(String name, String backend, Map<String, String> environment)
      throws Exception {
    Path model = folder.resolve(name + "-" + backend);
    Path predictions = folder.resolve(name + "-" + backend + ".csv");
    Path metrics = folder.resolve(name + "-" + backend + ".json");
    command
        .run(
            environment,
            FixtureSamples.train(
                model,
                "--backend",
                backend,
                "--data",
                table,
                "--validation",
                table,
                "--head",
                "joint"))
        .succeeded();
    command
        .run(
            environment,
            "predict",
            "--backend",
            backend,
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
            .run(
                environment,
                "evaluate",
                "--backend",
                backend,
                "--model",
                model,
                "--data",
                table,
                "--out",
                metrics)
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
