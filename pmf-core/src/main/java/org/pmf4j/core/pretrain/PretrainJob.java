package org.pmf4j.core.pretrain;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.encoder.Constants;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.file.FolderLock;
import org.pmf4j.core.file.OutputPlace;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.safetensors.LazyTensor;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.training.Checkpoints;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.Trainer;
import org.pmf4j.core.training.TrainingBackend;
import org.pmf4j.core.training.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains an encoder, from scratch or further, with all its weights, and saves it in the Hugging
 * Face layout. Several threads may use it at once.
 */
public final class PretrainJob {
  private static final Logger LOG = LoggerFactory.getLogger(PretrainJob.class);

  private static final String CHECKPOINTS = "checkpoints";

  private final Backend backend;
  private final PluginRegistry plugins;
  private final TransformerLayers layers;
  private final TableFormats formats;

  /** A job on one backend. */
  @Inject
  public PretrainJob(
      Backend backend, PluginRegistry plugins, TransformerLayers layers, TableFormats formats) {
    this.backend = backend;
    this.plugins = plugins;
    this.layers = layers;
    this.formats = formats;
  }

  /**
   * Trains to the end and saves.
   *
   * @throws PmfException for settings, data or files that do not serve; of the kind STOPPED, with a
   *     checkpoint to go on from, where {@code progress} or an interrupt of this thread asks to
   *     stop
   */
  public PretrainReport run(PretrainConfig config, Progress progress, TrainingListener listener) {
    TrainingBackend.require(backend);
    return FolderLock.holding(
        config.out(),
        () ->
            runAlone(
                config, m -> PretrainData.read(config, formats, m, progress), progress, listener));
  }

  /**
   * Trains to the end and saves, on rows that were read and checked before.
   *
   * @param training rows of {@code config.data()}, all of which have the modality
   * @param validation rows of {@code config.validation()}, all of which have the modality and,
   *     where there is one, a label that training has
   * @throws PmfException as {@link #run(PretrainConfig, Progress, TrainingListener)} does
   */
  public PretrainReport run(
      PretrainConfig config,
      List<Example> training,
      Optional<List<Example>> validation,
      Progress progress,
      TrainingListener listener) {
    PretrainData data = PretrainData.of(config.modality(), training, validation);
    return FolderLock.holding(
        config.out(), () -> runAlone(config, modality -> data, progress, listener));
  }

  private PretrainReport runAlone(
      PretrainConfig config,
      Function<Modality, PretrainData> data,
      Progress progress,
      TrainingListener listener) {
    places(config).requireFolder(config.out());
    Modality modality = plugins.modalities().get(config.modality());
    Pretraining pretraining =
        modality
            .pretraining()
            .orElseThrow(
                () ->
                    PmfException.usage("modality " + config.modality() + " offers no pretraining"));
    try (Initialization beginning = beginning(config, pretraining)) {
      return run(new Run(config, modality, pretraining, beginning, data), progress, listener);
    }
  }

  private Initialization beginning(PretrainConfig config, Pretraining pretraining) {
    if (config.origin() instanceof InitialEncoder.Existing existing) {
      return FromEncoder.open(existing, config.modality(), plugins);
    }
    InitialEncoder.Scratch scratch = (InitialEncoder.Scratch) config.origin();
    EncoderFamily family = plugins.encoderFamilies().get(scratch.modelType(), config.modality());
    return new FromScratch(family, scratch.sizes(), pretraining);
  }

  /** What a run goes by. */
  private record Run(
      PretrainConfig config,
      Modality modality,
      Pretraining pretraining,
      Initialization beginning,
      Function<Modality, PretrainData> data) {}

  private PretrainReport run(Run run, Progress progress, TrainingListener listener) {
    long began = System.nanoTime();
    PretrainConfig config = run.config();
    Initialization beginning = run.beginning();
    Path weights = config.out().resolve("model.safetensors");
    Checkpoints checkpoints = checkpoints(config, beginning);
    boolean resumes = config.resume() && checkpoints.exists();
    AtomicFile.removeLeftovers(config.out().resolve(CHECKPOINTS));
    if (!resumes && (Files.exists(weights) || checkpoints.exists())) {
      throw PmfException.usage(
          config.out() + " holds an encoder already; choose another --out, or --resume a run");
    }
    PretrainData data = run.data().apply(run.modality());
    progress.checkStop("before training began; nothing has changed");
    if (!resumes) {
      initialize(beginning, config.out(), data.training());
    }
    EncoderDirectory directory = EncoderDirectory.open(config.out());
    ParameterStore.Initial initial = resumes ? checkpoints.parameters() : name -> null;
    try (ParameterStore store = new ParameterStore(backend, config.training().seed(), initial);
        Constants constants = new Constants(backend);
        Preprocessor preprocessor =
            run.modality().preprocessor(config.out(), directory.modelType())) {
      Encoder encoder =
          beginning.family().build(directory.config(), beginning.weights(store, constants), layers);
      List<String> names = store.all().stream().map(p -> p.name()).toList();
      PretrainingTask lesson =
          PretrainingTask.of(
              config,
              new EncoderInTraining(backend, encoder, preprocessor, store),
              run.pretraining(),
              data);
      Trainer.Outcome outcome =
          new Trainer(
                  backend, lesson.objective(), config.training(), checkpoints, progress, listener)
              .train(config.out().resolve("train_log.jsonl"), lesson.validation(), resumes);
      if (outcome.bestEpoch() > 0) {
        store.assign(checkpoints.best());
      }
      Map<String, Double> measured =
          lesson.validation().map(v -> v.measure(progress)).orElse(Map.of());
      long parameters = save(weights, beginning, names, store.pending());
      double seconds = (System.nanoTime() - began) / 1e9;
      return new PretrainReport(config.out(), parameters, outcome, measured, seconds);
    }
  }

  private static void initialize(
      Initialization beginning, Path directory, PretrainingRows samples) {
    try {
      beginning.initialize(directory, samples.sources());
    } catch (PmfException e) {
      throw samples.placed(e);
    }
  }

  /** Writes the encoder without the head that it learnt by; returns the number of its weights. */
  private static long save(
      Path target, Initialization beginning, List<String> names, Map<String, LazyTensor> all) {
    Map<String, LazyTensor> kept = new LinkedHashMap<>();
    names.forEach(name -> kept.put(name, all.get(name)));
    long parameters = kept.values().stream().mapToLong(t -> t.shape().size()).sum();
    beginning.untrained(names).forEach((name, t) -> kept.put(name, LazyTensor.of(t)));
    SafetensorsWriter.writePending(target, kept, Map.of("format", "pt"));
    LOG.info("{}: encoder saved, {} weights", target, parameters);
    return parameters;
  }

  private static OutputPlace places(PretrainConfig config) {
    OutputPlace place = new OutputPlace();
    config.data().keepIn(place, "the table");
    config.validation().ifPresent(v -> v.keepIn(place, "the validation table"));
    if (config.origin() instanceof InitialEncoder.Existing existing) {
      place.folder("the encoder that is trained further", existing.encoder());
    }
    return place;
  }

  private Checkpoints checkpoints(PretrainConfig config, Initialization beginning) {
    Map<String, String> same = new LinkedHashMap<>();
    config.training().toMap().forEach((k, v) -> same.put(k, String.valueOf(v)));
    if (!config.tables().equals(TableOptions.DEFAULT)) {
      same.put("tables", config.tables().toString());
    }
    same.put("goal", config.goal().name());
    same.put("augmentation", String.valueOf(config.augment()));
    same.putAll(beginning.identity());
    same.put("data", config.data().fingerprint());
    same.put(
        Checkpoints.VALIDATION_TABLE,
        config.validation().map(TableLocation::fingerprint).orElse(Checkpoints.NONE));
    return new Checkpoints(
        config.out().resolve(CHECKPOINTS), same, beginning::isKnownAs, backend.info());
  }
}
