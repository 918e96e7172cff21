package org.pmf4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.fusion.Parameters.Start;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.core.safetensors.PendingTensor;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019; the reference is
 * torch.optim.AdamW), after clipping the gradients by their global norm. Gradients are summed over
 * micro-batches in accumulators, which a step consumes. Weight decay is applied to weights of
 * linear layers and leaves prompts, biases, norms and embeddings alone.
 */
final class AdamW implements AutoCloseable {
  private static final double EPSILON = 1e-8;

  private final Backend backend;
  private final List<Slot> slots = new ArrayList<>();
  private final ToDoubleFunction<Parameter> rateFactor;
  private final List<Double> factors = new ArrayList<>();
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
   * A parameter with its state.
   *
   * @param group number of the rate factor among {@link #factors}
   */
  private record Slot(
      Parameter value,
      Parameter first,
      Parameter second,
      Parameter gradient,
      boolean decays,
      int group) {}

  /**
   * An optimizer whose state starts at zero or as saved.
   *
   * @param rateFactor by what the learning rate is multiplied for a parameter
   * @param saved moments of a checkpoint by name, or a function that gives null
   */
  AdamW(
      Backend backend,
      List<Parameter> parameters,
      Hyper hyper,
      ToDoubleFunction<Parameter> rateFactor,
      ParameterStore.Initial saved) {
    this.backend = backend;
    this.hyper = hyper;
    this.rateFactor = rateFactor;
    this.state = new ParameterStore(backend, 0, saved);
    try {
      parameters.forEach(p -> slots.add(slot(p)));
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
        state.make("optimizer.gradient." + p.name(), zero, dims),
        decays(p),
        group(rateFactor.applyAsDouble(p)));
  }

  private int group(double factor) {
    if (!factors.contains(factor)) {
      factors.add(factor);
    }
    return factors.indexOf(factor);
  }

  private static boolean decays(Parameter p) {
    return p.shape().rank() >= 2
        && p.name().endsWith(".weight")
        && !p.name().contains("embeddings");
  }

  /** Adds gradients to the accumulators: part of a training program. */
  void accumulate(Tape tape, Tensor loss) {
    List<Tensor> gradients = tape.gradients(loss, slots.stream().map(Slot::value).toList());
    for (int i = 0; i < slots.size(); i++) {
      Parameter sum = slots.get(i).gradient();
      tape.assign(sum, sum.value().add(gradients.get(i)));
    }
  }

  /** The global norm of the accumulated gradients. */
  double gradientNorm() {
    try (Tensor n = norm.run(Named.none()).get("norm")) {
      return backend.read(n).floats()[0];
    }
  }

  /**
   * Takes a step and empties the accumulators.
   *
   * @param number of the step, counted from 1
   * @param rate learning rate
   * @param gradientNorm of the accumulated gradients
   */
  void step(long number, double rate, double gradientNorm) {
    // As torch.nn.utils.clip_grad_norm_ does it.
    double scale = Math.min(1, hyper.clip() / (gradientNorm + 1e-6));
    double correction1 = 1 - Math.pow(hyper.beta1(), (double) number);
    double correction2 = 1 - Math.pow(hyper.beta2(), (double) number);
    Map<String, Tensor> in = new LinkedHashMap<>();
    in.put("scale", scalar(scale));
    for (int group = 0; group < factors.size(); group++) {
      double own = rate * factors.get(group);
      in.put("kept " + group, scalar(1 - own * hyper.weightDecay()));
      in.put("rate " + group, scalar(own / correction1));
    }
    in.put("second correction", scalar(Math.sqrt(correction2)));
    try {
      update.run(Named.of(in)).asMap().values().forEach(Tensor::close);
    } finally {
      in.values().forEach(Tensor::close);
    }
  }

  /** Moments by name, each read when it is written to a file. */
  Map<String, PendingTensor> pending() {
    Map<String, PendingTensor> values = state.pending();
    values.keySet().removeIf(name -> name.startsWith("optimizer.gradient."));
    return values;
  }

  private Tensor scalar(double x) {
    return backend.tensor(HostTensor.of(new float[] {(float) x}, 1));
  }

  private Tensor globalNorm() {
    Tensor sum = null;
    for (Slot s : slots) {
      Tensor g = s.gradient().value();
      Tensor squares = g.square().sum().reshape(1);
      sum = sum == null ? squares : sum.add(squares);
    }
    return sum.sqrt();
  }

  private Named<Tensor> step(Named<Tensor> in, Tape tape) {
    for (Slot s : slots) {
      TensorScope.tidy(() -> update(s, in, tape));
    }
    return Named.none();
  }

  private Tensor update(Slot s, Named<Tensor> in, Tape tape) {
    Tensor g = s.gradient().value().mul(in.get("scale"));
    Tensor m = blend(s.first().value(), g, hyper.beta1());
    Tensor v = blend(s.second().value(), g.square(), hyper.beta2());
    Tensor root = v.sqrt().div(in.get("second correction")).add(EPSILON);
    Tensor kept = s.value().value();
    if (s.decays()) {
      kept = kept.mul(in.get("kept " + s.group()));
    }
    Tensor next = kept.sub(m.div(root).mul(in.get("rate " + s.group())));
    tape.assign(s.first(), m);
    tape.assign(s.second(), v);
    tape.assign(s.value(), next);
    Tensor none = g.filled(0, g.dtype());
    tape.assign(s.gradient(), none);
    return none;
  }

  private static Tensor blend(Tensor old, Tensor now, double beta) {
    return old.mul(beta).add(now.mul(1 - beta));
  }

  @Override
  public void close() {
    update.close();
    norm.close();
    state.close();
  }
}
