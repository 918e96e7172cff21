package org.pmf4j.testkit.plain;

import java.util.List;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.backend.TapeRules;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** The tape of one run of a training program. */
final class PlainTape implements Tape, AutoCloseable {
  private final Kernels<PlainValue> kernels;
  private final Recording recording;
  private final TapeRules rules = new TapeRules();

  PlainTape(Kernels<PlainValue> kernels, Recording recording) {
    this.kernels = kernels;
    this.recording = recording;
  }

  @Override
  public List<Tensor> gradients(Tensor loss, List<Parameter> parameters) {
    PlainValue value = loss.value(kernels);
    rules.gradients(loss);
    List<PlainParameter> by = parameters.stream().map(this::own).toList();
    Recording.stop();
    Gradients gradients = recording.gradients(value);
    return by.stream().map(parameter -> gradient(parameter, gradients)).toList();
  }

  /** A parameter's gradient as a tensor of the program; zeros where the loss did not reach it. */
  private Tensor gradient(PlainParameter parameter, Gradients gradients) {
    DoubleArray current = parameter.variable().array();
    double[] sum = gradients.of(parameter.variable()).orElseGet(() -> new double[current.size()]);
    DoubleArray gradient = DoubleArray.rounded(current.shape(), current.dtype(), sum);
    return TensorScope.register(Tensor.of(kernels, gradient, gradient.shape(), gradient.dtype()));
  }

  @Override
  public void assign(Parameter parameter, Tensor value) {
    PlainParameter target = own(parameter);
    PlainValue source = value.value(kernels);
    rules.assign(target, value);
    target.variable().set(PlainValue.reals(source));
  }

  /** A parameter of this backend that is open. */
  private PlainParameter own(Parameter parameter) {
    if (!(parameter instanceof PlainParameter own)) {
      throw new IllegalArgumentException(
          "a parameter of another backend was handed over: " + parameter.name());
    }
    own.value().value(kernels);
    return own;
  }

  @Override
  public void close() {
    rules.end();
    Recording.stop();
  }
}
