package org.pmf4j.core.run;

import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.file.FolderLock;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.model.BrokenWeights;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.Inference;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.Checkpoints;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.Settings;
import org.pmf4j.core.training.TargetRows;
import org.pmf4j.core.training.Trainer;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.core.training.Validation;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.core.trunk.Trunks;

/** Trains a fused model and saves it. Several threads may use it at once. */
public final class TrainJob {
  private static final int EVALUATION_BATCH = 64;
  private static final String BEFORE = "before training began; nothing has changed";

  private final Backend backend;
  private final PluginRegistry plugins;
  private final EncoderLoader loader;

  /** A job on one backend. */
  @Inject
  public TrainJob(Backend backend, PluginRegistry plugins, EncoderLoader loader) {
    this.backend = backend;
    this.plugins = plugins;
    this.loader = loader;
  }

  /**
   * Trains to the end and saves.
   *
   * @throws PmfException for anything that a user can mend: settings, data, encoders, files, a loss
   *     that is not a number; of the kind STOPPED, with a checkpoint to go on from, where {@code
   *     progress} or an interrupt of this thread asks to stop
   */
  public TrainReport run(TrainConfig config, Progress progress, TrainingListener listener) {
    return FolderLock.holding(config.out(), () -> runAlone(config, progress, listener));
  }

  private TrainReport runAlone(TrainConfig config, Progress progress, TrainingListener listener) {
    ModalityDropout dropout =
        new ModalityDropout(config.modalityDropout(), config.training().seed());
    RunPlaces.check(config);
    RunFolder folder = RunFolder.of(config);
    FusionMethod method = plugins.fusionMethods().get(config.method());
    Map<String, Object> settings =
        Settings.complete(method.defaults(), config.methodSettings(), "method " + config.method());
    EncoderRate encoderRate = EncoderRate.of(config, method);
    Named<EncoderDirectory> directories = EncoderSet.open(config.encoders());
    RunData data = RunData.read(config, directories.map(loader::modality), progress);
    TargetRows targets = targets(config, data);
    Checkpoints checkpoints =
        folder.checkpoints(config, settings, encoderRate, directories, backend.info());
    ParameterStore store =
        new ParameterStore(backend, config.training().seed(), initial(config, folder, checkpoints));
    int outputs = data.task().labels().size();
    try (FusedModel model =
        FusedModel.load(
            backend, loader, directories, method, config.precision(), outputs, settings, store)) {
      model.require(data.all());
      progress.checkStop(BEFORE);
      try (Trunks trunks = trunks(config, method, model, data, progress)) {
        FusionObjective objective =
            new FusionObjective(
                model,
                encoderRate.factor(config),
                trunks,
                data.training(),
                dropout,
                targets,
                loss(data.task()));
        Trainer trainer =
            new Trainer(backend, objective, config.training(), checkpoints, progress, listener);
        return train(
            config, settings, encoderRate, folder, checkpoints, trainer, objective, data, progress);
      }
    }
  }

  private static ParameterStore.Initial initial(
      TrainConfig config, RunFolder folder, Checkpoints checkpoints) {
    if (folder.resumes()) {
      return checkpoints.parameters();
    }
    if (config.init().isPresent()) {
      ModelDirectory from = new ModelDirectory(config.init().get());
      return from.readValues();
    }
    return name -> null;
  }

  /** Kept ones where that was not declined, and where there is something to keep. */
  private Trunks trunks(
      TrainConfig config, FusionMethod method, FusedModel model, RunData data, Progress progress) {
    if (config.cache().root().isEmpty() || method.tuning() == Tuning.FULL) {
      return model.trunks();
    }
    CachedTrunks cached = config.cache().trunks(backend, model.encoders(), model.fusionLayers());
    try {
      cached.fill(data.all(), progress);
      return cached;
    } catch (RuntimeException e) {
      cached.close();
      throw e;
    }
  }

  private TrainReport train(
      TrainConfig config,
      Map<String, Object> settings,
      EncoderRate encoderRate,
      RunFolder folder,
      Checkpoints checkpoints,
      Trainer trainer,
      FusionObjective objective,
      RunData data,
      Progress progress) {
    long began = System.nanoTime();
    FusedModel model = objective.model();
    Inference inference = new Inference(model, objective.trunks(), data.task(), EVALUATION_BATCH);
    Optional<Validation> validation =
        data.validation()
            .map(rows -> shown -> inference.evaluate("validation", rows, shown).metrics());
    Trainer.Outcome outcome;
    try {
      outcome = trainer.train(folder.directory().log(), validation, folder.resumes());
    } catch (PmfException e) {
      // Weights that are no numbers make a loss that is none, whatever the learning rate
      throw e.kind() == ErrorKind.COMPUTATION ? BrokenWeights.in(model.encoders()).orElse(e) : e;
    }
    Optional<EvaluationResult> scores = Optional.empty();
    if (data.validation().isPresent()) {
      model.assign(checkpoints.best());
      scores = Optional.of(inference.evaluate("validation", data.validation().get(), progress));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return folder.save(
        config, settings, encoderRate, data.task(), objective, outcome, scores, seconds);
  }

  private static TargetRows targets(TrainConfig config, RunData data) {
    float[][] vectors = data.training().stream().map(data.task()::target).toArray(float[][]::new);
    TargetRows rows = TargetRows.of(vectors);
    boolean single = data.task() instanceof Task.SingleLabel;
    if (config.classWeights() == TrainConfig.ClassWeights.BALANCED) {
      if (!single) {
        throw PmfException.usage("class-weights go with a single-label task");
      }
      rows = rows.balanced();
    }
    if (config.labelSmoothing() > 0) {
      if (!single || config.labelSmoothing() >= 1) {
        throw PmfException.usage(
            "label-smoothing must be 0 to below 1 and goes with a single-label task");
      }
      rows = rows.smoothed(config.labelSmoothing());
    }
    return rows;
  }

  private static Loss loss(Task task) {
    if (task instanceof Task.SingleLabel) {
      return Loss.CROSS_ENTROPY;
    }
    return task instanceof Task.MultiLabel ? Loss.BINARY_CROSS_ENTROPY : Loss.SQUARED_ERROR;
  }
}
