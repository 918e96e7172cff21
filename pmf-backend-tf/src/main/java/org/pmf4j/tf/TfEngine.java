package org.pmf4j.tf;

import java.util.EnumSet;
import java.util.Set;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.ProcessorFlags;
import org.pmf4j.api.backend.engine.CpuAlone;
import org.pmf4j.api.backend.engine.GraphEngine;
import org.pmf4j.api.backend.engine.SignatureGraphs;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;

/** TensorFlow on the CPU. */
final class TfEngine implements GraphEngine<TfValue> {
  static final String NAME = "tf";

  /**
   * The most graphs that are kept of a program. Of three modalities, of which any may be missing
   * and one varies in length, there are some twenty; a graph takes some ten MiB, and seconds to
   * build, so that one more than are kept costs much.
   */
  private static final int GRAPHS = 32;

  private final TfKernels kernels = new TfKernels();
  private final TfRuntime runtime;
  private final BackendInfo info;

  TfEngine(TfRuntime runtime) {
    this.runtime = runtime;
    info =
        new BackendInfo(
            NAME,
            "TensorFlow " + runtime.version(),
            CpuAlone.CPU,
            runtime.threads(),
            capabilities());
  }

  private static Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.complementOf(EnumSet.of(Capability.INT8, Capability.EAGER));
    if (!ProcessorFlags.multipliesBfloat16()) {
      all.remove(Capability.FAST_BFLOAT16);
    }
    return all;
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public TfKernels kernels() {
    return kernels;
  }

  /** Copied, whatever memory it lies in. */
  @Override
  public TfData put(HostTensor data) {
    return TfHostData.put(data);
  }

  @Override
  public TfData copy(HostTensor data, DType dtype) {
    return put(data.dtype() == dtype ? data : data.copy(dtype));
  }

  @Override
  public TfVariable variable(String name, HostTensor initial) {
    return new TfVariable(name, put(initial));
  }

  @Override
  public HostTensor read(TypedValue<TfValue> value) {
    TfData data = ((TfValue.Held) value.value()).enter();
    try {
      return TfHostData.read(data);
    } finally {
      data.leave();
    }
  }

  @Override
  public SignatureGraphs<TfValue> program(Body<TfValue> body) {
    return new SignatureGraphs<>(new TfTracer(runtime, body), GRAPHS);
  }

  @Override
  public RuntimeException failure(String where, RuntimeException thrown) {
    return TfErrors.tell(where, thrown);
  }
}
