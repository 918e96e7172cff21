package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.json.Json;

@DisplayName("pmf doctor")
class DoctorTest {
  @Test
  @DisplayName("tells of Java, the machine, every engine and folder, and what to do")
  void tells() {
    Outcome outcome = Outcome.of("doctor");
    assertThat(outcome.out())
        .containsPattern("(?m)^ok +Java +" + System.getProperty("java.version"))
        .containsPattern("(?m)^(ok|slow) +memory +\\d+\\.\\d GiB, \\d+\\.\\d GiB of it unused$")
        .containsPattern("(?m)^(ok|slow) +backend djl +PyTorch [^,]*, \\d+ threads, opens in \\d")
        .containsPattern("(?m)^(ok|slow) +backend tf +TensorFlow [^,]*, \\d+ threads, opens in \\d")
        .containsPattern("(?m)^(ok|slow) +trunk cache +/.* GiB free$")
        .containsPattern("(all is well|\\d+ of \\d+ could be better)\\n$");
  }

  @Test
  @DisplayName("tells the same to programs")
  void json() {
    Outcome outcome = Outcome.of("doctor", "--json");
    Map<String, Object> found = Json.object("the output", outcome.out());
    assertThat(found).containsOnlyKeys("findings");
    assertThat(found.get("findings"))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .allSatisfy(
            f -> {
              assertThat(f.get("state")).isIn("ok", "slow", "missing");
              assertThat(f.containsKey("advice")).isEqualTo(!f.get("state").equals("ok"));
            })
        .extracting(f -> f.get("subject"))
        .contains("Java", "memory", "backend djl", "backend tf", "temporary folder");
  }
}
