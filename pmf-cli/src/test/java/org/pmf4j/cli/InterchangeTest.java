package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

@DisplayName("What one backend made")
class InterchangeTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "a model of {0} predicts the same on {1}")
  @CsvSource({"checking-djl, checking-tf", "checking-tf, checking-djl"})
  void modelsMove(String from, String to) throws IOException {
    Path model = folder.resolve("model");
    Outcome.of(FixtureSamples.train(model, "--backend", from, "--validation", FixtureSamples.TABLE))
        .succeeded();
    List<String> here = predict(model, from);
    List<String> there = predict(model, to);
    assertThat(there).hasSameSizeAs(here).hasSize(17);
    assertThat(there.get(0)).isEqualTo(here.get(0));
    for (int row = 1; row < here.size(); row++) {
      String[] a = here.get(row).split(",");
      String[] b = there.get(row).split(",");
      int prediction = a.length - 5;
      assertThat(b[prediction]).as("row %d", row).isEqualTo(a[prediction]);
      for (int i = prediction + 1; i < a.length; i++) {
        // Logits of size 1 in single precision; 1e-6 was measured.
        assertThat(Double.parseDouble(b[i]))
            .as("row %d, column %d", row, i)
            .isCloseTo(Double.parseDouble(a[i]), within(1e-4));
      }
    }
  }

  private List<String> predict(Path model, String backend) throws IOException {
    Path out = folder.resolve(backend + ".csv");
    Outcome.of(
            "predict",
            "--backend",
            backend,
            "--model",
            model,
            "--data",
            FixtureSamples.TABLE,
            "--out",
            out,
            "--logits")
        .succeeded();
    return Files.readAllLines(out);
  }

  @ParameterizedTest(name = "trunks that {0} cached are read by {1}")
  @CsvSource({"checking-djl, checking-tf", "checking-tf, checking-djl"})
  void cachesMove(String from, String to) throws IOException {
    Path cache = folder.resolve("cache");
    Outcome.of(FixtureSamples.train(folder.resolve("a"), "--backend", from, "--cache", cache))
        .succeeded();
    Map<Path, FileTime> before = times(cache);
    assertThat(before).isNotEmpty();
    Outcome.of(FixtureSamples.train(folder.resolve("b"), "--backend", to, "--cache", cache))
        .succeeded();
    assertThat(times(cache)).isEqualTo(before);
  }

  private static Map<Path, FileTime> times(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files
          .filter(Files::isRegularFile)
          // Tells when the cache was used last
          .filter(f -> !f.endsWith(".pmf.cache"))
          .collect(Collectors.toMap(f -> f, InterchangeTest::changed, (a, b) -> a, TreeMap::new));
    }
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "a run of {0} that was stopped goes on on {1}, to the same losses")
  @CsvSource({"checking-djl, checking-tf", "checking-tf, checking-djl"})
  void checkpointsMove(String from, String to) throws IOException {
    Path whole = folder.resolve("whole");
    train(from, whole, TrainingListener.NONE);
    Path moved = folder.resolve("moved");
    assertThatThrownBy(() -> train(from, moved, this::stop)).hasMessage("stopped");
    assertThat(losses(moved)).hasSizeLessThan(losses(whole).size());
    train(to, moved, TrainingListener.NONE);
    List<Double> expected = losses(whole);
    List<Double> found = losses(moved);
    assertThat(found).hasSameSizeAs(expected).hasSize(8);
    for (int i = 0; i < expected.size(); i++) {
      // AdamW makes differences of 1e-7 larger from step to step.
      assertThat(found.get(i)).as("step %d", i).isCloseTo(expected.get(i), within(1e-3));
    }
  }

  private void stop(TrainingListener.Epoch epoch) {
    if (epoch.number() == 2) {
      throw new IllegalStateException("stopped");
    }
  }

  private static void train(String backend, Path out, TrainingListener listener) {
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT)) {
      pmf.train(
          TrainConfig.builder()
              .data(FixtureSamples.TABLE)
              .encoder("image", FixtureSamples.IMAGE_ENCODER)
              .encoder("text", FixtureSamples.TEXT_ENCODER)
              .out(out)
              .existing(TrainConfig.Existing.RESUME)
              .cache(CacheConfig.NONE)
              .training(TrainSettings.DEFAULT.with("epochs", 4).with("batch-size", 8))
              .build(),
          Progress.SILENT,
          listener);
    }
  }

  private static List<Double> losses(Path model) throws IOException {
    List<Double> losses = new ArrayList<>();
    for (String line : Files.readAllLines(model.resolve("train_log.jsonl"))) {
      JsonNode node = new ObjectMapper().readTree(line);
      if (node.has("loss")) {
        losses.add(node.get("loss").asDouble());
      }
    }
    return losses;
  }
}
