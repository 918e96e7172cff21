package org.pmf4j.core.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.safetensors.LazyTensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an objective's training: batches prepared ahead, AdamW, validation after every epoch, early
 * stopping, checkpoints. The same settings, data, backend and number of threads give the same bits,
 * whether or not the run was interrupted. {@link Progress#stopRequested} is asked after every step.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final Backend backend;
  private final Objective objective;
  private final StepGradients gradients;
  private final TrainSettings settings;
  private final Checkpoints checkpoints;
  private final Progress progress;
  private final TrainingListener listener;

  /**
   * A trainer that computes by itself.
   *
   * @param objective what is trained; its parameters hold the starting point, or, where a
   *     checkpoint is gone on from, the values saved there
   */
  public Trainer(
      Backend backend,
      Objective objective,
      TrainSettings settings,
      Checkpoints checkpoints,
      Progress progress,
      TrainingListener listener) {
    this(
        backend,
        objective,
        new LocalGradients(objective, settings.seed()),
        settings,
        checkpoints,
        progress,
        listener);
  }

  /**
   * A trainer whose gradients come from elsewhere.
   *
   * @param objective as above; it prepares no batches
   * @param gradients of the objective's parameters
   */
  public Trainer(
      Backend backend,
      Objective objective,
      StepGradients gradients,
      TrainSettings settings,
      Checkpoints checkpoints,
      Progress progress,
      TrainingListener listener) {
    this.backend = backend;
    this.objective = objective;
    this.gradients = gradients;
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.progress = progress;
    this.listener = listener;
  }

  /**
   * What a run came to.
   *
   * @param epochs trained, early stopping considered
   * @param steps optimizer steps
   * @param bestEpoch from 1; 0 without validation
   * @param best its metric; NaN without validation
   */
  public record Outcome(int epochs, long steps, int bestEpoch, double best) {}

  /**
   * Trains to the end.
   *
   * @param log where {@code train_log.jsonl} stands
   * @param validation measured after each epoch, if there is data for it
   * @param resume whether to go on from the last checkpoint, which must exist
   * @throws PmfException if the loss or a gradient is not a number, a file cannot be written, the
   *     checkpoint does not fit the data, or, of the kind STOPPED and with a checkpoint, if it was
   *     asked to stop
   */
  public Outcome train(Path log, Optional<Validation> validation, boolean resume) {
    listener.begins(settings);
    RunState state = resume ? checkpoints.state() : RunState.START;
    try (TrainingStep step = step(resume);
        TrainLog lines = new TrainLog(log, state.logBytes())) {
      Run run = new Run(step, lines, order());
      if (resume) {
        run.requireFit(state);
        LOG.info(
            "going on in epoch {} of {}, after step {}",
            state.epoch() + 1,
            settings.epochs(),
            state.step());
      } else if (checkpoints.exists()) {
        // Whoever goes on from here must not go on with what is replaced
        state = run.save(state);
        checkpoints.deleteBest();
      }
      while (state.epoch() < settings.epochs() && !exhausted(state)) {
        state = run.epoch(state, validation);
      }
      if (state.epoch() < settings.epochs()) {
        LOG.info(
            "{} epochs without a better {}: training ends", settings.patience(), settings.metric());
      }
      return new Outcome(state.epoch(), state.step(), state.bestEpoch() + 1, state.best());
    }
  }

  /** Leaves no checkpoint open, which Windows would not let the next one replace. */
  private TrainingStep step(boolean resume) {
    try (SavedMoments saved = SavedMoments.of(checkpoints, resume)) {
      return new TrainingStep(backend, objective, settings, saved);
    }
  }

  private boolean exhausted(RunState s) {
    return settings.patience() > 0
        && s.batch() == 0
        && s.bestEpoch() >= 0
        && s.epoch() - 1 - s.bestEpoch() >= settings.patience();
  }

  private BatchOrder order() {
    return BatchOrder.of(
        objective.rows(),
        settings.batchSize(),
        settings.seed(),
        settings.shuffle(),
        objective::length);
  }

  /** One call of {@link #train}. */
  private final class Run {
    private final TrainingStep step;
    private final TrainLog lines;
    private final BatchOrder order;
    private final Schedule schedule;

    Run(TrainingStep step, TrainLog lines, BatchOrder order) {
      this.step = step;
      this.lines = lines;
      this.order = order;
      int perEpoch = (order.batches() + settings.accumulation() - 1) / settings.accumulation();
      long total = (long) perEpoch * settings.epochs();
      this.schedule =
          new Schedule(settings.learningRate(), Math.round(settings.warmup() * total), total);
    }

    RunState epoch(RunState start, Optional<Validation> validation) {
      long began = System.nanoTime();
      RunState state = batches(start);
      Map<String, Double> measured = Map.of();
      boolean better = false;
      if (validation.isPresent()) {
        measured = measure(validation.get(), state);
        double value = Metric.value(measured, settings.metric());
        better = Metric.named(settings.metric()).better(value, state.best());
        if (better) {
          state = state.withBest(value);
          checkpoints.saveBest(parameters());
        }
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      lines.write(epochLine(state, measured, seconds));
      LOG.info(
          "epoch {} of {}: step {}, loss {}, validation {}, {} s",
          state.epoch() + 1,
          settings.epochs(),
          state.step(),
          String.format(Locale.ROOT, "%.4f", state.meanLoss()),
          measured.isEmpty() ? "none" : measured,
          String.format(Locale.ROOT, "%.1f", seconds));
      listener.epochEnded(
          new TrainingListener.Epoch(
              state.epoch() + 1, state.meanLoss(), measured, better, seconds));
      RunState ended = save(state.nextEpoch());
      if (progress.mustStop()) {
        throw stopped("after epoch " + ended.epoch());
      }
      return ended;
    }

    /** What is stopped here has taken all steps of its epoch, and is gone on with from there. */
    private Map<String, Double> measure(Validation validation, RunState state) {
      try {
        return validation.measure(progress);
      } catch (PmfException e) {
        if (e.kind() == ErrorKind.STOPPED) {
          saveThrough(state);
          throw stopped("in the validation of epoch " + (state.epoch() + 1));
        }
        throw e;
      }
    }

    /**
     * Refuses a checkpoint of other data or settings.
     *
     * @throws PmfException if there are fewer batches or epochs than it has seen
     */
    void requireFit(RunState state) {
      if (state.batch() > order.batches()) {
        throw PmfException.input(
            checkpoints.last()
                + ": \"batch\" is "
                + state.batch()
                + ", but an epoch has only "
                + order.batches());
      }
      boolean begun = state.batch() > 0;
      int epochs = state.epoch() + (begun ? 1 : 0);
      if (epochs > settings.epochs()) {
        throw PmfException.usage(
            String.format(
                Locale.ROOT,
                "cannot resume: epoch %d is %s, and epochs is now %d; ask for %d or more",
                epochs,
                begun ? "begun" : "done",
                settings.epochs(),
                epochs));
      }
    }

    private RunState batches(RunState start) {
      List<List<Integer>> batches = order.epoch(start.epoch());
      RunState state = start;
      String title = "epoch " + (start.epoch() + 1) + "/" + settings.epochs();
      try (StepGradients.Pass pass = gradients.begin(start.epoch(), batches, start.batch());
          Progress.Bar bar = progress.begin(title, order.rows(), "samples")) {
        bar.advance(start.samples(), "");
        while (state.batch() < batches.size()) {
          int first = state.batch() / settings.accumulation() * settings.accumulation();
          int end = Math.min(first + settings.accumulation(), batches.size());
          state = step(state, batches.subList(first, end), pass, bar);
          if (progress.mustStop()) {
            saveThrough(state);
            throw stopped("in epoch " + (state.epoch() + 1) + ", after step " + state.step());
          }
        }
      }
      return state;
    }

    /** One optimizer step over some batches. A checkpoint never stands between them. */
    private RunState step(
        RunState state, List<List<Integer>> group, StepGradients.Pass pass, Progress.Bar bar) {
      long began = System.nanoTime();
      int rows = group.stream().mapToInt(List::size).sum();
      List<Double> losses = pass.next(state.batch() + group.size(), step.gradients());
      double sum = 0;
      RunState s = state;
      for (int i = 0; i < group.size(); i++) {
        double loss = losses.get(i);
        requireNumber("the loss", loss, s);
        sum += loss * group.get(i).size();
        s = s.afterBatch(loss, group.get(i).size());
      }
      double norm = step.gradients().norm();
      requireNumber("the gradient", norm, s);
      double rate = schedule.rate(s.step());
      s = s.afterStep();
      step.finish(s.step(), rate, norm);
      double seconds = (System.nanoTime() - began) / 1e9;
      lines.write(stepLine(s, sum / rows, norm, rate, seconds));
      bar.advance(rows, String.format(Locale.ROOT, "loss %.4f", s.meanLoss()));
      boolean due = settings.checkpointSteps() > 0 && s.step() % settings.checkpointSteps() == 0;
      return due ? save(s) : s;
    }

    /** An interrupt that asked to stop must not disturb the checkpoint that it asks for. */
    private void saveThrough(RunState state) {
      boolean interrupted = Thread.interrupted();
      save(state);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    RunState save(RunState state) {
      RunState flushed = state.withLogBytes(lines.flush());
      Map<String, LazyTensor> tensors = new LinkedHashMap<>(parameters());
      tensors.putAll(step.pendingMoments());
      checkpoints.saveLast(tensors, flushed);
      listener.saved(checkpoints.last());
      return flushed;
    }
  }

  private PmfException stopped(String where) {
    return PmfException.stopped("stopped " + where + "; its checkpoint is " + checkpoints.last());
  }

  private Map<String, LazyTensor> parameters() {
    return ParameterStore.pending(
        backend, objective.parameters().stream().map(TrainedParameter::parameter).toList());
  }

  private void requireNumber(String what, double value, RunState s) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw PmfException.computation(
          String.format(
              Locale.ROOT,
              "%s is not a number at epoch %d, step %d; lower the learning rate (%s) and start anew",
              what,
              s.epoch() + 1,
              s.step() + 1,
              settings.learningRate()));
    }
  }

  private static Map<String, Object> stepLine(
      RunState s, double loss, double norm, double rate, double seconds) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("step", s.step());
    m.put("epoch", s.epoch() + 1);
    m.put("loss", loss);
    m.put("gradient_norm", norm);
    m.put("learning_rate", rate);
    m.put("seconds", seconds);
    return m;
  }

  private static Map<String, Object> epochLine(
      RunState s, Map<String, Double> validation, double seconds) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("epoch_end", s.epoch() + 1);
    m.put("step", s.step());
    m.put("train_loss", s.meanLoss());
    m.put("validation", validation);
    m.put("seconds", seconds);
    return m;
  }
}
