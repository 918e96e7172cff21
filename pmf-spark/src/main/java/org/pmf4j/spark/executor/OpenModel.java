package org.pmf4j.spark.executor;

import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.hadoop.HadoopSettings;

/**
 * A model that is loaded in this process. Several threads may use it at once; it is closed by who
 * lends it.
 *
 * @param saved the model
 * @param classifier what predicts
 */
public record OpenModel(SavedModel saved, Classifier classifier) implements AutoCloseable {
  private static final Shared<Key, WithEngine<OpenModel>> OPEN =
      new Shared<>("the model", Engine.IDLE);

  private record Key(ModelPlace model, Engine engine, int batchSize) {}

  /**
   * The model of this process: opened by the first task that asks for it.
   *
   * @param batchSize rows that are computed at once, at most
   * @return what the task closes when it ends
   * @throws org.pmf4j.api.error.PmfException if it cannot be opened here
   */
  public static Lease<WithEngine<OpenModel>> lease(
      ModelPlace model, Engine engine, int batchSize, HadoopSettings hadoop) {
    return OPEN.lease(
        new Key(model, engine, batchSize),
        () ->
            WithEngine.open(
                engine,
                pmf -> {
                  SavedModel saved = model.open(pmf, hadoop.configuration());
                  return new OpenModel(saved, saved.load(batchSize));
                },
                OpenModel::close));
  }

  /** What each of the model's encoders reads, in order. */
  public Named<Modality> kinds() {
    return saved.kinds();
  }

  @Override
  public void close() {
    classifier.close();
  }
}
