package org.pmf4j.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

  @Test
  void theCommandCanBeTypedAgain() {
    Provenance origin =
        Provenance.now(List.of("bench", "speed", "--out", "a folder", "it's"), List.of());
    assertThat(origin.command()).isEqualTo("pmf bench speed --out 'a folder' 'it'\\''s'");
  }

  @Test
  void factsNameMachineEnginesAndCommand() {
    Engine engine = new Engine("djl", "PyTorch 2.7.1", "cpu", 2);
    Provenance origin = Provenance.now(List.of("bench", "speed"), List.of(engine));
    assertThat(origin.facts())
        .containsEntry("command", "pmf bench speed")
        .containsEntry("engines", "djl: PyTorch 2.7.1, cpu, 2 threads")
        .containsKeys("date", "processor", "system", "JVM", "PMF for Java");
    assertThat(origin.machine().cores()).isPositive();
  }
}
