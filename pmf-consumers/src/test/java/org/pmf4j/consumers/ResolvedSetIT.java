package org.pmf4j.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A project that trains and predicts gets")
class ResolvedSetIT {
  private static MavenConsumer consumer;

  @BeforeAll
  static void build() throws Exception {
    consumer = MavenConsumer.build("maven");
  }

  @Test
  @DisplayName("the core, the chosen backend and the chosen system's libraries, each jar once")
  void all() {
    List<String> artifacts =
        consumer.names().stream().map(name -> name.replaceFirst("-\\d.*", "")).toList();
    assertThat(artifacts)
        .doesNotHaveDuplicates()
        .contains("pmf-api", "pmf-core", "pmf-hub", "pmf-modalities", "pmf-backend-djl")
        .contains("pytorch-native-cpu", "pytorch-jni")
        .doesNotContain(
            "pmf-backend-tf", "pmf-cli", "pmf-testkit", "junit-jupiter-api", "duckdb_jdbc");
  }

  @Test
  @DisplayName("the same without the BOM")
  void withoutBom() throws Exception {
    assertThat(MavenConsumer.build("explicit").names()).isEqualTo(consumer.names());
  }

  @Test
  @DisplayName("the same from a resolver that knows no profiles")
  void ivy() throws Exception {
    List<String> names =
        IvyConsumer.names(
            List.of(
                "pmf-core",
                "pmf-modalities",
                "pmf-backend-djl",
                "pmf-natives-djl-" + Build.SYSTEM));
    assertThat(names).isEqualTo(consumer.names());
  }

  @Test
  @DisplayName("no less than the example of a plugin, which compiles with its tests")
  void example() throws Exception {
    Path work = Build.TARGET.resolve("consumers/plugin");
    MavenConsumer.maven(Build.ROOT.resolve("examples/time-series-plugin"), work, "test-compile");
    assertThat(work.resolve("target/test-classes")).isNotEmptyDirectory();
  }
}
