package org.pmf4j.tf;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.backend.TapeRules;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** The tape of one trace of a training program. */
final class TfTape implements Tape, AutoCloseable {
  private final TfKernels kernels;
  private final Trace trace;
  private final TapeRules rules = new TapeRules();

  TfTape(TfKernels kernels, Trace trace) {
    this.kernels = kernels;
    this.trace = trace;
  }

  @Override
  public List<Tensor> gradients(Tensor loss, List<Parameter> parameters) {
    TfValue scalar = loss.value(kernels);
    rules.gradients(loss);
    List<TfParameter> by = parameters.stream().map(this::own).toList();
    List<TfValue> found = trace.gradients(scalar, by);
    List<Tensor> result = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      Tensor like = by.get(i).value();
      Tensor gradient = Tensor.of(kernels, found.get(i), like.shape(), like.dtype());
      result.add(TensorScope.register(gradient));
    }
    return result;
  }

  @Override
  public void assign(Parameter parameter, Tensor value) {
    TfParameter target = own(parameter);
    TfValue from = value.value(kernels);
    rules.assign(target, value);
    trace.assign(target.variable(), from);
  }

  private TfParameter own(Parameter parameter) {
    if (!(parameter instanceof TfParameter p)) {
      throw new IllegalArgumentException(
          "a parameter of another backend was handed over: " + parameter.name());
    }
    p.value().value(kernels);
    return p;
  }

  @Override
  public void close() {
    rules.end();
  }
}
