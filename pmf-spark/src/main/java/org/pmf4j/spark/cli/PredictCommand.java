package org.pmf4j.spark.cli;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.core.progress.Progress.Bar;
import org.pmf4j.spark.PmfTransformer;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.progress.CountedRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf spark predict}. */
@Command(
    name = "predict",
    description = "Predicts the rows of a table with a trained model, on all executors.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100)
final class PredictCommand implements Callable<Integer> {
  private static final String PROBABILITIES = "probabilities";
  private static final String LOGITS = "logits";

  @Option(
      names = "--model",
      required = true,
      paramLabel = "PLACE",
      description = "folder of a trained model on any Hadoop file system")
  private String model;

  @Option(
      names = "--encoder",
      paramLabel = "NAME=PLACE",
      description = "where an encoder is that is not where the model says")
  private Map<String, String> encoders = new LinkedHashMap<>();

  @Mixin private TableOptions table = new TableOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PLACE",
      description = "folder for the table's columns and the prediction")
  private String out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "a source of Spark that can be written (default: parquet)")
  private String format = "parquet";

  @Option(names = "--probabilities", description = "add a list of them, by the model's labels")
  private boolean probabilities;

  @Option(names = "--logits", description = "add a list of the model's raw outputs")
  private boolean logits;

  @Option(
      names = "--keep-bad-rows",
      description = "give a row that cannot be predicted a reason; else it fails the job")
  private boolean keep;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "rows that are computed at once, at most (default: ${DEFAULT-VALUE})")
  private int batchSize = SavedModel.BATCH_SIZE;

  @Option(names = "--overwrite", description = "replace what is in --out")
  private boolean overwrite;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Override
  public Integer call() throws IOException {
    long rows;
    try (SparkSession spark =
        SparkSession.builder().appName("pmf predict " + model).getOrCreate()) {
      Dataset<Row> read = table.table(spark);
      PmfTransformer transformer = transformer();
      Dataset<Row> predicted = transformer.transform(read);
      for (String vector : new String[] {PROBABILITIES, LOGITS}) {
        if (vector.equals(LOGITS) ? logits : probabilities) {
          predicted = predicted.withColumn(vector, vector_to_array(col(vector), "float64"));
        }
      }
      spark.sparkContext().setJobDescription("pmf predict: " + model + " into " + out);
      Bar bar = DriverConsole.progress().begin("predict", read.count(), "rows");
      try (CountedRows shown = new CountedRows(spark.sparkContext(), bar, transformer.counters())) {
        predicted.write().format(format).mode(overwrite ? "overwrite" : "error").save(out);
        rows = spark.read().format(format).load(out).count();
        shown.ended(rows);
      }
      System.out.printf(Locale.ROOT, "%d predictions in %s%n", rows, out);
    }
    return 0;
  }

  private PmfTransformer transformer() {
    Engine chosen = engine.engine();
    PmfTransformer stage =
        new PmfTransformer()
            .setModel(model)
            .setFolder(table.folder())
            .setProbabilityCol(probabilities ? PROBABILITIES : "")
            .setLogitsCol(logits ? LOGITS : "")
            .setHandleInvalid(keep ? "keep" : "error")
            .setBatchSize(batchSize)
            .setBackend(chosen.backend())
            .setDevice(chosen.device())
            .setThreads(chosen.threads());
    encoders.forEach(stage::setEncoder);
    table.columns().forEach((name, columns) -> stage.setColumn(name, columns.split(",", -1)));
    return stage;
  }
}
