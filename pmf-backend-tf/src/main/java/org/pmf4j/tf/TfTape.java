package org.pmf4j.tf;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** The tape of one trace of a training program. */
final class TfTape implements Tape, AutoCloseable {
  private final TfKernels kernels;
  private final Trace trace;
  private boolean ended;
  private String noGradients;

  TfTape(TfKernels kernels, Trace trace) {
    this.kernels = kernels;
    this.trace = trace;
  }

  @Override
  public List<Tensor> gradients(Tensor loss, List<Parameter> parameters) {
    requireRunning("gradients");
    if (noGradients != null) {
      throw new IllegalStateException("gradients: " + noGradients);
    }
    TfValue scalar = loss.value(kernels);
    boolean isOne = !loss.shape().isKnown() || loss.shape().size() == 1;
    if (!isOne || !loss.dtype().isFloating()) {
      throw new IllegalArgumentException("gradients: the loss must be one number, got " + loss);
    }
    List<TfParameter> by = parameters.stream().map(this::own).toList();
    noGradients = "they were taken before; a program takes them once";
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
    requireRunning("assign");
    TfParameter target = own(parameter);
    TfValue from = value.value(kernels);
    Tensor current = target.value();
    if (!current.shape().matches(value.shape()) || current.dtype() != value.dtype()) {
      throw new IllegalArgumentException("assign: " + value + " does not fit " + target);
    }
    if (noGradients == null) {
      noGradients = "a parameter was assigned before; take the gradients first";
    }
    trace.assign(target.variable(), from);
  }

  private void requireRunning(String what) {
    if (ended) {
      throw new IllegalStateException(what + ": the program has ended");
    }
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
    ended = true;
  }
}
