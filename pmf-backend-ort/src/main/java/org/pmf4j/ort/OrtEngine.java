package org.pmf4j.ort;

import java.util.Set;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.engine.CpuAlone;
import org.pmf4j.api.backend.engine.GraphEngine;
import org.pmf4j.api.backend.engine.SignatureGraphs;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.QuantizedMatrix;
import org.pmf4j.onnx.OnnxKernels;
import org.pmf4j.onnx.OnnxValue;
import org.pmf4j.onnx.Opset;

/** ONNX Runtime on the CPU. Several threads may use it at once. */
final class OrtEngine implements GraphEngine<OnnxValue> {
  static final String NAME = "ort";

  /**
   * The most sessions that are kept of a program. Of three modalities, of which any may be missing,
   * there are seven patterns, each for one sample and for several.
   */
  private static final int SESSIONS = 16;

  private final OnnxKernels kernels = new OnnxKernels(OrtTypes.ALL);
  private final OrtRuntime runtime;
  private final Opset opset;
  private final BackendInfo info;

  OrtEngine(OrtRuntime runtime, Opset opset) {
    this.runtime = runtime;
    this.opset = opset;
    String engine = "ONNX Runtime " + runtime.version();
    this.info =
        new BackendInfo(NAME, engine, CpuAlone.CPU, runtime.threads(), Set.of(Capability.INT8));
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
  public OrtData put(HostTensor data) {
    return OrtData.put(runtime.environment(), data);
  }

  @Override
  public OnnxValue quantized(HostTensor matrix) {
    QuantizedMatrix rounded = QuantizedMatrix.of(matrix);
    return new OnnxValue.Quantized(put(rounded.values()), put(rounded.scales()), null);
  }

  /** A constant, as nothing is trained here. */
  @Override
  public OrtData variable(String name, HostTensor initial) {
    return put(initial.copy(initial.dtype()));
  }

  @Override
  public HostTensor read(TypedValue<OnnxValue> value) {
    return OrtData.read(value.value());
  }

  @Override
  public SignatureGraphs<OnnxValue> program(Body<OnnxValue> body) {
    return new SignatureGraphs<>(new OrtTracer(runtime, opset, body), SESSIONS);
  }

  @Override
  public RuntimeException failure(String where, RuntimeException thrown) {
    return OrtFailure.tell(where, thrown);
  }
}
