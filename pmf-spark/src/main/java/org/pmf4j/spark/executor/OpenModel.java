package org.pmf4j.spark.executor;

import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.hadoop.HadoopSettings;

/**
 * A model that is loaded in this process, with its engine. Several threads may use it at once; it
 * is closed by who lends it.
 */
public final class OpenModel implements AutoCloseable {
  private static final Shared<Key, OpenModel> OPEN = new Shared<>("the model", Engine.IDLE);

  private final Lease<Pmf> pmf;
  private final SavedModel saved;
  private final Classifier classifier;

  private record Key(ModelPlace model, Engine engine, int batchSize) {}

  private OpenModel(Lease<Pmf> pmf, SavedModel saved, Classifier classifier) {
    this.pmf = pmf;
    this.saved = saved;
    this.classifier = classifier;
  }

  /**
   * The model of this process: opened by the first task that asks for it.
   *
   * @param batchSize rows that are computed at once, at most
   * @return what the task closes when it ends
   * @throws org.pmf4j.api.error.PmfException if it cannot be opened here
   */
  public static Lease<OpenModel> lease(
      ModelPlace model, Engine engine, int batchSize, HadoopSettings hadoop) {
    return OPEN.lease(
        new Key(model, engine, batchSize), () -> open(model, engine, batchSize, hadoop));
  }

  private static OpenModel open(
      ModelPlace model, Engine engine, int batchSize, HadoopSettings hadoop) {
    Lease<Pmf> pmf = engine.lease();
    try {
      SavedModel saved = model.open(pmf.get(), hadoop.configuration());
      return new OpenModel(pmf, saved, saved.load(batchSize));
    } catch (RuntimeException | Error e) {
      pmf.close();
      throw e;
    }
  }

  /** What predicts. */
  public Classifier classifier() {
    return classifier;
  }

  /** What each of the model's encoders reads, in order. */
  public Named<Modality> kinds() {
    return saved.kinds();
  }

  @Override
  public void close() {
    try {
      classifier.close();
    } finally {
      pmf.close();
    }
  }
}
