package org.pmf4j.spark;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.spark.executor.ModelPlace;
import org.pmf4j.spark.hadoop.HadoopSettings;
import org.pmf4j.spark.predict.OutputColumns;
import org.pmf4j.spark.predict.OutputColumns.Output;
import org.pmf4j.spark.predict.PredictionTask;
import org.pmf4j.spark.row.ReadNames;
import org.pmf4j.spark.row.RowColumns;

/**
 * Predicts the rows of a table with a trained model, as a stage of a pipeline. Each executor opens
 * the model once, for all its tasks, and closes it a while after the last.
 *
 * <pre>{@code
 * Dataset<Row> predicted = new PmfTransformer()
 *     .setModel("hdfs:///models/ads").setColumn("image", "photo").setHandleInvalid("keep")
 *     .transform(table);
 * }</pre>
 *
 * <p>A cell is a text; the path of a file on any Hadoop file system; what a file has, in a binary
 * column or in a struct {@code {bytes, path}}; or a picture of Spark's source {@code image}. Null,
 * as a blank text, is a missing modality. For one thread at a time, as all stages of Spark are.
 */
public final class PmfTransformer extends PredictionParams implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private static final String MODALITY = EncoderSpec.MODALITY.name();

  /** How a row is told of that cannot be predicted. */
  private static final List<String> HANDLINGS = List.of("error", "keep");

  /** A stage without a model yet. */
  public PmfTransformer() {
    this(Identifiable$.MODULE$.randomUID("pmf"));
  }

  /**
   * A stage of a name, as it is read back.
   *
   * @param uid differs from that of every other stage
   */
  public PmfTransformer(String uid) {
    super(uid);
  }

  /** Reads what {@link #write()} has written. */
  public static MLReader<PmfTransformer> read() {
    return new Reading().read();
  }

  /**
   * Reads what {@link #save} has written.
   *
   * @param path its folder
   */
  public static PmfTransformer load(String path) {
    return read().load(path);
  }

  private static final class Reading implements DefaultParamsReadable<PmfTransformer> {}

  /**
   * Adds the predictions to each row of a table, when Spark asks for them.
   *
   * @throws PmfException if there is no such model, or the table lacks a column or has one of a
   *     type that its encoder does not read
   */
  @Override
  public Dataset<Row> transform(Dataset<?> table) {
    SparkSession spark = table.sparkSession();
    Plan plan = plan(table.schema(), spark);
    SparkContext context = spark.sparkContext();
    PredictionTask task =
        new PredictionTask(
            plan.model(),
            engine(),
            (int) $(batchSize()),
            ReadNames.of(plan.columns()),
            plan.read(),
            $(folder()),
            plan.outputs(),
            keepsBadRows(),
            new JavaSparkContext(context).broadcast(HadoopSettings.of(hadoop(spark))),
            context.longAccumulator(predicted()),
            context.longAccumulator(without()));
    StructType out = plan.outputs().behind(table.schema());
    return table.toDF().mapPartitions(task, Encoders.row(out));
  }

  private String predicted() {
    return "rows predicted by " + uid();
  }

  private String without() {
    return "rows without prediction of " + uid();
  }

  /** The names of the accumulators that count rows of this stage, with a prediction and without. */
  public Set<String> counters() {
    return Set.of(predicted(), without());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return plan(schema, SparkSession.active()).outputs().behind(schema);
  }

  private record Plan(ModelPlace model, Columns columns, RowColumns read, OutputColumns outputs) {}

  private Plan plan(StructType table, SparkSession spark) {
    Configuration hadoop = hadoop(spark);
    ModelPlace place = ModelPlace.of(requireModel(), pairs(encoders()), hadoop);
    AdapterConfig config = place.config(hadoop);
    Columns named = columns(config);
    List<String> names = config.encoders().stream().map(AdapterConfig.Base::name).toList();
    RowColumns read = RowColumns.in(table, names, named);
    read.requireFit(table, kinds(config));
    return new Plan(place, named, read, outputs(config));
  }

  private String requireModel() {
    if (get(model()).isEmpty()) {
      throw PmfException.usage("no model is named: setModel(\"hdfs:///models/ads\")");
    }
    return $(model());
  }

  private Columns columns(AdapterConfig config) {
    Map<String, List<String>> chosen = new LinkedHashMap<>();
    pairs(columns()).forEach((name, all) -> chosen.put(name, List.of(all.split(",", -1))));
    return config.columns().with(chosen, Optional.empty());
  }

  /** What reads the cells of each encoder, where the model says so: older ones do not. */
  private static Map<String, Modality> kinds(AdapterConfig config) {
    Map<String, Modality> kinds = new LinkedHashMap<>();
    try (PluginRegistry plugins = PluginRegistry.discover(Pmf.class.getClassLoader())) {
      for (AdapterConfig.Base base : config.encoders()) {
        Object kind = base.settings() == null ? null : base.settings().get(MODALITY);
        if (kind instanceof String name && plugins.modalities().has(name)) {
          kinds.put(base.name(), plugins.modalities().get(name));
        }
      }
    }
    return kinds;
  }

  private OutputColumns outputs(AdapterConfig config) {
    Map<Output, String> names = new EnumMap<>(Output.class);
    names.put(Output.PREDICTION, $(predictionCol()));
    names.put(Output.PROBABILITIES, $(probabilityCol()));
    names.put(Output.LOGITS, $(logitsCol()));
    names.put(Output.REASON, keepsBadRows() ? $(reasonCol()) : "");
    return OutputColumns.named(names, config.task());
  }

  private boolean keepsBadRows() {
    return $(handleInvalid()).equals("keep");
  }

  private static Configuration hadoop(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }

  /** The model's labels, in the order of probabilities and logits. */
  public List<String> labels() {
    Configuration hadoop = hadoop(SparkSession.active());
    return ModelPlace.of(requireModel(), pairs(encoders()), hadoop).config(hadoop).labels();
  }

  @Override
  public PmfTransformer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * Chooses the model.
   *
   * @param folder that training wrote, on any Hadoop file system; of {@code file:}, each executor
   *     has it at the same path
   */
  public PmfTransformer setModel(String folder) {
    set(model(), folder);
    return this;
  }

  /**
   * Tells where an encoder is that is not where the model says.
   *
   * @param place a folder on any Hadoop file system, or {@code hf:org/name}
   */
  public PmfTransformer setEncoder(String name, String place) {
    set(encoders(), with(encoders(), name, place));
    return this;
  }

  /**
   * Chooses which columns an encoder reads; else it reads those that the model was trained on.
   *
   * @param names one or more
   */
  public PmfTransformer setColumn(String encoder, String... names) {
    set(columns(), with(columns(), encoder, String.join(",", names)));
    return this;
  }

  private String[] with(StringArrayParam param, String name, String value) {
    return Pairs.with($(param), name, value);
  }

  /**
   * Chooses where relative paths in cells start.
   *
   * @param place a folder on any Hadoop file system; else it is the user's folder there
   */
  public PmfTransformer setFolder(String place) {
    set(folder(), place);
    return this;
  }

  /** Names the column for the label. */
  public PmfTransformer setPredictionCol(String name) {
    set(predictionCol(), name);
    return this;
  }

  /** Names the column for the vector of probabilities; an empty name leaves it out. */
  public PmfTransformer setProbabilityCol(String name) {
    set(probabilityCol(), name);
    return this;
  }

  /** Names the column for the vector of logits; an empty name, as at first, leaves it out. */
  public PmfTransformer setLogitsCol(String name) {
    set(logitsCol(), name);
    return this;
  }

  /** Names the column that says why a row has no prediction, which {@code keep} adds. */
  public PmfTransformer setReasonCol(String name) {
    set(reasonCol(), name);
    return this;
  }

  /**
   * Chooses what becomes of a row that cannot be predicted.
   *
   * @param handling {@code error} fails the job; {@code keep} gives the row nulls and a reason
   * @throws PmfException if it is neither
   */
  public PmfTransformer setHandleInvalid(String handling) {
    if (!HANDLINGS.contains(handling)) {
      throw PmfException.usage(
          "handleInvalid is " + Quote.value(handling) + "; it can be error or keep");
    }
    set(handleInvalid(), handling);
    return this;
  }

  /**
   * Chooses how many rows are computed at once, at most.
   *
   * @throws PmfException if it is less than 1
   */
  public PmfTransformer setBatchSize(int rows) {
    if (rows < 1) {
      throw PmfException.usage("batchSize is " + rows + "; it must be 1 or more");
    }
    set(batchSize(), rows);
    return this;
  }

  /** Chooses the backend, whose jars executors have. */
  public PmfTransformer setBackend(String name) {
    set(backend(), name);
    return this;
  }

  /** Chooses the device: {@code cpu}, {@code cuda} … or {@code auto}. */
  public PmfTransformer setDevice(String name) {
    set(device(), name);
    return this;
  }

  /** Chooses the threads of one operation: 0, as at first, for those that Spark gives a task. */
  public PmfTransformer setThreads(int number) {
    set(threads(), number);
    return this;
  }
}
