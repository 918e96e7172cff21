package org.pmf4j.core.training;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.safetensors.LazyTensor;

/**
 * One step of training, as {@link Trainer} takes it: gradients of the parts of a batch are summed,
 * their global norm is clipped, and AdamW moves the parameters. For one thread at a time.
 */
public final class TrainingStep implements AutoCloseable {
  /** Beside the names of the batch. */
  private static final String SHARE = "share";

  private final Backend backend;
  private final Objective objective;
  private final Optimizer optimizer;
  private final Program begin;
  private final Program accumulate;
  private boolean begun;

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
    this.backend = backend;
    this.objective = objective;
    this.optimizer =
        new Optimizer(
            backend, objective.parameters(), hyper(settings), objective::rateFactor, saved);
    this.begin = gradients("begin", optimizer::begin);
    this.accumulate = gradients("accumulate", optimizer::accumulate);
  }

  /** From a part of a batch to its loss; what becomes of the gradients is the optimizer's. */
  private Program gradients(String name, BiConsumer<Tape, Tensor> use) {
    return backend.training(
        name,
        (in, tape) -> {
          Tensor loss = objective.loss(BatchCodec.batch(in));
          use.accept(tape, loss.mul(in.get(SHARE)));
          return Named.of("loss", loss);
        });
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
      loss += accumulate(part, 1);
    }
    finish(number, rate, gradientNorm());
    return loss;
  }

  /**
   * Adds a part's gradients to those that are there.
   *
   * @param share of the part's batch in the step, 0 to 1
   * @return what the part adds to the mean loss of its batch
   */
  double accumulate(Batch<HostTensor> part, double share) {
    Program program = begun ? accumulate : begin;
    Batch<Tensor> placed = objective.place(part);
    try (Tensor s = backend.tensor(HostTensor.of(new float[] {(float) share}, 1));
        Tensor loss = program.run(BatchCodec.names(placed).with(SHARE, s)).get("loss")) {
      begun = true;
      return backend.read(loss).floats()[0];
    } finally {
      placed.tensors().forEach(Tensor::close);
    }
  }

  /** The global norm of the gradients that are there. */
  double gradientNorm() {
    return optimizer.gradientNorm();
  }

  /** Moves the parameters by the gradients that are there, which are then gone. */
  void finish(long number, double rate, double norm) {
    optimizer.step(number, rate, norm);
    begun = false;
  }

  /** The optimizer's moments by name, each read when it is asked for. */
  Map<String, LazyTensor> pendingMoments() {
    return optimizer.pending();
  }

  @Override
  public void close() {
    begin.close();
    accumulate.close();
    optimizer.close();
  }
}
