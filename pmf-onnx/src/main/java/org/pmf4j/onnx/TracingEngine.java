package org.pmf4j.onnx;

import java.util.Set;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.engine.GraphEngine;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/** Holds data and computes nothing. */
final class TracingEngine implements GraphEngine<OnnxValue> {
  private static final String NAME = "onnx";

  private final OnnxKernels kernels;
  private final BackendInfo info;

  TracingEngine(OnnxKernels kernels, Opset opset) {
    this.kernels = kernels;
    Set<Capability> types = Set.of(Capability.FLOAT64, Capability.BFLOAT16);
    this.info = new BackendInfo(NAME, "ONNX opset " + opset.version(), "cpu", 1, types);
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public OnnxKernels kernels() {
    return kernels;
  }

  @Override
  public HostValue put(HostTensor data) {
    return new HostValue(data);
  }

  @Override
  public HostValue variable(String name, HostTensor initial) {
    return new HostValue(initial.copy(initial.dtype()));
  }

  @Override
  public HostTensor read(TypedValue<OnnxValue> value) {
    return ((HostValue) value.value()).data();
  }

  @Override
  public Graphs<OnnxValue> program(Body<OnnxValue> body) {
    return new Graphs<>() {
      @Override
      public Named<TypedValue<OnnxValue>> run(Named<TypedValue<OnnxValue>> inputs) {
        throw new IllegalStateException("a program cannot be run while graphs are written");
      }

      @Override
      public void close() {}
    };
  }
}
