package org.pmf4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.core.run.TrainConfig.Existing;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.spark.train.TrainingFiles;
import org.pmf4j.testkit.backend.NativeMemory;

@DisplayName("Hundreds of steps on a cluster")
@EnabledIfSystemProperty(named = "long", matches = ".*", disabledReason = "-Dlong is not given")
class ManyStepsTest {
  private static final int EPOCHS = 300;
  private static final int SETTLED = 100;

  /** What a collector leaves and libraries keep: 10 MB of parameters a step would be gigabytes. */
  private static final long NOISE_KIB = 64 << 10;

  @TempDir private Path folder;

  @Test
  @DisplayName("leave the memory of the driver as it was after a third of them")
  void leaveMemoryFlat() throws IOException {
    NativeMemory.assumeMeasurable();
    Map<Integer, Long> resident = new TreeMap<>();
    TrainingListener measuring =
        epoch -> {
          if (epoch.number() % (SETTLED / 2) == 0) {
            System.gc();
            resident.put(epoch.number(), resident());
          }
        };
    Map<String, String> places = new TreeMap<>();
    TinyRun.encoders().forEach((name, path) -> places.put(name, path.toString()));
    String table = TinyModel.table().toString();
    TinyRun.onCluster(
        places,
        folder.resolve("cache").toString(),
        new TrainingFiles(table, Optional.of(table), folder.resolve("model").toString()),
        Existing.REFUSE,
        Map.of("epochs", String.valueOf(EPOCHS)),
        measuring);
    System.out.printf(Locale.ROOT, "driver, KiB by epoch of two steps: %s%n", resident);
    assertThat(resident.get(EPOCHS) - resident.get(SETTLED)).isLessThan(NOISE_KIB);
  }

  private static long resident() {
    try {
      return Processes.residentKib(ProcessHandle.current().pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
