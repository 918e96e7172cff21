package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.core.safetensors.SafetensorsFile;

/** {@code golden/Make.java} made what is read here, with an older version of this code. */
@DisplayName("What an older version saved")
class GoldenTest {
  /** Other machines and numbers of threads add in another order. */
  private static final float ROUNDING = 1e-4f;

  @TempDir private Path folder;

  @ParameterizedTest(name = "is a model that predicts what it predicted then, made on {0}")
  @ValueSource(strings = {"djl", "tf"})
  void predicts(String backend) throws IOException {
    Path model = copy(golden(backend).resolve("whole"), folder.resolve("whole"));
    Path out = folder.resolve("predictions.csv");
    Outcome.of(
            with(
                "predict",
                "--model",
                model,
                "--data",
                FixtureSamples.TABLE,
                "--out",
                out,
                "--logits"))
        .succeeded();
    List<String> then = Files.readAllLines(golden(backend).resolve("predictions.csv"));
    List<String> now = Files.readAllLines(out);
    assertThat(now.get(0)).isEqualTo(then.get(0));
    assertThat(logits(now)).hasSize(16 * 3);
    for (int i = 0; i < logits(then).size(); i++) {
      assertThat(logits(now).get(i)).isCloseTo(logits(then).get(i), within(ROUNDING));
    }
  }

  @ParameterizedTest(name = "is a run that --resume goes on with, begun on {0}")
  @ValueSource(strings = {"djl", "tf"})
  void goesOn(String backend) throws IOException {
    Path run = copy(golden(backend).resolve("unfinished"), folder.resolve("run"));
    Outcome.of(train(run, "--resume")).succeeded();
    Map<String, float[]> now = tensors(run.resolve("adapter_model.safetensors"));
    Map<String, float[]> then = tensors(golden(backend).resolve("whole/adapter_model.safetensors"));
    assertThat(now.keySet()).isEqualTo(then.keySet());
    then.forEach(
        (name, t) -> assertThat(now.get(name)).as(name).containsExactly(t, within(ROUNDING)));
  }

  @ParameterizedTest(name = "is an encoder that --resume goes on with, begun on {0}")
  @ValueSource(strings = {"djl", "tf"})
  void encoderGoesOn(String backend) throws IOException {
    Path run = copy(golden(backend).resolve("encoder"), folder.resolve("encoder"));
    Outcome.of(
            "pretrain",
            "--resume",
            "--modality",
            "image",
            "--data",
            FixtureSamples.TABLE,
            "--validation",
            FixtureSamples.TABLE,
            "--from",
            FixtureSamples.IMAGE_ENCODER,
            "--out",
            run,
            "--epochs",
            3,
            "--batch-size",
            8,
            "--learning-rate",
            "0.003",
            "--weight-decay",
            "0.01",
            "--checkpoint-steps",
            3)
        .succeeded();
    assertThat(Files.readString(run.resolve("train_log.jsonl"))).contains("\"epoch_end\":3");
    assertThat(run.resolve("model.safetensors")).exists();
  }

  private static Object[] train(Path out, Object... more) {
    return FixtureSamples.with(
        FixtureSamples.train(
            out,
            "--validation",
            FixtureSamples.TABLE,
            "--epochs",
            4,
            "--batch-size",
            4,
            "--learning-rate",
            "0.005",
            "--seed",
            3,
            "--checkpoint-steps",
            3),
        more);
  }

  /** The model's encoders lie elsewhere, seen from a copy. */
  private static Object[] with(Object... words) {
    return FixtureSamples.with(
        words,
        "--encoder",
        "image=" + FixtureSamples.IMAGE_ENCODER,
        "--encoder",
        "text=" + FixtureSamples.TEXT_ENCODER);
  }

  private static List<Float> logits(List<String> lines) {
    List<Float> all = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      for (int i = cells.length - 3; i < cells.length; i++) {
        all.add(Float.valueOf(cells[i]));
      }
    }
    return all;
  }

  private static Map<String, float[]> tensors(Path file) {
    Map<String, float[]> all = new LinkedHashMap<>();
    try (SafetensorsFile f = SafetensorsFile.open(file)) {
      f.names().forEach(name -> all.put(name, f.tensor(name).floats()));
    }
    return all;
  }

  private static Path golden(String backend) {
    return FixtureSamples.ROOT.getParent().resolveSibling("golden").resolve(backend);
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
    return to;
  }
}
