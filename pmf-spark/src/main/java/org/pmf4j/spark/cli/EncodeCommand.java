package org.pmf4j.spark.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.run.TrainConfigBuilder;
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

  @Option(
      names = "--encoder",
      required = true,
      paramLabel = "NAME=PLACE",
      description = "an encoder's folder on any Hadoop file system, or hf:ORG/NAME")
  private Map<String, String> encoders = new LinkedHashMap<>();

  @Option(
      names = "--cache",
      required = true,
      paramLabel = "PLACE",
      description = "folder of all caches on any Hadoop file system")
  private String cache;

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

  @Option(names = "--method", paramLabel = "NAME", description = "fusion method (default: pmf)")
  private String method = "pmf";

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting of the method")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--encoder-setting",
      paramLabel = "NAME.SETTING=VALUE",
      description = "a setting of an encoder")
  private Map<String, String> encoderSettings = new LinkedHashMap<>();

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description = "fp32, or bf16, of the encoders' matrices (default: fp32)")
  private String precision = "fp32";

  @Mixin private EngineOptions engine = new EngineOptions();

  @Override
  public Integer call() throws IOException {
    PmfTrunkCache trunks =
        new PmfTrunkCache(cache)
            .run(this::settle)
            .storage(choice(CachedTrunks.Storage.class, "--cache-precision", storage))
            .content(choice(CachedTrunks.Content.class, "--cache-content", content))
            .folder(table.folder())
            .engine(engine.engine())
            .progress(DriverConsole.progress());
    encoders.forEach(trunks::encoder);
    table.columns().forEach((name, columns) -> trunks.column(name, columns.split(",", -1)));
    try (SparkSession spark = SparkSession.builder().appName("pmf encode " + cache).getOrCreate()) {
      TrunkFilling.Filled filled = trunks.fill(table.table(spark));
      System.out.printf(
          Locale.ROOT,
          "%d rows, of which %d samples were computed, in %s%n",
          filled.rows(),
          filled.computed(),
          cache);
    }
    return 0;
  }

  private TrainConfigBuilder settle(TrainConfigBuilder config) {
    String type = precision.equals("bf16") ? "bfloat16" : precision.replace("fp32", "float32");
    config.method(method).precision(choice(MatrixPrecision.class, "--precision", type));
    settings.forEach(config::setting);
    encoderSettings.forEach(
        (name, value) -> {
          int dot = name.lastIndexOf('.');
          if (dot < 1) {
            throw PmfException.usage("--encoder-setting takes NAME.SETTING=VALUE, got " + name);
          }
          config.encoderSetting(name.substring(0, dot), name.substring(dot + 1), value);
        });
    return config;
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String option, String value) {
    try {
      return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw PmfException.usage(option + " cannot be " + value);
    }
  }
}
