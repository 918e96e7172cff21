package org.pmf4j.core.training;

import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.safetensors.LazyTensor;

/**
 * One step of training, as {@link Trainer} takes it: gradients of the parts of a batch are summed,
 * their global norm is clipped, and AdamW moves the parameters. For one thread at a time.
 */
public final class TrainingStep implements AutoCloseable {
  private final Gradients gradients;
  private final Optimizer optimizer;

  /** Steps from the beginning: the optimizer's moments are zero. */
  public TrainingStep(Backend backend, Objective objective, TrainSettings settings) {
    this(backend, objective, settings, name -> null);
  }

  /**
   * Steps that go on from saved moments.
   *
   * @param saved moments of a checkpoint by name, or a function that gives null
   */
  TrainingStep(
      Backend backend, Objective objective, TrainSettings settings, ParameterStore.Initial saved) {
    List<TrainedParameter> trained = objective.parameters();
    this.gradients =
        new Gradients(
            backend, objective, trained.stream().map(TrainedParameter::parameter).toList());
    try {
      this.optimizer =
          new Optimizer(backend, trained, gradients, hyper(settings), objective::rateFactor, saved);
    } catch (RuntimeException e) {
      gradients.close();
      throw e;
    }
  }

  private static Optimizer.Hyper hyper(TrainSettings settings) {
    double clip = settings.clip() == 0 ? Double.POSITIVE_INFINITY : settings.clip();
    return new Optimizer.Hyper(0.9, settings.beta2(), settings.weightDecay(), clip);
  }

  /**
   * Takes a whole step over one batch.
   *
   * @param parts as {@link Objective#prepare} gives them
   * @param number of the step, counted from 1
   * @param rate learning rate
   * @return the mean loss of the batch before the step
   */
  public double take(List<Batch<HostTensor>> parts, long number, double rate) {
    double loss = 0;
    for (Batch<HostTensor> part : parts) {
      loss += gradients.add(part, 1);
    }
    finish(number, rate, gradients.norm());
    return loss;
  }

  /** What the next {@link #finish} follows. */
  Gradients gradients() {
    return gradients;
  }

  /** Moves the parameters by the gradients that are there, which are then gone. */
  void finish(long number, double rate, double norm) {
    optimizer.step(number, rate, norm);
    gradients.clear();
  }

  /** The optimizer's moments by name, each read when it is asked for. */
  Map<String, LazyTensor> pendingMoments() {
    return optimizer.pending();
  }

  @Override
  public void close() {
    optimizer.close();
    gradients.close();
  }
}
