package org.pmf4j.spark;

import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.spark.executor.Engine;

/** What may be chosen of a prediction, as Spark's stages have it. */
abstract class PredictionParams extends Model<PmfTransformer> {
  private final String uid;
  private final Param<String> model;
  private final StringArrayParam encoders;
  private final StringArrayParam columns;
  private final Param<String> folder;
  private final Param<String> predictionCol;
  private final Param<String> probabilityCol;
  private final Param<String> logitsCol;
  private final Param<String> reasonCol;
  private final Param<String> handleInvalid;
  private final IntParam batchSize;
  private final EngineParams engine;

  PredictionParams(String uid) {
    this.uid = uid;
    model = new Param<>(this, "model", "folder of a trained model, on any Hadoop file system");
    encoders = new StringArrayParam(this, "encoders", "NAME=PLACE of encoders that have moved");
    columns = new StringArrayParam(this, "columns", "NAME=COLUMN that an encoder reads");
    folder = new Param<>(this, "folder", "where relative paths in cells start");
    predictionCol = new Param<>(this, "predictionCol", "column for the label");
    probabilityCol = new Param<>(this, "probabilityCol", "column for probabilities; may be empty");
    logitsCol = new Param<>(this, "logitsCol", "column for logits; empty for none");
    reasonCol = new Param<>(this, "reasonCol", "column for why a row has no prediction");
    handleInvalid = new Param<>(this, "handleInvalid", "error, or keep a row without prediction");
    batchSize = new IntParam(this, "batchSize", "rows that are computed at once, at most");
    engine = EngineParams.of(this);
    setDefault(encoders, new String[0]);
    setDefault(columns, new String[0]);
    setDefault(folder, "");
    setDefault(predictionCol, "prediction");
    setDefault(probabilityCol, "probability");
    setDefault(logitsCol, "");
    setDefault(reasonCol, "reason");
    setDefault(handleInvalid, "error");
    setDefault(batchSize, SavedModel.BATCH_SIZE);
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

  /** The engine that was chosen. */
  Engine engine() {
    return engine.engine(this);
  }

  /** Where the model is; see {@link PmfTransformer#setModel}. */
  public Param<String> model() {
    return model;
  }

  /** Encoders that have moved; see {@link PmfTransformer#setEncoder}. */
  public StringArrayParam encoders() {
    return encoders;
  }

  /** Columns that encoders read; see {@link PmfTransformer#setColumn}. */
  public StringArrayParam columns() {
    return columns;
  }

  /** Where relative paths start; see {@link PmfTransformer#setFolder}. */
  public Param<String> folder() {
    return folder;
  }

  /** The column for labels. */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /** The column for probabilities. */
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  /** The column for logits. */
  public Param<String> logitsCol() {
    return logitsCol;
  }

  /** The column for reasons. */
  public Param<String> reasonCol() {
    return reasonCol;
  }

  /** What becomes of bad rows; see {@link PmfTransformer#setHandleInvalid}. */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /** Rows that are computed at once. */
  public IntParam batchSize() {
    return batchSize;
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
}
