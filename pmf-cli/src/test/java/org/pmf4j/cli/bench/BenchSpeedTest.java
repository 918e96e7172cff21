package org.pmf4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.cli.Checked;
import org.pmf4j.cli.Outcome;

@DisplayName("pmf bench speed and pmf bench backends")
class BenchSpeedTest {
  private static final List<Object> TINY =
      List.of("--width", 16, "--depth", 2, "--heads", 2, "--image-tokens", 5, "--text-tokens", 6);

  private static final List<Object> FEW =
      List.of("--vocabulary", 64, "--classes", 3, "--batch", 2, "--fusion-layers", 2, "--gemm", 32);

  @TempDir private Path folder;

  private Outcome bench(String what, Object... more) {
    List<Object> words = new ArrayList<>(List.of("bench", what));
    words.addAll(TINY);
    words.addAll(FEW);
    words.addAll(List.of("--out", folder.resolve("out"), "--rounds", 2));
    words.addAll(List.of(more));
    return Outcome.of(words.toArray());
  }

  private JsonNode read(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out").resolve(name).toFile());
  }

  private void pageStandsAlone(String name, String... told) throws IOException {
    String html = Files.readString(folder.resolve("out").resolve(name));
    // Behind it stand the script that draws charts, and its licence
    assertThat(html.substring(0, html.indexOf("</main>")))
        .contains("data-chart=", "Machine, versions, command")
        .contains(told)
        .doesNotContain("<script", "http://", "https://", "NaN");
  }

  @Test
  @DisplayName("measure, go on where they were interrupted, and refuse other settings")
  void speed() throws IOException {
    Object[] words = {
      "--backend",
      Checked.BACKEND,
      "--precision",
      "fp32",
      "--variants",
      "pmf-cached-step,whole-step"
    };
    Outcome first = bench("speed", words).succeeded();
    assertThat(first.out()).contains("step, PMF, trunk cached", "plain product", "speed.html");
    JsonNode measured = read("speed-measurements.json");
    JsonNode result = read("speed.json").at("/precisions/0");
    assertThat(result.at("/variants")).hasSize(2);
    assertThat(result.at("/variants/0/variant").asText()).isEqualTo("pmf-cached-step");
    assertThat(result.at("/variants/0/milliseconds/count").asInt()).isEqualTo(2);
    assertThat(result.at("/variants/0/gflop").asDouble()).isPositive();
    assertThat(result.at("/variants/0/timesAsFast/median").asDouble()).isPositive();
    assertThat(result.at("/variants/1/timesAsFast/median").asDouble()).isEqualTo(1);
    assertThat(result.at("/exactness/0/gradients").asDouble())
        .as("the bound that exact rewriting is held to in single precision")
        .isLessThan(1e-5);
    assertThat(result.at("/growth/batches")).hasSize(3);
    assertThat(result.at("/growth/epochFit/slope").isNumber()).isTrue();
    assertThat(result.at("/cache/readRate").asDouble()).isPositive();
    assertThat(result.at("/cache/bytesPerSample").asDouble()).isPositive();
    assertThat(read("speed.json").at("/origin/command").asText())
        .startsWith("pmf bench speed --width 16");
    pageStandsAlone("speed.html", "Training step", "Cost against size", "whole layers");

    List<Object> more = new ArrayList<>(List.of(words));
    more.addAll(List.of("--rounds", 3));
    bench("speed", more.toArray()).succeeded();
    JsonNode after = read("speed-measurements.json");
    JsonNode series = after.at("/series/fp32~1whole-step");
    assertThat(series).hasSize(3);
    assertThat(series.get(0)).isEqualTo(measured.at("/series/fp32~1whole-step/0"));
    assertThat(after.at("/values")).isEqualTo(measured.at("/values"));

    more.addAll(List.of("--width", 32));
    bench("speed", more.toArray())
        .wasRefused("speed-measurements.json", "measured with width 16, and not 32", "--overwrite");
  }

  @Test
  @DisplayName("measure on TensorFlow as well")
  void speedOnTensorFlow() throws IOException {
    bench("speed", "--backend", "tf", "--precision", "fp32", "--variants", "pmf-step").succeeded();
    JsonNode result = read("speed.json");
    assertThat(result.at("/origin/engines/0/engine").asText()).contains("TensorFlow");
    assertThat(result.at("/precisions/0/exactness/0/logits").asDouble()).isLessThan(1e-5);
    pageStandsAlone("speed.html", "Training step");
  }

  @Test
  @DisplayName("compare the backends there are")
  void backends() throws IOException {
    Outcome outcome = bench("backends").succeeded();
    assertThat(outcome.out())
        .contains("djl: step, PMF, trunk cached", "ort: inference, PMF", "tf: inference, PMF")
        .contains("ort in 8-bit integers: inference, PMF", "logits off from djl")
        .doesNotContain("ort: step", "integers: step", "integers: plain product");
    JsonNode backends = read("backends.json").at("/backends");
    assertThat(backends.findValuesAsText("backend")).containsExactly("djl", "ort", "ort", "tf");
    assertThat(backends.findValuesAsText("precision"))
        .containsExactly("fp32", "fp32", "int8", "fp32");
    for (JsonNode b : backends) {
      assertThat(b.at("/gemmRate").asDouble()).isPositive();
      assertThat(b.path("work")).hasSize(b.path("trains").asBoolean() ? 3 : 1);
      assertThat(b.path("work").path(0).path("samplesPerSecond").asDouble()).isPositive();
      assertThat(b.at("/startUp/firstStep").asDouble()).isPositive();
    }
    assertThat(backends.at("/1/agreement/logits").asDouble())
        .as("single precision, sums in another order")
        .isLessThan(1e-4);
    assertThat(backends.at("/2/agreement/logits").asDouble())
        .as("weights of 7 bits and inputs of 8")
        .isBetween(1e-4, 0.2);
    assertThat(backends.at("/2/agreement/gradients").isNumber()).isFalse();
    assertThat(backends.at("/3/agreement/gradients").asDouble())
        .as("single precision, sums in another order")
        .isLessThan(1e-4);
    pageStandsAlone(
        "backends.html",
        "Start of a process",
        "Largest difference between backends",
        "ort in 8-bit integers and djl");
  }

  @ParameterizedTest(name = "{0} {1}")
  @DisplayName("tell a wrong option in one line")
  @CsvSource(
      delimiter = '|',
      value = {
        "--image-tokens | 7 | image-tokens must be a square and 1, such as 197, got 7",
        "--width | 15 | width must be a multiple of heads, got 15",
        "--fusion-layers | 3 | fusion-layers must be 1 to the depth, 2, got 3",
        "--precision | fp8 | precision: 'fp8' is none of: fp32, bf16",
        "--variants | fast | variants: 'fast' is none of: pmf-cached-step",
        "--rounds | 0 | rounds must be 1 or more, got 0",
        "--backend | abacus | abacus",
        "--originals | none.py | none.py: no such file; name originals.py with --originals",
      })
  void wrongOptions(String option, String value, String told) {
    List<Object> words = new ArrayList<>(List.of(option, value));
    if (option.equals("--originals")) {
      words.add("--python=python3");
    }
    bench("speed", words.toArray()).wasRefused(told);
  }
}
