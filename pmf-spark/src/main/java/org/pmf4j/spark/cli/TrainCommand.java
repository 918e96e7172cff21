package org.pmf4j.spark.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.console.EpochLines;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.run.TrainReport;
import org.pmf4j.spark.train.SparkTraining;
import org.pmf4j.spark.train.TrainingFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf spark train}. */
@Command(
    name = "train",
    description = {
      "Trains a model: the driver holds the parameters, and executors compute the gradients of each"
          + " step.",
      "",
      "A step has --batch-size rows in --shards shards, each a task. The model's bits depend on the"
          + " number of shards, and neither on the number of executors nor on which of them are"
          + " lost: they are those of 'pmf train' with as many batches accumulated."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100)
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "PLACE",
      description =
          "table that the driver reads, on its disk or with the scheme of any Hadoop file system;"
              + " files that it names lie where executors find them")
  private String data;

  @Option(
      names = "--validation",
      paramLabel = "PLACE",
      description = "table that chooses the best epoch (default: a part of --data)")
  private String validation;

  @Option(
      names = "--column",
      paramLabel = "NAME=COLUMN[,COLUMN...]",
      description = "column that an encoder reads (default: that of its name)")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(names = "--label", paramLabel = "COLUMN", description = "column of labels (label)")
  private String label;

  @Mixin private FusionOptions fusion = new FusionOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PLACE",
      description =
          "the model's folder, on the driver's disk or with the scheme of any Hadoop file system")
  private String out;

  @Option(names = "--resume", description = "go on with the run in --out")
  private boolean resume;

  @Option(names = "--overwrite", description = "replace what is in --out")
  private boolean overwrite;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "rows of a step (default: ${DEFAULT-VALUE})")
  private int batchSize = 64;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "parts of a step, each a task (default: ${DEFAULT-VALUE})")
  private int shards = 4;

  @Option(
      names = "--training",
      paramLabel = "KEY=VALUE",
      description = "a setting of training, such as epochs, learning-rate or seed")
  private Map<String, String> training = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    SparkTraining run =
        new SparkTraining(
            fusion.engine(), fusion.encoders(), fusion.cache(), batchSize, shards, training);
    TrainingFiles files = new TrainingFiles(data, Optional.ofNullable(validation), out);
    TrainConfigBuilder config = config();
    try (SparkSession spark = SparkSession.builder().appName("pmf train " + out).getOrCreate()) {
      TrainReport report =
          run.run(spark, files, config, DriverConsole.progress(), new EpochLines(System.out));
      System.out.printf(
          Locale.ROOT,
          "%d epochs, %d steps; the model is in %s%n",
          report.outcome().epochs(),
          report.outcome().steps(),
          out);
    }
    return 0;
  }

  private TrainConfigBuilder config() {
    TrainConfigBuilder config =
        TrainConfig.builder()
            .columns(columns())
            .existing(existing())
            .splitByRows(validation == null);
    return fusion.settle(config);
  }

  private Columns columns() {
    Map<String, List<String>> read = new LinkedHashMap<>();
    columns.forEach((name, all) -> read.put(name, List.of(all.split(",", -1))));
    return Columns.DEFAULT.with(read, Optional.ofNullable(label));
  }

  private TrainConfig.Existing existing() {
    if (resume && overwrite) {
      throw PmfException.usage("--resume and --overwrite exclude each other");
    }
    if (resume) {
      return TrainConfig.Existing.RESUME;
    }
    return overwrite ? TrainConfig.Existing.OVERWRITE : TrainConfig.Existing.REFUSE;
  }
}
