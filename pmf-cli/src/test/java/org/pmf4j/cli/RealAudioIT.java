package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("On real digits, written and spoken (av-digits)")
@EnabledIfEnvironmentVariable(
    named = "PMF_DATA",
    matches = ".+",
    disabledReason = "PMF_DATA does not name the folder of the real data sets")
class RealAudioIT {
  /** Rows that the short runs learn from. */
  private static final int ROWS = 2_700;

  @TempDir private Path folder;

  private static Path data() {
    return Path.of(System.getenv("PMF_DATA")).resolve("av-digits");
  }

  @Test
  @DisplayName("picture and sound together tell more digits than either alone")
  void fusedBeatsBothProbes() throws IOException {
    Path train = shortTable();
    pretrain("image", train, "--no-augmentation", "--image-size", 28, "--patch-size", 7);
    pretrain("audio", train, "--max-length", 80, "--patch-size", 16, "--patch-stride", 16);
    double image = accuracy(train, List.of("image"), "--method", "linear-probe");
    double audio = accuracy(train, List.of("audio"), "--method", "linear-probe");
    double fused = accuracy(train, List.of("image", "audio"), "--set", "mapping-activation=gelu");
    System.out.printf(
        Locale.ROOT,
        "accuracy on av-digits after short runs: image %.3f, audio %.3f, fused %.3f%n",
        image,
        audio,
        fused);
    // One digit of ten, told by chance, is 0.1.
    assertThat(Math.min(image, audio)).isGreaterThan(0.5);
    assertThat(fused).isGreaterThan(Math.max(image, audio));
  }

  private void pretrain(String modality, Path train, Object... sizes) {
    Object[] words = {
      "pretrain",
      "--modality",
      modality,
      "--data",
      train,
      "--out",
      folder.resolve(modality),
      "--width",
      64,
      "--depth",
      2,
      "--mlp-width",
      128,
      "--epochs",
      10,
      "--batch-size",
      32
    };
    Outcome.of(FixtureSamples.with(words, sizes)).succeeded();
  }

  private double accuracy(Path train, List<String> modalities, Object... method)
      throws IOException {
    Path model = folder.resolve("model-" + String.join("-", modalities));
    Path metrics = folder.resolve("metrics.json");
    Object[] words = {
      "train",
      "--data",
      train,
      "--out",
      model,
      "--epochs",
      4,
      "--batch-size",
      64,
      "--cache",
      folder.resolve("cache")
    };
    List<Object> all = new ArrayList<>(List.of(FixtureSamples.with(words, method)));
    modalities.forEach(m -> all.addAll(List.of("--encoder", m + "=" + folder.resolve(m))));
    Outcome.of(all.toArray()).succeeded();
    Outcome.of(
            "evaluate",
            "--model",
            model,
            "--data",
            data().resolve("validation.csv"),
            "--out",
            metrics)
        .succeeded();
    return new ObjectMapper()
        .readTree(metrics.toFile())
        .path("metrics")
        .path("accuracy")
        .asDouble();
  }

  /** The first training rows, with paths that do not depend on the table's folder. */
  private Path shortTable() throws IOException {
    List<String> rows = Files.readAllLines(data().resolve("train.csv")).subList(0, ROWS + 1);
    List<String> moved = new ArrayList<>(List.of(rows.get(0)));
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",");
      moved.add(data().resolve(cells[0]) + "," + data().resolve(cells[1]) + "," + cells[2]);
    }
    return Files.write(folder.resolve("train.csv"), moved);
  }
}
