package org.pmf4j.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo at the size that users see, by what they unpacked. */
@DisplayName("On a machine with Java alone, somebody who unpacks a distribution")
class FirstUseIT {
  private static final Pattern ACCURACY =
      Pattern.compile("^(\\w.*?) {2,}(\\d+\\.\\d) %", Pattern.MULTILINE);

  @TempDir private Path folder;

  @Test
  @DisplayName("sees fusion beat both modalities alone and side by side, in an empty HOME")
  void seesTheDemo() throws Exception {
    Distribution pmf = Distribution.ofThisSystem(folder);
    pmf.makeReadOnly();
    try {
      Path home = Files.createDirectories(folder.resolve("home"));
      Map<String, String> before = pmf.state();

      Distribution.Outcome demo =
          pmf.run(pmf.root().resolve("bin/pmf"), home, "demo", "--out", folder.resolve("demo"));

      assertThat(demo.code()).as(demo.err()).isZero();
      Map<String, Double> accuracies = accuracies(demo.out());
      double fused = accuracies.remove("PMF");
      assertThat(accuracies).hasSize(3);
      // Fusion comes near 100 and the rest cannot leave a third by much; 40 leaves room for others
      assertThat(accuracies.values()).allMatch(alone -> alone < fused - 40);
      assertThat(folder.resolve("demo/report.html")).isNotEmptyFile();
      assertThat(pmf.state()).isEqualTo(before);
    } finally {
      pmf.makeWritable();
    }
  }

  private static Map<String, Double> accuracies(String told) {
    Map<String, Double> accuracies = new LinkedHashMap<>();
    Matcher row = ACCURACY.matcher(told);
    while (row.find()) {
      accuracies.put(row.group(1), Double.valueOf(row.group(2)));
    }
    return accuracies;
  }
}
