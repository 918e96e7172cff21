package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.training.Gradients;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.TrainingBackend;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.core.trunk.EntryFiles;
import org.pmf4j.core.trunk.Trunks;

/**
 * A place that computes gradients for a run that is driven elsewhere: it holds the model, and
 * neither an optimizer nor a table. Several threads may use it at once; shards are computed one
 * after the other.
 */
public final class ShardComputer implements AutoCloseable {
  private final FusedModel model;
  private final Trunks trunks;
  private final Gradients gradients;
  private long version = Long.MIN_VALUE;

  private ShardComputer(FusedModel model, Trunks trunks, Gradients gradients) {
    this.model = model;
    this.trunks = trunks;
    this.gradients = gradients;
  }

  /**
   * Loads what a run trains.
   *
   * @param setup of the run
   * @param encoders by name, their directories on this machine
   * @param caches by the name of a cache of trunk outputs, its entries; not used where the run
   *     keeps none
   * @return what the caller closes, before the backend
   * @throws PmfException if an encoder is missing, or not the one of the run
   */
  public static ShardComputer open(
      Backend backend,
      RunPlanner planner,
      EncoderLoader loader,
      ShardSetup setup,
      Map<String, Path> encoders,
      Function<String, EntryFiles> caches) {
    TrainingBackend.require(backend);
    RunPlan plan = planner.plan(config(setup, encoders));
    plan.specs()
        .asMap()
        .forEach((name, spec) -> setup.encoders().get(name).requireSame(name, spec));
    ParameterStore store =
        ParameterStore.trainedOn(setup.trainingRows(), backend, setup.seed(), name -> null);
    FusedModel model = FusedModel.load(loader, plan.blueprint(setup.outputs()), store);
    Trunks trunks = null;
    try {
      trunks = plan.trunks(backend, model, caches);
      Gradients gradients =
          new Gradients(backend, new FusionLoss(model, trunks, setup.loss()), model.trainable());
      return new ShardComputer(model, trunks, gradients);
    } catch (RuntimeException e) {
      if (trunks != null) {
        trunks.close();
      }
      model.close();
      throw e;
    }
  }

  /** As much of the run's configuration as a plan needs: neither a table nor a folder is there. */
  private static TrainConfig config(ShardSetup setup, Map<String, Path> encoders) {
    Path nothing = Path.of("nothing");
    TrainConfigBuilder b =
        TrainConfig.builder()
            .data(nothing)
            .out(nothing)
            .existing(TrainConfig.Existing.OVERWRITE)
            .method(setup.method())
            .precision(setup.precision())
            .cache(cache(setup, nothing));
    setup.methodSettings().forEach(b::setting);
    setup
        .encoders()
        .forEach(
            (name, encoder) -> {
              b.encoder(name, encoders.get(name));
              encoder.settings().forEach((key, value) -> b.encoderSetting(name, key, value));
            });
    return b.build();
  }

  /** That there is one: what is in it lies where it is told apart from this. */
  private static CacheConfig cache(ShardSetup setup, Path nothing) {
    return setup.cache() == null
        ? CacheConfig.NONE
        : new CacheConfig(Optional.of(nothing), setup.cache().storage(), setup.cache().content());
  }

  /**
   * Computes and keeps what is missing of a row's trunk outputs, if the run keeps them. Several
   * rows may be kept at once.
   *
   * @return how many samples were computed
   * @throws PmfException naming the row that cannot be prepared, or what cannot be written
   */
  public int keep(Example example) {
    return trunks instanceof CachedTrunks cached ? cached.keep(example) : 0;
  }

  /**
   * Computes the gradients of a shard.
   *
   * @param step whose values the parameters are; they are taken over once for each
   * @param parameters values by name
   * @throws PmfException naming the row that cannot be prepared
   */
  public synchronized ShardGradients compute(
      long step, Map<String, HostTensor> parameters, Shard shard) {
    if (version != step) {
      model.assign(parameters::get);
      version = step;
    }
    gradients.clear();
    double loss = 0;
    for (Batch<HostTensor> part : shard.parts(trunks, model.encoders().names())) {
      loss += gradients.add(part, shard.share());
      trunks.release(part);
    }
    return new ShardGradients(loss, gradients.take());
  }

  @Override
  public synchronized void close() {
    gradients.close();
    trunks.close();
    model.close();
  }
}
