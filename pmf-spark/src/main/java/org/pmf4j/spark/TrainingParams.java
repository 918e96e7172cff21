package org.pmf4j.spark;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.spark.executor.Engine;

/** What may be chosen of training, as Spark's stages have it. */
abstract class TrainingParams extends Estimator<PmfTransformer> {
  private static final int BATCH_SIZE = 64;
  private static final int SHARDS = 4;

  private final String uid;
  private final StringArrayParam encoders;
  private final StringArrayParam columns;
  private final StringArrayParam settings;
  private final StringArrayParam training;
  private final Param<String> labelCol;
  private final Param<String> validationIndicatorCol;
  private final Param<String> out;
  private final Param<String> cache;
  private final Param<String> method;
  private final Param<String> existing;
  private final IntParam batchSize;
  private final IntParam shards;
  private final Param<String> precision;
  private final EngineParams engine;

  TrainingParams(String uid) {
    this.uid = uid;
    encoders = new StringArrayParam(this, "encoders", "NAME=PLACE of encoders");
    columns = new StringArrayParam(this, "columns", "NAME=COLUMN that an encoder reads");
    settings = new StringArrayParam(this, "settings", "KEY=VALUE of the method");
    training = new StringArrayParam(this, "training", "KEY=VALUE of training");
    labelCol = new Param<>(this, "labelCol", "column of labels");
    validationIndicatorCol =
        new Param<>(this, "validationIndicatorCol", "true in rows to validate on; may be empty");
    out =
        new Param<>(
            this, "out", "folder for the model; with a scheme it is not on the driver's disk");
    cache = new Param<>(this, "cache", "folder of all caches, on any Hadoop file system");
    method = new Param<>(this, "method", "fusion method");
    existing = new Param<>(this, "existing", "refuse, resume or overwrite what is in out");
    batchSize = new IntParam(this, "batchSize", "rows of a step");
    shards = new IntParam(this, "shards", "parts of a step, each a task");
    precision = new Param<>(this, "precision", "fp32, or bf16, of the encoders' matrices");
    engine = EngineParams.of(this);
    for (StringArrayParam pairs : List.of(encoders, columns, settings, training)) {
      setDefault(pairs, new String[0]);
    }
    setDefault(labelCol, "label");
    setDefault(validationIndicatorCol, "");
    setDefault(method, "pmf");
    setDefault(existing, "refuse");
    setDefault(batchSize, BATCH_SIZE);
    setDefault(shards, SHARDS);
    setDefault(precision, Precisions.SINGLE);
    setDefault(engine.backend(), Engine.DEFAULT.backend());
    setDefault(engine.device(), Engine.DEFAULT.device());
    setDefault(engine.threads(), Engine.DEFAULT.threads());
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * By name, what a parameter says.
   *
   * @throws PmfException if it is not of the form NAME=VALUE
   */
  Map<String, String> pairs(StringArrayParam param) {
    return Pairs.of(param.name(), $(param));
  }

  /**
   * What a parameter says that has no default.
   *
   * @throws PmfException if it was not set
   */
  String required(Param<String> param) {
    if (get(param).isEmpty()) {
      throw PmfException.usage("the parameter " + param.name() + " is not set: " + param.doc());
    }
    return $(param);
  }

  /** Encoders by name; see {@link PmfEstimator#setEncoder}. */
  public StringArrayParam encoders() {
    return encoders;
  }

  /** Columns that encoders read; see {@link PmfEstimator#setColumn}. */
  public StringArrayParam columns() {
    return columns;
  }

  /** Settings of the method; see {@link PmfEstimator#setSetting}. */
  public StringArrayParam settings() {
    return settings;
  }

  /** Settings of training; see {@link PmfEstimator#setTraining}. */
  public StringArrayParam training() {
    return training;
  }

  /** The column of labels. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** The column that is true in rows to validate on. */
  public Param<String> validationIndicatorCol() {
    return validationIndicatorCol;
  }

  /** The folder of the model. */
  public Param<String> out() {
    return out;
  }

  /** The folder of all caches. */
  public Param<String> cache() {
    return cache;
  }

  /** The fusion method. */
  public Param<String> method() {
    return method;
  }

  /** What is done with a folder that is not empty. */
  public Param<String> existing() {
    return existing;
  }

  /** Rows of a step. */
  public IntParam batchSize() {
    return batchSize;
  }

  /** The type of the encoders' matrices. */
  public Param<String> precision() {
    return precision;
  }

  /** The backend's name. */
  public Param<String> backend() {
    return engine.backend();
  }

  /** The backend's device. */
  public Param<String> device() {
    return engine.device();
  }

  /** Threads of one operation. */
  public IntParam threads() {
    return engine.threads();
  }

  /** The engine that was chosen. */
  Engine engine() {
    return engine.engine(this);
  }

  /** Parts of a step. */
  public IntParam shards() {
    return shards;
  }
}
