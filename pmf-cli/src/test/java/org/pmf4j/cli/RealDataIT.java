package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("On real pictures and questions (easy-VQA)")
@EnabledIfEnvironmentVariable(
    named = "PMF_DATA",
    matches = ".+",
    disabledReason = "PMF_DATA does not name the folder of the real data sets")
class RealDataIT {
  @TempDir private Path folder;

  private static Path data() {
    return Path.of(System.getenv("PMF_DATA")).resolve("easy-vqa");
  }

  @Test
  @DisplayName("encoders are pretrained and fused into more than either modality can tell")
  void pretrainedAndFused() throws Exception {
    deriveImageLabels();
    run(
        "pretrain --modality image --data images.csv --out vit --goal multi-label --patch-size 16"
            + " --width 96 --depth 3 --heads 4 --mlp-width 192 --epochs 6 --batch-size 32"
            + " --learning-rate 0.001");
    run(
        "pretrain --modality text --data DATA/train.csv --out bert --goal masked-tokens --width 96"
            + " --depth 3 --heads 4 --mlp-width 192 --max-length 32 --epochs 1 --batch-size 128"
            + " --learning-rate 0.001");
    String encoders = " --encoder image=vit --encoder text=bert";
    run(
        "train --data DATA/train.csv --out model --head joint --mapping-width 128"
            + " --set mapping-activation=gelu --epochs 1 --batch-size 64 --cache cache"
            + encoders);
    run("evaluate --model model --data DATA/validation.csv --out metrics.json");
    predictsTheSameOnAnotherBackend();

    double accuracy =
        new ObjectMapper()
            .readTree(folder.resolve("metrics.json").toFile())
            .path("metrics")
            .path("accuracy")
            .asDouble();
    System.out.println("accuracy on easy-VQA after one short epoch: " + accuracy);
    // The best that can be said from the question alone is 0.667, from the picture alone 0.38.
    assertThat(accuracy).isGreaterThan(0.75);
  }

  /** A prediction may change only where two logits are equal to rounding: none was seen to. */
  private void predictsTheSameOnAnotherBackend() throws Exception {
    for (String backend : new String[] {"checking-djl", "checking-tf"}) {
      run(
          "predict --backend "
              + backend
              + " --model model --data DATA/validation.csv --out "
              + backend
              + ".csv");
    }
    assertThat(predictions("checking-tf")).isEqualTo(predictions("checking-djl")).hasSize(4869);
  }

  private List<String> predictions(String backend) throws Exception {
    return Files.readAllLines(folder.resolve(backend + ".csv")).stream()
        .map(line -> line.split(","))
        .map(cells -> cells[cells.length - 2])
        .toList();
  }

  private void deriveImageLabels() throws Exception {
    Path script = Path.of("..", "examples", "easy-vqa", "image-labels.awk").toAbsolutePath();
    File out = folder.resolve("images.csv").toFile();
    Process awk =
        new ProcessBuilder(
                "awk",
                "-v",
                "folder=" + data() + "/",
                "-f",
                script.toString(),
                data().resolve("train.csv").toString())
            .redirectOutput(out)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(awk.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(awk.exitValue()).isZero();
  }

  /** Runs a command whose file names stand in the test's folder, or in the data set's as DATA/. */
  private void run(String command) {
    String[] words = command.split(" ");
    for (int i = 1; i < words.length; i++) {
      if (words[i].startsWith("DATA/")) {
        words[i] = data().resolve(words[i].substring(5)).toString();
      } else if (words[i].matches("(image|text)=.*")) {
        String[] pair = words[i].split("=");
        words[i] = pair[0] + "=" + folder.resolve(pair[1]);
      } else if (words[i - 1].matches("--(data|out|model|cache)")) {
        words[i] = folder.resolve(words[i]).toString();
      }
    }
    Outcome outcome = Outcome.of((Object[]) words);
    assertThat(outcome.code()).as("%s%n%s", command, outcome.err()).isZero();
  }
}
