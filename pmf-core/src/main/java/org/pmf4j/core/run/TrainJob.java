package org.pmf4j.core.run;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.file.FolderLock;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.model.Answer;
import org.pmf4j.core.model.Answers;
import org.pmf4j.core.model.BrokenWeights;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.Inference;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.pretrain.EncoderMaking;
import org.pmf4j.core.probe.LinearProbes;
import org.pmf4j.core.probe.ProbeComparison;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.Checkpoints;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.TargetRows;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.Trainer;
import org.pmf4j.core.training.TrainingBackend;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.core.training.TrainingListener.Decision;
import org.pmf4j.core.training.Validation;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.core.trunk.Trunks;

/** Trains a fused model and saves it. Several threads may use it at once. */
public final class TrainJob {
  private static final int EVALUATION_BATCH = 64;
  private static final String BEFORE = "before training began; nothing has changed";

  private final Backend backend;
  private final RunPlanner planner;
  private final EncoderLoader loader;
  private final TableFormats formats;
  private final RowEncoders rowEncoders;

  /** A job on one backend. */
  @Inject
  public TrainJob(
      Backend backend,
      RunPlanner planner,
      EncoderLoader loader,
      TableFormats formats,
      RowEncoders rowEncoders) {
    this.backend = backend;
    this.planner = planner;
    this.loader = loader;
    this.formats = formats;
    this.rowEncoders = rowEncoders;
  }

  /**
   * Trains to the end and saves.
   *
   * @param making hears of encoders that are made first
   * @param workers who compute gradients; empty where this process does
   * @throws PmfException for anything that a user can mend: settings, data, encoders, files, a loss
   *     that is not a number; of the kind STOPPED, with a checkpoint to go on from, where {@code
   *     progress} or an interrupt of this thread asks to stop
   */
  public TrainReport run(
      TrainConfig config,
      Progress progress,
      TrainingListener listener,
      EncoderMaking making,
      Optional<ShardWorkers> workers) {
    TrainingBackend.require(backend);
    return FolderLock.holding(
        config.out(), () -> runAlone(config, progress, listener, making, workers));
  }

  private TrainReport runAlone(
      TrainConfig asked,
      Progress progress,
      TrainingListener listener,
      EncoderMaking making,
      Optional<ShardWorkers> workers) {
    RunPlaces.check(asked);
    RunFolder folder = RunFolder.of(asked);
    Prepared prepared = prepared(asked, folder, progress, making);
    TrainConfig open = prepared.plan().config();
    Named<Modality> modalities = prepared.plan().specs().map(EncoderSpec::modality);
    RunData data = RunData.read(open, formats, modalities, progress);
    RunDecisions decisions = RunDecisions.of(open, prepared.decisions(), data);
    if (!decisions.all().isEmpty()) {
      listener.decided(decisions.all());
    }
    RunPlan decided = prepared.plan().with(decisions.config());
    workers.ifPresent(w -> requireFrozen(decided));
    return runDecided(decided, folder, data, progress, listener, workers);
  }

  /** Their weights would travel to every worker and back in every step. */
  private static void requireFrozen(RunPlan plan) {
    if (plan.method().tunesEncoders()) {
      throw PmfException.usage(
          "method "
              + plan.config().method()
              + " trains the encoders' own weights, of which each step would send hundreds of"
              + " megabytes to every worker; train it on one machine, or choose a method that"
              + " leaves them frozen");
    }
  }

  /**
   * A plan, whose task, epochs, patience and metric may be open.
   *
   * @param decisions that were made for it
   */
  private record Prepared(RunPlan plan, List<Decision> decisions) {}

  private Prepared prepared(
      TrainConfig asked, RunFolder folder, Progress progress, EncoderMaking making) {
    TrainSplit splits = TrainSplit.in(folder, formats, progress);
    if (asked.madeEncoders().isEmpty()) {
      RunPlan first = planner.plan(asked);
      TrainSplit.Cut cut = splits.cut(asked, first.specs().map(EncoderSpec::modality));
      return new Prepared(first.cut(cut), cut.decisions());
    }
    TrainSplit.Cut cut = splits.cut(asked, rowEncoders.modalities(asked));
    TrainConfig config = rowEncoders.made(cut.config(), folder, progress, making);
    RunPlan plan = planner.plan(config);
    return new Prepared(plan.cut(cut).with(config), cut.decisions());
  }

  private TrainReport runDecided(
      RunPlan plan,
      RunFolder folder,
      RunData data,
      Progress progress,
      TrainingListener listener,
      Optional<ShardWorkers> workers) {
    TrainConfig config = plan.config();
    plan.method().requireIn(data.all());
    TrainingRows rows =
        new TrainingRows(data.training(), targets(config, data), Loss.forTask(data.task()));
    Checkpoints checkpoints = folder.checkpoints(plan, backend.info());
    Run run = new Run(plan, folder, data, checkpoints, progress);
    ParameterStore store =
        ParameterStore.trainedOn(
            data.training().size(),
            backend,
            config.training().seed(),
            initial(config, folder, checkpoints));
    int outputs = data.task().labels().size();
    try (FusedModel model = FusedModel.load(loader, plan.blueprint(outputs), store)) {
      progress.checkStop(BEFORE);
      CutRows.warn(model.encoders(), data.all(), progress);
      if (workers.isEmpty()) {
        return fuse(run, model, rows, Optional.empty(), listener);
      }
      ShardSetup setup = ShardSetup.of(plan, data.task(), rows.loss(), data.training().size());
      try (ShardWorkers.Session session = workers.get().begin(setup)) {
        return fuse(run, model, rows, Optional.of(session), listener);
      }
    }
  }

  private TrainReport fuse(
      Run run,
      FusedModel model,
      TrainingRows rows,
      Optional<ShardWorkers.Session> session,
      TrainingListener listener) {
    long began = System.nanoTime();
    try (Trunks trunks = trunks(run, model, session)) {
      double trunkSeconds = (System.nanoTime() - began) / 1e9;
      FusionObjective objective = new FusionObjective(run.plan(), model, trunks, rows);
      TrainSettings settings = run.plan().config().training();
      Trainer trainer =
          session
              .map(
                  workers ->
                      new Trainer(
                          backend,
                          objective,
                          new ShardedGradients(backend, objective, workers),
                          settings,
                          run.checkpoints(),
                          run.progress(),
                          listener))
              .orElseGet(
                  () ->
                      new Trainer(
                          backend,
                          objective,
                          settings,
                          run.checkpoints(),
                          run.progress(),
                          listener));
      return train(run, trainer, objective, trunkSeconds);
    }
  }

  /** What a run goes by, once its tables are read. */
  private record Run(
      RunPlan plan, RunFolder folder, RunData data, Checkpoints checkpoints, Progress progress) {}

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

  private Trunks trunks(Run run, FusedModel model, Optional<ShardWorkers.Session> session) {
    Trunks trunks =
        session
            .flatMap(ShardWorkers.Session::caches)
            .map(caches -> run.plan().trunks(backend, model, caches))
            .orElseGet(() -> run.plan().trunks(backend, model));
    try {
      if (trunks instanceof CachedTrunks cached) {
        session.ifPresent(workers -> workers.fill(run.data().all(), run.progress()));
        cached.fill(run.data().all(), run.progress());
      }
      return trunks;
    } catch (RuntimeException e) {
      trunks.close();
      throw e;
    }
  }

  private TrainReport train(
      Run run, Trainer trainer, FusionObjective objective, double trunkSeconds) {
    long began = System.nanoTime();
    FusedModel model = objective.model();
    RunData data = run.data();
    Inference inference = new Inference(model, objective.trunks(), data.task(), EVALUATION_BATCH);
    Optional<Validation> validation =
        data.validation()
            .map(rows -> shown -> inference.evaluate("validation", rows, shown).metrics());
    Trainer.Outcome outcome;
    try {
      outcome = trainer.train(run.folder().directory().log(), validation, run.folder().resumes());
    } catch (PmfException e) {
      // Weights that are no numbers make a loss that is none, whatever the learning rate
      throw e.kind() == ErrorKind.COMPUTATION ? BrokenWeights.in(model.encoders()).orElse(e) : e;
    }
    Optional<Answers> validated = Optional.empty();
    if (data.validation().isPresent()) {
      model.assign(run.checkpoints().best());
      validated =
          Optional.of(inference.answers("validation", data.validation().get(), run.progress()));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Optional<EvaluationResult> scores = validated.map(Answers::result);
    TrainReport report =
        run.folder()
            .save(
                run.plan(),
                data.task(),
                objective,
                new Trained(outcome, scores, trunkSeconds, seconds));
    return validated.isPresent() && run.plan().probed()
        ? probed(run, objective, validated.get(), report)
        : report;
  }

  /** With the model saved, so that nothing of it is lost or changed whatever becomes of this. */
  private TrainReport probed(
      Run run, FusionObjective objective, Answers validated, TrainReport report) {
    LinearProbes probes =
        new LinearProbes(
            backend,
            objective.model(),
            objective.trunks(),
            run.data().task(),
            Metric.named(run.plan().config().training().metric()));
    TrainingRows rows = objective.data();
    ProbeComparison compared =
        probes.compare(
            new LinearProbes.Training(rows.examples(), rows.targets()),
            validated.rows().stream().map(Answer::example).toList(),
            validated.rows().stream().map(Answer::prediction).toList(),
            run.progress());
    run.folder().save(compared);
    return report.with(compared);
  }

  private static TargetRows targets(TrainConfig config, RunData data) {
    float[][] vectors = data.training().stream().map(data.task()::target).toArray(float[][]::new);
    TargetRows rows = TargetRows.of(vectors);
    boolean single = data.task() instanceof Task.SingleLabel;
    ObjectiveSettings settings = config.objective();
    if (settings.classWeights() == ObjectiveSettings.ClassWeights.BALANCED) {
      if (!single) {
        throw PmfException.usage("class-weights go with a single-label task");
      }
      rows = rows.balanced();
    }
    if (settings.labelSmoothing() > 0) {
      if (!single) {
        throw PmfException.usage("label-smoothing goes with a single-label task");
      }
      rows = rows.smoothed(settings.labelSmoothing());
    }
    return rows;
  }
}
