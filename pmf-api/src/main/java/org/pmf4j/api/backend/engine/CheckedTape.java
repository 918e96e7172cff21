package org.pmf4j.api.backend.engine;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.backend.AdamW;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.backend.TapeRules;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** An engine's tape behind the checks of all tapes. */
final class CheckedTape<V> implements Tape, AutoCloseable {
  private final Kernels<V> kernels;
  private final EngineTape<V> engine;
  private final TapeRules rules = new TapeRules();

  CheckedTape(Kernels<V> kernels, EngineTape<V> engine) {
    this.kernels = kernels;
    this.engine = engine;
  }

  @Override
  public List<Tensor> gradients(Tensor loss, List<Parameter> parameters) {
    V scalar = loss.value(kernels);
    rules.gradients(loss);
    List<V> found = engine.gradients(scalar, parameters.stream().map(this::own).toList());
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Tensor like = parameters.get(i).value();
      Tensor gradient = Tensor.of(kernels, found.get(i), like.shape(), like.dtype());
      gradients.add(TensorScope.register(gradient));
    }
    return gradients;
  }

  @Override
  public void assign(Parameter parameter, Tensor value) {
    V target = own(parameter);
    V source = value.value(kernels);
    rules.assign(parameter, value);
    engine.assign(target, source);
  }

  @Override
  public void adamW(AdamW step, List<AdamW.Slot> slots) {
    AdamWKernel<V> kernel = engine.adamW().orElse(null);
    if (kernel == null || slots.isEmpty()) {
      Tape.super.adamW(step, slots);
    } else {
      List<AdamWKernel.Slot<V>> checked = slots.stream().map(this::checked).toList();
      kernel.step(values(step), checked);
    }
  }

  private AdamWKernel.Step<V> values(AdamW step) {
    return new AdamWKernel.Step<>(
        step.beta1(),
        step.beta2(),
        step.epsilon(),
        step.decay(),
        step.number().value(kernels),
        step.rate().value(kernels),
        step.scale().value(kernels));
  }

  private AdamWKernel.Slot<V> checked(AdamW.Slot slot) {
    V gradient = slot.gradient().value(kernels);
    return new AdamWKernel.Slot<>(
        assigned(slot.value(), slot.gradient()),
        assigned(slot.first(), slot.gradient()),
        assigned(slot.second(), slot.gradient()),
        gradient);
  }

  private V assigned(Parameter parameter, Tensor like) {
    V target = own(parameter);
    rules.assign(parameter, like);
    return target;
  }

  /** The value of a parameter of this backend that is open. */
  private V own(Parameter parameter) {
    if (!(parameter instanceof EngineParameter own)) {
      throw new IllegalArgumentException(
          "a parameter of another backend was handed over: " + parameter.name());
    }
    return own.value().value(kernels);
  }

  @Override
  public void close() {
    rules.end();
  }
}
