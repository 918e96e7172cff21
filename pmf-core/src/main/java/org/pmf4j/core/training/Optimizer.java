package org.pmf4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * {@link AdamW}, after clipping the gradients by their global norm. Weight decay is applied to what
 * has that role.
 */
final class Optimizer implements AutoCloseable {
  private static final double EPSILON = 1e-8;

  private final Backend backend;
  private final Map<Group, List<Slot>> slots = new LinkedHashMap<>();
  private final ParameterStore state;
  private final Hyper hyper;
  private final Program update;

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

  /** A parameter with its state, and the sum of its gradients, which is not the optimizer's. */
  private record Slot(Parameter value, Parameter first, Parameter second, Parameter gradient) {
    AdamW.Slot step() {
      return new AdamW.Slot(value, first, second, gradient.value());
    }
  }

  /**
   * An optimizer whose state starts at zero or as saved.
   *
   * @param gradients of these parameters, which stay the caller's
   * @param rateFactor by what the learning rate is multiplied for a parameter
   * @param saved moments of a checkpoint by name, or a function that gives null
   */
  Optimizer(
      Backend backend,
      List<TrainedParameter> parameters,
      Gradients gradients,
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
        slots.computeIfAbsent(group, g -> new ArrayList<>()).add(slot(p.parameter(), gradients));
      }
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
    this.update = backend.training("adamw", this::step);
  }

  private Slot slot(Parameter p, Gradients gradients) {
    Start zero = new Start.Constant(0);
    long[] dims = p.shape().dims();
    return new Slot(
        p,
        state.make("optimizer.first_moment." + p.name(), zero, dims),
        state.make("optimizer.second_moment." + p.name(), zero, dims),
        gradients.sum(p));
  }

  /**
   * Takes a step by the gradients.
   *
   * @param number of the step, counted from 1
   * @param rate learning rate
   * @param gradientNorm their global norm
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
    return state.pending();
  }

  private Tensor scalar(double x) {
    return backend.tensor(HostTensor.of(new float[] {(float) x}, 1));
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
    state.close();
  }
}
