package org.pmf4j.core;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.SavedModel;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolListener;
import org.pmf4j.core.pool.PoolOptions;
import org.pmf4j.core.pretrain.EncoderMaking;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.pretrain.PretrainReport;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheJob;
import org.pmf4j.core.run.EncodeJob;
import org.pmf4j.core.run.ImportJob;
import org.pmf4j.core.run.InspectJob;
import org.pmf4j.core.run.RunPlan;
import org.pmf4j.core.run.ShardComputer;
import org.pmf4j.core.run.ShardSetup;
import org.pmf4j.core.run.ShardWorkers;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainReport;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.core.trunk.EntryFiles;
import org.pmf4j.core.wiring.Services;

/**
 * The way in from Java: everything that the command line does, on one backend. Several threads may
 * use it at once. Closing it lets no computation begin any more; what is being computed at that
 * moment ends before its memory is freed.
 *
 * <pre>{@code
 * try (Pmf pmf = Pmf.open()) {
 *   pmf.train(TrainConfig.builder().data(Path.of("train.csv")).out(Path.of("model"))
 *       .encoder("image", Path.of("vit")).encoder("text", Path.of("bert")).build());
 *   try (Classifier classifier = pmf.load(Path.of("model"))) {
 *     System.out.println(classifier.predict(Map.of(
 *         "image", new Source.File(Path.of("cat.jpg")), "text", new Source.Text("a cat"))).label());
 *   }
 * }
 * }</pre>
 */
public final class Pmf implements AutoCloseable {
  /** The backend that is used where none is named. */
  public static final String DEFAULT_BACKEND = "djl";

  private final Services services;

  private Pmf(Services services) {
    this.services = services;
  }

  /** Opens the default backend on the best device. */
  public static Pmf open() {
    return open(DEFAULT_BACKEND, BackendOptions.DEFAULT);
  }

  /**
   * Opens a backend of those on the class path.
   *
   * @param backend its name
   * @throws org.pmf4j.api.error.PmfException naming what there is, if there is none of that name
   */
  public static Pmf open(String backend, BackendOptions options) {
    return open(PluginRegistry.discover(Pmf.class.getClassLoader()), backend, options);
  }

  /**
   * Opens a backend of those on the class path and in a folder of plugins, whose jars have class
   * loaders of their own until this is closed.
   *
   * @param backend its name
   * @param plugins a folder of jars, and of folders of jars; see {@link PluginRegistry#discover}
   * @throws org.pmf4j.api.error.PmfException if there is no such folder or backend; a jar that does
   *     not serve is left out, as {@code plugins().problems()} says
   */
  public static Pmf open(String backend, BackendOptions options, Path plugins) {
    return open(PluginRegistry.discover(Pmf.class.getClassLoader(), plugins), backend, options);
  }

  private static Pmf open(PluginRegistry plugins, String backend, BackendOptions options) {
    try {
      return new Pmf(Services.wire(plugins, backend, options));
    } catch (RuntimeException | Error e) {
      plugins.close();
      throw e;
    }
  }

  /** What was found on the class path and in the folder of plugins. */
  public PluginRegistry plugins() {
    return services.plugins();
  }

  /** The backend in use. */
  public Backend backend() {
    return services.backend();
  }

  /** Trains and saves a model, without showing progress. */
  public TrainReport train(TrainConfig config) {
    return train(config, Progress.SILENT, TrainingListener.NONE);
  }

  /**
   * Trains and saves a model.
   *
   * @param progress shows it, and may ask to stop, as an interrupt of this thread does
   * @throws org.pmf4j.api.error.PmfException for what a user can mend; of the kind STOPPED, with a
   *     checkpoint to go on from, if it was asked to stop
   */
  public TrainReport train(TrainConfig config, Progress progress, TrainingListener listener) {
    return train(config, progress, listener, EncoderMaking.SILENT);
  }

  /**
   * Trains and saves a model, and first the encoders that {@link TrainConfig#madeEncoders} names.
   *
   * @param making hears of those
   * @throws org.pmf4j.api.error.PmfException as {@link #train(TrainConfig, Progress,
   *     TrainingListener)} does
   */
  public TrainReport train(
      TrainConfig config, Progress progress, TrainingListener listener, EncoderMaking making) {
    return services.trainJob().run(config.settled(), progress, listener, making, Optional.empty());
  }

  /**
   * Trains and saves a model whose gradients others compute: each batch of a step, of which {@code
   * accumulation} says how many there are, is a shard. Frozen encoders alone can be fused so.
   *
   * @param workers who compute
   * @throws org.pmf4j.api.error.PmfException as {@link #train(TrainConfig, Progress,
   *     TrainingListener)} does, and as workers do
   */
  public TrainReport train(
      TrainConfig config,
      Progress progress,
      TrainingListener listener,
      EncoderMaking making,
      ShardWorkers workers) {
    return services
        .trainJob()
        .run(config.settled(), progress, listener, making, Optional.of(workers));
  }

  /**
   * Loads what computes gradients for a run that is driven by another process.
   *
   * @param setup of the run
   * @param encoders by name, their directories on this machine
   * @param caches by the name of a cache of trunk outputs, its entries; not used where the run
   *     keeps none
   * @return what the caller closes before this
   * @throws org.pmf4j.api.error.PmfException if an encoder is missing, or not the one of the run
   */
  public ShardComputer shards(
      ShardSetup setup, Map<String, Path> encoders, Function<String, EntryFiles> caches) {
    return ShardComputer.open(
        services.backend(),
        services.runPlanner(),
        services.encoderLoader(),
        setup,
        encoders,
        caches);
  }

  /**
   * The width and depth of an encoder.
   *
   * @throws org.pmf4j.api.error.PmfException if it cannot be read
   */
  public EncoderShape shape(Path encoder) {
    return shape("", encoder, Map.of());
  }

  /**
   * The width and depth of an encoder.
   *
   * @param name of the encoder, which says what it encodes where its files leave that open
   * @param chosen settings that differ from the defaults, by name
   * @throws org.pmf4j.api.error.PmfException if it cannot be read
   */
  public EncoderShape shape(String name, Path encoder, Map<String, ?> chosen) {
    EncoderLoader loader = services.encoderLoader();
    return loader.shape(loader.spec(name, encoder, chosen));
  }

  /** Loads encoders alone, for what is put together in Java over this backend. */
  public EncoderLoader encoderLoader() {
    return services.encoderLoader();
  }

  /**
   * Plans a run, before a table or a weight is read.
   *
   * @throws org.pmf4j.api.error.PmfException for a setting out of range, an encoder that cannot be
   *     read, or what does not go together
   */
  public RunPlan plan(TrainConfig config) {
    return services.runPlanner().plan(config.settled());
  }

  /** Tells what training would work on, without training. */
  public InspectJob.Inspection inspect(TrainConfig config) {
    return services.inspectJob().run(config.settled());
  }

  /** Fills the cache of trunk outputs that training with this configuration reads. */
  public CacheJob.Filled fillCache(TrainConfig config, Progress progress) {
    return services.cacheJob().run(config, progress);
  }

  /** Loads a trained model whose encoders are where they were; the caller closes it. */
  public Classifier load(Path model) {
    return load(model, Map.of());
  }

  /**
   * Loads a trained model; the caller closes it.
   *
   * @param moved by modality, directories of encoders that have moved since training
   */
  public Classifier load(Path model, Map<String, Path> moved) {
    return services.modelLoader().load(model, moved);
  }

  /**
   * Looks at a trained model without loading its weights.
   *
   * @param moved by modality, directories of encoders that have moved since training
   */
  public SavedModel saved(Path model, Map<String, Path> moved) {
    return services.modelLoader().open(model, moved);
  }

  /**
   * The same of a model whose weights are to lie on another backend, such as one that only traces.
   *
   * @param backend stays the caller's, and is used until what is loaded is closed
   */
  public SavedModel saved(Path model, Map<String, Path> moved, Backend backend) {
    return Services.wire(services.plugins(), backend).modelLoader().open(model, moved);
  }

  /** Many models for a service, without a listener; the caller closes it before this. */
  public ModelPool pool(PoolOptions options) {
    return pool(options, PoolListener.NONE);
  }

  /**
   * Many models for a service: none yet. They share encoders, batches and what is computed below
   * fusion.
   *
   * @param listener hears how long things take
   * @return what the caller closes before this
   */
  public ModelPool pool(PoolOptions options, PoolListener listener) {
    return new ModelPool(services.modelLoader(), services.encoderLoader(), options, listener);
  }

  /** Trains an encoder on one modality; ends early as {@link #train} does. */
  public PretrainReport pretrain(
      PretrainConfig config, Progress progress, TrainingListener listener) {
    return services.pretrainJob().run(config, progress, listener);
  }

  /** Runs encoders alone and keeps their hidden states. */
  public EncodeJob encode() {
    return services.encodeJob();
  }

  /** Makes encoders of weights from elsewhere. */
  public ImportJob importing() {
    return services.importJob();
  }

  @Override
  public void close() {
    try {
      services.backend().close();
    } finally {
      services.plugins().close();
    }
  }
}
