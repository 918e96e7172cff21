package org.pmf4j.cli.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.cli.Outcome;

@DisplayName("Encoders are pretrained alike on every backend")
class PretrainingCurveTest {
  /**
   * Relative to the largest loss. Every weight of an encoder takes part, so that a gradient that
   * one engine gets wrong shows within a few steps; 1e-6 to 1e-5 was measured.
   */
  private static final double TOLERANCE = 1e-3;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "--modality text --goal masked-tokens --max-length 16 --vocabulary-size 100",
        "--modality text --goal single-label --max-length 16 --vocabulary-size 100",
        "--modality image --goal single-label --image-size 16 --patch-size 8"
      })
  void lossesAgree(String words) throws IOException {
    List<String> names = AllBackends.names().toList();
    HostTensor first = losses(names.get(0), words);
    assertThat(first.shape().size()).isEqualTo(24);
    for (String other : names.subList(1, names.size())) {
      float[] found = losses(other, words).floats();
      Differences.assertCloseRelative("losses on " + other, found, first, TOLERANCE);
    }
  }

  private HostTensor losses(String backend, String words) throws IOException {
    Path out = folder.resolve(backend);
    List<Object> command = new ArrayList<>(List.of("pretrain", "--backend", backend));
    command.addAll(List.of((Object[]) words.split(" ")));
    command.addAll(List.of("--data", Fixtures.root().resolve("pmf/curve/train.csv"), "--out", out));
    command.addAll(List.of("--width", 16, "--depth", 2, "--heads", 2));
    command.addAll(List.of("--epochs", 6, "--batch-size", 4));
    Outcome.of(command.toArray()).succeeded();
    List<Float> losses = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("train_log.jsonl"))) {
      JsonNode node = new ObjectMapper().readTree(line);
      if (node.has("loss")) {
        losses.add((float) node.get("loss").asDouble());
      }
    }
    float[] values = new float[losses.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = losses.get(i);
    }
    return HostTensor.of(values, values.length);
  }
}
