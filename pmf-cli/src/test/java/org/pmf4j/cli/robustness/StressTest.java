package org.pmf4j.cli.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A few acts in every build; for long with {@code -Dlong -Dstress.backend=djl}, as
 * docs/robustness.md shows.
 */
@DisplayName("Processes that are disturbed at random")
class StressTest {
  private static final long SEED = Long.getLong("stress.seed", System.nanoTime());
  private static final int SECONDS =
      60 * Integer.getInteger("stress.minutes", System.getProperty("long") == null ? 0 : 30);
  private static final int SHORT_SECONDS = 15;

  private static String[] backends() {
    return System.getProperty("stress.backend", "djl,tf").split(",");
  }

  @ParameterizedTest(name = "neither abort nor hang, and go on to the same bits, on {0}")
  @MethodSource("backends")
  void neitherAbortNorHang(String backend) throws IOException, InterruptedException {
    System.out.printf(Locale.ROOT, "-Dstress.seed=%d -Dstress.backend=%s%n", SEED, backend);
    String folder = System.getProperty("stress.folder", "target/robustness/stress-of-" + backend);
    Path root = Path.of(folder).toAbsolutePath();
    Campaign.delete(root);
    Stress stress = new Stress(Files.createDirectories(root), backend, SEED);
    stress.begin();
    long until =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS == 0 ? SHORT_SECONDS : SECONDS);
    do {
      stress.act();
    } while (System.nanoTime() < until);
    System.out.println(stress.report(SEED));
    assertThat(stress.tally().faults()).as("seed %d, kept in %s", SEED, root).isEmpty();
  }
}
