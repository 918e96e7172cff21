package org.pmf4j.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.pmf4j.testkit.backend.NativeMemory;

@DisplayName("200,000 small rows")
@EnabledIfSystemProperty(named = "long", matches = ".*", disabledReason = "-Dlong is not given")
class ManyRowsTest {
  private static final int ROWS = 200_000;

  /** What a collector leaves and libraries keep: far below the 100,000 rows that come between. */
  private static final long NOISE_KIB = 64 << 10;

  @Test
  @DisplayName("leave memory of executors as it was after a tenth of them, and no file open")
  void leaveMemoryFlat() throws IOException {
    NativeMemory.assumeMeasurable();
    Map<String, Long> processes = LocalCluster.processes();
    predict(ROWS / 10);
    long[] before = resident(processes);
    long[] files = files(processes);
    predict(ROWS);
    long[] after = resident(processes);
    long[] filesAfter = files(processes);
    for (int i = 0; i < before.length; i++) {
      System.out.printf(
          java.util.Locale.ROOT,
          "executor %d: %d KiB after %d rows, %d KiB after %d more; %d and %d files%n",
          i,
          before[i],
          ROWS / 10,
          after[i],
          ROWS,
          files[i],
          filesAfter[i]);
      assertThat(after[i] - before[i]).isLessThan(NOISE_KIB);
      assertThat(filesAfter[i]).isLessThanOrEqualTo(files[i] + 16);
    }
  }

  private static void predict(int rows) {
    Dataset<Row> table =
        LocalCluster.session()
            .range(0, rows, 1, 4)
            .withColumn("text", concat(lit("a red shape "), col("id")))
            .withColumn("image", lit(null).cast("string"));
    long predicted =
        TinyModel.transformer()
            .setBatchSize(256)
            .transform(table)
            .where(col("prediction").isNotNull())
            .count();
    assertThat(predicted).isEqualTo(rows);
  }

  private static long[] resident(Map<String, Long> processes) throws IOException {
    long[] all = new long[processes.size()];
    int i = 0;
    for (long pid : processes.values()) {
      all[i++] = Processes.residentKib(pid);
    }
    return all;
  }

  private static long[] files(Map<String, Long> processes) throws IOException {
    long[] all = new long[processes.size()];
    int i = 0;
    for (long pid : processes.values()) {
      try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
        all[i++] = open.count();
      }
    }
    return all;
  }
}
