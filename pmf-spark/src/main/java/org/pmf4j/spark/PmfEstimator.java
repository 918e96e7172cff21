package org.pmf4j.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfig.Existing;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.hadoop.DriverPlace;
import org.pmf4j.spark.train.SparkTraining;
import org.pmf4j.spark.train.TrainingFiles;

/**
 * Trains a model on the rows of a table, as a stage of a pipeline, and gives the {@link
 * PmfTransformer} that predicts with it. Executors fill the cache and compute the gradients; see
 * {@link SparkTraining}.
 *
 * <pre>{@code
 * PmfTransformer model = new PmfEstimator()
 *     .setEncoder("image", "hdfs:///encoders/vit").setEncoder("text", "hdfs:///encoders/bert")
 *     .setColumn("image", "photo").setLabelCol("kind")
 *     .setOut("/models/ads").setCache("hdfs:///cache").setTraining("epochs", "20")
 *     .fit(table);
 * }</pre>
 *
 * <p>The driver keeps the rows beside the model, in {@code OUT.jsonl}, in the order in which Spark
 * gives them: binary cells in it, and of files their paths, which the driver and all executors must
 * find: on any Hadoop file system where they have a scheme. For one thread at a time, as all stages
 * of Spark are.
 */
public final class PmfEstimator extends TrainingParams implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** A stage that nothing is told yet. */
  public PmfEstimator() {
    this(Identifiable$.MODULE$.randomUID("pmfTraining"));
  }

  /**
   * A stage of a name, as it is read back.
   *
   * @param uid differs from that of every other stage
   */
  public PmfEstimator(String uid) {
    super(uid);
  }

  /** Reads what {@link #write()} has written. */
  public static MLReader<PmfEstimator> read() {
    return new Reading().read();
  }

  /**
   * Reads what {@link #save} has written.
   *
   * @param path its folder
   */
  public static PmfEstimator load(String path) {
    return read().load(path);
  }

  private static final class Reading implements DefaultParamsReadable<PmfEstimator> {}

  /**
   * Trains on a table's rows.
   *
   * @return what predicts with the model, from the same columns
   * @throws PmfException for what a user can mend
   */
  @Override
  public PmfTransformer fit(Dataset<?> table) {
    Map<String, List<String>> read = read(table.schema());
    Configuration hadoop = table.sparkSession().sparkContext().hadoopConfiguration();
    DriverPlace model = DriverPlace.of(required(out()), hadoop);
    TrainConfigBuilder config =
        TrainConfig.builder()
            .existing(choice())
            .method($(method()))
            .precision(Precisions.named($(precision())))
            .columns(Columns.DEFAULT.with(read, Optional.of($(labelCol()))));
    Dataset<Row> rows = table.toDF();
    String indicator = $(validationIndicatorCol());
    DriverPlace trained = model.beside(".jsonl");
    Optional<DriverPlace> held = Optional.empty();
    if (indicator.isEmpty()) {
      keep(rows, read, trained, hadoop);
      config.splitByRows(true);
    } else {
      Column validated = functions.coalesce(functions.col(indicator), functions.lit(false));
      held = Optional.of(model.beside(".validation.jsonl"));
      keep(rows.where(functions.not(validated)), read, trained, hadoop);
      keep(rows.where(validated), read, held.get(), hadoop);
    }
    TrainingFiles files =
        new TrainingFiles(trained.toString(), held.map(DriverPlace::toString), model.toString());
    pairs(settings()).forEach(config::setting);
    Engine engine = engine();
    SparkTraining run =
        new SparkTraining(
            engine,
            pairs(encoders()),
            required(cache()),
            (int) $(batchSize()),
            (int) $(shards()),
            pairs(training()));
    run.run(table.sparkSession(), files, config, Progress.SILENT, TrainingListener.NONE);
    PmfTransformer fitted =
        new PmfTransformer()
            .setModel(model.whole())
            .setBackend(engine.backend())
            .setDevice(engine.device())
            .setThreads(engine.threads());
    pairs(encoders()).forEach(fitted::setEncoder);
    return fitted.setParent(this);
  }

  /** By encoder, its columns, all of which the table has. */
  private Map<String, List<String>> read(StructType table) {
    Map<String, List<String>> read = new LinkedHashMap<>();
    pairs(encoders()).keySet().forEach(name -> read.put(name, List.of(name)));
    pairs(columns()).forEach((name, all) -> read.put(name, List.of(all.split(",", -1))));
    Set<String> wanted = new LinkedHashSet<>();
    read.values().forEach(wanted::addAll);
    wanted.add($(labelCol()));
    List<String> there = Arrays.asList(table.fieldNames());
    for (String column : wanted) {
      if (!there.contains(column)) {
        throw PmfException.input(
            "the table has no column "
                + Quote.name(column)
                + "; it has "
                + String.join(", ", there.stream().map(Quote::name).toList()));
      }
    }
    return read;
  }

  /** Writes the rows as a table, in which bytes are objects with base64. */
  private void keep(
      Dataset<Row> rows, Map<String, List<String>> read, DriverPlace to, Configuration hadoop) {
    Set<String> wanted = new LinkedHashSet<>();
    read.values().forEach(wanted::addAll);
    wanted.add($(labelCol()));
    List<Column> all = new ArrayList<>();
    for (String name : wanted) {
      Column column = functions.col("`" + name + "`");
      boolean bytes = rows.schema().apply(name).dataType().equals(DataTypes.BinaryType);
      all.add(bytes ? functions.struct(column.as("bytes")).as(name) : column);
    }
    Iterator<String> lines = rows.select(all.toArray(Column[]::new)).toJSON().toLocalIterator();
    to.write(stream -> write(lines, stream), hadoop);
  }

  private static void write(Iterator<String> lines, OutputStream stream) throws IOException {
    while (lines.hasNext()) {
      stream.write((lines.next() + '\n').getBytes(StandardCharsets.UTF_8));
    }
  }

  private Existing choice() {
    return switch ($(existing())) {
      case "refuse" -> Existing.REFUSE;
      case "resume" -> Existing.RESUME;
      case "overwrite" -> Existing.OVERWRITE;
      default ->
          throw PmfException.usage(
              "existing is "
                  + Quote.value($(existing()))
                  + "; it can be refuse, resume or overwrite");
    };
  }

  private PmfEstimator put(StringArrayParam param, String name, String value) {
    set(param, Pairs.with($(param), name, value));
    return this;
  }

  @Override
  public StructType transformSchema(StructType table) {
    read(table);
    return table;
  }

  @Override
  public PmfEstimator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * Adds an encoder.
   *
   * @param place a folder on any Hadoop file system, or {@code hf:org/name}
   */
  public PmfEstimator setEncoder(String name, String place) {
    return put(encoders(), name, place);
  }

  /** Chooses which columns an encoder reads; else that of its name. */
  public PmfEstimator setColumn(String encoder, String... names) {
    return put(columns(), encoder, String.join(",", names));
  }

  /** Sets a setting of the method. */
  public PmfEstimator setSetting(String key, String value) {
    return put(settings(), key, value);
  }

  /** Sets a setting of training, such as {@code epochs}. */
  public PmfEstimator setTraining(String key, String value) {
    return put(training(), key, value);
  }

  /** Names the column of labels. */
  public PmfEstimator setLabelCol(String name) {
    set(labelCol(), name);
    return this;
  }

  /** Names a column that is true in rows to validate on; without it some rows are held out. */
  public PmfEstimator setValidationIndicatorCol(String name) {
    set(validationIndicatorCol(), name);
    return this;
  }

  /**
   * Chooses the model's folder: on the driver's disk, or with the scheme of a Hadoop file system.
   */
  public PmfEstimator setOut(String folder) {
    set(out(), folder);
    return this;
  }

  /** Chooses the folder of all caches, on any Hadoop file system. */
  public PmfEstimator setCache(String place) {
    set(cache(), place);
    return this;
  }

  /** Chooses the fusion method. */
  public PmfEstimator setMethod(String name) {
    set(method(), name);
    return this;
  }

  /** Chooses what is done where the folder is not empty: refuse, resume or overwrite. */
  public PmfEstimator setExisting(String what) {
    set(existing(), what);
    return this;
  }

  /** Chooses the rows of a step. */
  public PmfEstimator setBatchSize(int rows) {
    set(batchSize(), rows);
    return this;
  }

  /** Chooses the type of the encoders' matrices: {@code fp32} or {@code bf16}. */
  public PmfEstimator setPrecision(String type) {
    set(precision(), type);
    return this;
  }

  /** Chooses the backend, whose jars the driver and executors have. */
  public PmfEstimator setBackend(String name) {
    set(backend(), name);
    return this;
  }

  /** Chooses the device: {@code cpu}, {@code cuda} … or {@code auto}. */
  public PmfEstimator setDevice(String name) {
    set(device(), name);
    return this;
  }

  /** Chooses the threads of one operation: 0, as at first, for those that Spark gives a task. */
  public PmfEstimator setThreads(int number) {
    set(threads(), number);
    return this;
  }

  /** Chooses the parts of a step, each a task. */
  public PmfEstimator setShards(int count) {
    set(shards(), count);
    return this;
  }
}
