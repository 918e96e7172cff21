package org.pmf4j.spark.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.spark.PmfTrunkCache;
import org.pmf4j.spark.trunk.TrunkFilling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf spark encode}. */
@Command(
    name = "encode",
    description = {
      "Fills the cache of what frozen encoders compute of a table, on all executors.",
      "",
      "Where the trunk ends depends on method, settings and precision: give those of the run that"
          + " reads the cache. What is there already is not computed again."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100)
final class EncodeCommand implements Callable<Integer> {
  @Mixin private TableOptions table = new TableOptions();

  @Mixin private FusionOptions fusion = new FusionOptions();

  @Option(
      names = "--cache-precision",
      paramLabel = "TYPE",
      description = "fp32, or fp16 for half the space (default: fp32)")
  private String storage = "fp32";

  @Option(
      names = "--cache-content",
      paramLabel = "KIND",
      description = "attention, or states alone (default: attention)")
  private String content = "attention";

  @Override
  public Integer call() throws IOException {
    PmfTrunkCache trunks =
        new PmfTrunkCache(fusion.cache())
            .run(fusion::settle)
            .storage(choice(CachedTrunks.Storage.class, "--cache-precision", storage))
            .content(choice(CachedTrunks.Content.class, "--cache-content", content))
            .folder(table.folder())
            .engine(fusion.engine())
            .progress(DriverConsole.progress());
    fusion.encoders().forEach(trunks::encoder);
    table.columns().forEach((name, columns) -> trunks.column(name, columns.split(",", -1)));
    try (SparkSession spark =
        SparkSession.builder().appName("pmf encode " + fusion.cache()).getOrCreate()) {
      TrunkFilling.Filled filled = trunks.fill(table.table(spark));
      System.out.printf(
          Locale.ROOT,
          "%d rows, of which %d samples were computed, in %s%n",
          filled.rows(),
          filled.computed(),
          fusion.cache());
    }
    return 0;
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String option, String value) {
    try {
      return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw PmfException.usage(option + " cannot be " + value);
    }
  }
}
