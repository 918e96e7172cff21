package org.pmf4j.onnx;

import java.util.Set;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.engine.GraphEngine;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.QuantizedMatrix;

/** Holds data and computes nothing. */
final class TracingEngine implements GraphEngine<OnnxValue> {
  private static final String NAME = "onnx";

  private final OnnxKernels kernels;
  private final Integers integers;
  private final BackendInfo info;

  /** What becomes of matrices in integers. */
  enum Integers {
    /** Graphs compute with them. */
    COMPUTED,
    /** Graphs compute with what was rounded, and tell how far off the integers are. */
    MEASURED
  }

  TracingEngine(OnnxKernels kernels, Opset opset, Integers integers) {
    this.kernels = kernels;
    this.integers = integers;
    Set<Capability> types = Set.of(Capability.FLOAT64, Capability.BFLOAT16, Capability.INT8);
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
  public OnnxValue quantized(HostTensor matrix) {
    QuantizedMatrix rounded = QuantizedMatrix.of(matrix);
    HostValue exact = integers == Integers.MEASURED ? put(matrix.copy(matrix.dtype())) : null;
    return new OnnxValue.Quantized(
        put(rounded.values()),
        put(rounded.scales()),
        exact == null ? null : new OnnxValue.Exact(exact, exact));
  }

  @Override
  public HostValue variable(String name, HostTensor initial) {
    return new HostValue(initial.copy(initial.dtype()));
  }

  @Override
  public HostTensor read(TypedValue<OnnxValue> value) {
    return value.value() instanceof OnnxValue.Quantized q
        ? new QuantizedMatrix(data(q.values()), data(q.scales())).floats()
        : data(value.value());
  }

  private static HostTensor data(OnnxValue value) {
    return ((HostValue) value).data();
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
