package org.pmf4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;
import org.pmf4j.api.backend.AdamW;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.fusion.Parameters.Role;
import org.pmf4j.api.fusion.Parameters.Start;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.safetensors.LazyTensor;

/**
 * {@link AdamW}, after clipping the gradients by their global norm. Gradients are summed over
 * micro-batches in accumulators. Weight decay is applied to what has that role.
 */
final class Optimizer implements AutoCloseable {
  private static final double EPSILON = 1e-8;

  private final Backend backend;
  private final Map<Group, List<Slot>> slots = new LinkedHashMap<>();
  private final ParameterStore state;
  private final Hyper hyper;
  private final Program update;
  private final Program norm;

  /**
   * Constants of the optimizer.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param weightDecay decoupled decay, times the learning rate
   * @param clip largest global norm of the gradients; infinity for none
   */
  record Hyper(double beta1, double beta2, double weightDecay, double clip) {}

  /**
   * Parameters that are moved alike.
   *
   * @param rateFactor by what the learning rate is multiplied
   * @param decay weight decay, 0 for none
   */
  private record Group(double rateFactor, double decay) {
    /** The name of its learning rate among an update's inputs. */
    String rate() {
      return "rate " + rateFactor;
    }
  }

  /** A parameter with its state. */
  private record Slot(Parameter value, Parameter first, Parameter second, Parameter gradient) {
    AdamW.Slot step() {
      return new AdamW.Slot(value, first, second, gradient.value());
    }
  }

  /**
   * An optimizer whose state starts at zero or as saved.
   *
   * @param rateFactor by what the learning rate is multiplied for a parameter
   * @param saved moments of a checkpoint by name, or a function that gives null
   */
  Optimizer(
      Backend backend,
      List<TrainedParameter> parameters,
      Hyper hyper,
      ToDoubleFunction<TrainedParameter> rateFactor,
      ParameterStore.Initial saved) {
    this.backend = backend;
    this.hyper = hyper;
    this.state = new ParameterStore(backend, 0, saved);
    try {
      for (TrainedParameter p : parameters) {
        double decay = p.role() == Role.DECAYED ? hyper.weightDecay() : 0;
        Group group = new Group(rateFactor.applyAsDouble(p), decay);
        slots.computeIfAbsent(group, g -> new ArrayList<>()).add(slot(p.parameter()));
      }
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
    this.norm = backend.inference("gradient norm", in -> Named.of("norm", globalNorm()));
    this.update = backend.training("adamw", this::step);
  }

  private Slot slot(Parameter p) {
    Start zero = new Start.Constant(0);
    long[] dims = p.shape().dims();
    return new Slot(
        p,
        state.make("optimizer.first_moment." + p.name(), zero, dims),
        state.make("optimizer.second_moment." + p.name(), zero, dims),
        state.make("optimizer.gradient." + p.name(), zero, dims));
  }

  private List<Slot> all() {
    return slots.values().stream().flatMap(List::stream).toList();
  }

  /** Puts gradients into the accumulators, the first of a step: part of a training program. */
  void begin(Tape tape, Tensor loss) {
    accumulate(tape, loss, (sum, gradient) -> gradient);
  }

  /** Adds gradients to the accumulators: part of a training program. */
  void accumulate(Tape tape, Tensor loss) {
    accumulate(tape, loss, Tensor::add);
  }

  private void accumulate(Tape tape, Tensor loss, BinaryOperator<Tensor> how) {
    List<Slot> all = all();
    List<Tensor> gradients = tape.gradients(loss, all.stream().map(Slot::value).toList());
    for (int i = 0; i < all.size(); i++) {
      Parameter sum = all.get(i).gradient();
      tape.assign(sum, how.apply(sum.value(), gradients.get(i)));
    }
  }

  /** The global norm of the accumulated gradients. */
  double gradientNorm() {
    try (Tensor n = norm.run(Named.none()).get("norm")) {
      return backend.read(n).floats()[0];
    }
  }

  /**
   * Takes a step by what the accumulators hold.
   *
   * @param number of the step, counted from 1
   * @param rate learning rate
   * @param gradientNorm of the accumulated gradients
   */
  void step(long number, double rate, double gradientNorm) {
    Map<String, Tensor> in = new LinkedHashMap<>();
    in.put("number", scalar((double) number));
    // As torch.nn.utils.clip_grad_norm_ does it.
    in.put("scale", scalar(Math.min(1, hyper.clip() / (gradientNorm + 1e-6))));
    in.put("first correction", scalar(1 - Math.pow(hyper.beta1(), (double) number)));
    in.put("second correction", scalar(1 - Math.pow(hyper.beta2(), (double) number)));
    for (Group group : slots.keySet()) {
      in.computeIfAbsent(group.rate(), name -> scalar(rate * group.rateFactor()));
    }
    try {
      update.run(Named.of(in)).asMap().values().forEach(Tensor::close);
    } finally {
      in.values().forEach(Tensor::close);
    }
  }

  /** Moments by name, each read when it is written to a file. */
  Map<String, LazyTensor> pending() {
    Map<String, LazyTensor> values = state.pending();
    values.keySet().removeIf(name -> name.startsWith("optimizer.gradient."));
    return values;
  }

  private Tensor scalar(double x) {
    return backend.tensor(HostTensor.of(new float[] {(float) x}, 1));
  }

  private Tensor globalNorm() {
    Tensor sum = null;
    for (Slot s : all()) {
      Tensor g = s.gradient().value();
      Tensor squares = g.square().sum().reshape(1);
      sum = sum == null ? squares : sum.add(squares);
    }
    return sum.sqrt();
  }

  private Named<Tensor> step(Named<Tensor> in, Tape tape) {
    slots.forEach(
        (group, some) ->
            tape.adamW(
                new AdamW(
                    hyper.beta1(),
                    hyper.beta2(),
                    EPSILON,
                    group.decay(),
                    in.get("number"),
                    in.get(group.rate()),
                    in.get("scale"),
                    in.get("first correction"),
                    in.get("second correction")),
                some.stream().map(Slot::step).toList()));
    return Named.none();
  }

  @Override
  public void close() {
    update.close();
    norm.close();
    state.close();
  }
}
