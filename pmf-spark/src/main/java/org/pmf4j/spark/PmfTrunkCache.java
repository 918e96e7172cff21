package org.pmf4j.spark;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.RunPlan;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.executor.Places;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.row.RowColumns;
import org.pmf4j.spark.trunk.TrunkFilling;
import org.pmf4j.spark.trunk.TrunkSetup;

/**
 * Fills the cache of trunk outputs that training reads, on all executors at once. The files are
 * those that one machine writes, bit for bit, on any Hadoop file system: training on one machine
 * reads them where they are on its disk.
 *
 * <pre>{@code
 * new PmfTrunkCache("hdfs:///cache")
 *     .encoder("image", "hdfs:///encoders/vit").encoder("text", "hdfs:///encoders/bert")
 *     .column("image", "photo").fill(table);
 * }</pre>
 *
 * <p>For one thread at a time.
 */
public final class PmfTrunkCache {
  private static final String DESCRIPTION = "spark.job.description";

  /** Plans ask for a table and a folder for the model, and look for neither. */
  private static final Path NONE = Path.of("pmf-spark-has-none");

  private final String root;
  private final Map<String, String> encoders = new LinkedHashMap<>();
  private UnaryOperator<TrainConfigBuilder> run = config -> config;
  private Columns columns = Columns.DEFAULT;
  private CachedTrunks.Storage storage = CachedTrunks.Storage.FP32;
  private CachedTrunks.Content content = CachedTrunks.Content.ATTENTION;
  private String folder = "";
  private Engine engine = Engine.DEFAULT;
  private Progress progress = Progress.SILENT;

  /**
   * A cache.
   *
   * @param root folder of all caches, on any Hadoop file system; of {@code file:}, all executors
   *     have it at the same path
   */
  public PmfTrunkCache(String root) {
    this.root = root;
  }

  /**
   * Adds an encoder; its name is its column's, unless another is chosen.
   *
   * @param place a folder on any Hadoop file system, or {@code hf:org/name}
   */
  public PmfTrunkCache encoder(String name, String place) {
    encoders.put(name, place);
    return this;
  }

  /** Chooses which columns an encoder reads. */
  public PmfTrunkCache column(String encoder, String... names) {
    columns = columns.with(Map.of(encoder, List.of(names)), Optional.empty());
    return this;
  }

  /**
   * Chooses what the run will be that is going to read the cache: method, its settings, those of
   * encoders, precision. Where the trunk ends depends on them.
   *
   * @param choice fills in a configuration that has the encoders already
   */
  public PmfTrunkCache run(UnaryOperator<TrainConfigBuilder> choice) {
    run = choice;
    return this;
  }

  /** Chooses how entries are kept; bit for bit, unless it is told. */
  public PmfTrunkCache storage(CachedTrunks.Storage how) {
    storage = how;
    return this;
  }

  /** Chooses what is kept of a sample; all that saves work in a step, unless it is told. */
  public PmfTrunkCache content(CachedTrunks.Content what) {
    content = what;
    return this;
  }

  /** Chooses where relative paths in cells start: a folder on any Hadoop file system. */
  public PmfTrunkCache folder(String place) {
    folder = place;
    return this;
  }

  /** Chooses the engine of the executors. */
  public PmfTrunkCache engine(Engine other) {
    engine = other;
    return this;
  }

  /** Chooses what shows how many rows are done; nothing, unless it is told. */
  public PmfTrunkCache progress(Progress shown) {
    progress = shown;
    return this;
  }

  /**
   * Computes what is missing for the rows of a table, as one job. One that fails, or is cut, leaves
   * whole entries; the next goes on behind them. Tasks of other executors may then still be at a
   * row, which they end.
   *
   * @throws PmfException naming the encoder, the column, or the row and the reason of what is
   *     wrong; or the file that could not be written
   */
  public TrunkFilling.Filled fill(Dataset<?> table) {
    SparkContext context = table.sparkSession().sparkContext();
    TrunkFilling filling = plan(table.schema(), context.hadoopConfiguration());
    RowColumns read = read(table.schema());
    String before = context.getLocalProperty(DESCRIPTION);
    context.setJobDescription(
        "pmf encode: " + String.join(", ", encoders.keySet()) + " into " + root);
    try {
      return filling.run(table.toDF(), read, progress);
    } catch (Exception e) {
      throw Failures.known(e)
          .map(known -> new PmfException(known.kind(), known.getMessage(), e))
          .orElseGet(() -> PmfException.environment(Failures.line(e), e));
    } finally {
      context.setLocalProperty(DESCRIPTION, before);
    }
  }

  private RowColumns read(StructType table) {
    return RowColumns.in(table, List.copyOf(encoders.keySet()), columns);
  }

  private TrunkFilling plan(StructType table, Configuration hadoop) {
    try (Lease<Pmf> pmf = engine.lease()) {
      RunPlan plan = pmf.get().plan(config(hadoop));
      if (plan.method().tunesEncoders()) {
        throw PmfException.usage(
            "method "
                + plan.config().method()
                + " trains the encoders, so that nothing that they compute can be kept");
      }
      Map<String, Modality> kinds = new LinkedHashMap<>();
      plan.specs().map(EncoderSpec::modality).asMap().forEach(kinds::put);
      read(table).requireFit(table, kinds);
      return new TrunkFilling(TrunkSetup.of(plan, encoders), engine, root, columns, folder);
    }
  }

  private TrainConfig config(Configuration hadoop) {
    TrainConfigBuilder config =
        TrainConfig.builder()
            .data(NONE)
            .out(NONE)
            .columns(columns)
            .cache(new CacheConfig(Optional.of(NONE), storage, content));
    encoders.forEach((name, place) -> config.encoder(name, Places.local(place, hadoop)));
    return run.apply(config).build();
  }
}
