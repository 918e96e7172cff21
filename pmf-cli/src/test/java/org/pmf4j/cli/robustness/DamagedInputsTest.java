package org.pmf4j.cli.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.cli.robustness.Verdict.Kind;
import org.pmf4j.cli.robustness.WorkerProcess.Answer;

/** A sample in every build; at length with {@code -Dlong}, as docs/robustness.md shows. */
@DisplayName("Inputs of every format that are damaged at random")
class DamagedInputsTest {
  private static final int INPUTS =
      Integer.getInteger("fuzz.inputs", System.getProperty("long") == null ? 100 : 10_000);
  private static final int FIRST = Integer.getInteger("fuzz.first", 0);
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
  private static final String ONLY = System.getProperty("fuzz.only", "");
  private static final String BACKEND = System.getProperty("fuzz.backend", "djl");

  @Test
  @DisplayName("are accepted, or refused in one line of ours, within 20 s and 2 GB")
  void areAcceptedOrRefused() throws IOException, InterruptedException {
    System.out.printf(Locale.ROOT, "-Dfuzz.seed=%d -Dfuzz.backend=%s%n", SEED, BACKEND);
    Path root = root();
    Campaign.delete(root);
    Healthy healthy = Healthy.make(Files.createDirectories(root.resolve("healthy")));
    Path model = healthy.root().resolve("model");
    Path cache = healthy.root().resolve("cache");
    try (WorkerProcess worker = new WorkerProcess(root.resolve("worker"), "-Xmx1g")) {
      Answer trained = worker.run(healthy.training(model, cache), 120);
      assertThat(trained.reply()).as(trained.end()).isPresent();
      assertThat(trained.reply().get().code()).as(trained.reply().get().told()).isZero();

      Formats formats = new Formats(healthy, model, cache, BACKEND);
      Campaign campaign = new Campaign(root, worker, chosen(formats), SEED);
      for (int i = FIRST; i < FIRST + INPUTS; i++) {
        campaign.run(i);
      }
      System.out.println(campaign.report());
      assertThat(campaign.failures()).as("seed %d, kept in %s", SEED, root).isEmpty();
      // Small damage often does no harm, and large damage must be seen
      if (INPUTS > 50) {
        assertThat(campaign.count(Kind.ACCEPTED)).isPositive();
        assertThat(campaign.count(Kind.REFUSED)).isPositive();
      }
    }
  }

  /** Those whose names have what was asked for; all, where none was. */
  private static List<Formats.Format> chosen(Formats formats) {
    List<Formats.Format> chosen =
        formats.all().stream().filter(f -> f.name().matches(".*(" + ONLY + ").*")).toList();
    assertThat(chosen).as("formats with %s in their names", ONLY).isNotEmpty();
    return chosen;
  }

  /** Beside the classes of the build. */
  private static Path root() {
    String folder = System.getProperty("fuzz.folder", "target/robustness/inputs-of-" + BACKEND);
    return Path.of(folder).toAbsolutePath();
  }
}
