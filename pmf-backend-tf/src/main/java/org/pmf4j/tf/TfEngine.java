package org.pmf4j.tf;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.ProcessorFlags;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.lifetime.EngineGate;
import org.pmf4j.api.lifetime.Lifetime;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * TensorFlow on the CPU. Programs that are still open when it closes are closed with it, once the
 * calls that are under way have ended.
 */
final class TfBackend implements Backend {
  static final String NAME = "tf";

  private final TfKernels kernels = new TfKernels();
  private final TfRuntime runtime;
  private final BackendInfo info;
  private final Set<TfProgram> programs = ConcurrentHashMap.newKeySet();
  private final Lifetime lifetime = new Lifetime("the backend", this::free);

  TfBackend(TfRuntime runtime) {
    this.runtime = runtime;
    info =
        new BackendInfo(
            NAME,
            "TensorFlow " + runtime.version(),
            TfDevices.CPU,
            runtime.threads(),
            capabilities());
    EngineGate.opened();
  }

  private static Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.allOf(Capability.class);
    if (!ProcessorFlags.multipliesBfloat16()) {
      all.remove(Capability.FAST_BFLOAT16);
    }
    return all;
  }

  TfKernels kernels() {
    return kernels;
  }

  TfRuntime runtime() {
    return runtime;
  }

  /**
   * Calls TensorFlow: nothing of this backend is freed, and the process does not end, until then.
   */
  <T> T call(Supplier<T> body) {
    return lifetime.during(() -> EngineGate.call(body));
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Tensor tensor(HostTensor data) {
    TfData memory = put("a tensor " + data, data);
    return Tensor.of(kernels, memory, data.shape(), data.dtype());
  }

  @Override
  public Tensor deferred(Shape shape, DType dtype, DeferredData data) {
    lifetime.requireOpen();
    return Tensor.deferred(
        kernels,
        () ->
            data.with(
                given ->
                    put("a tensor " + given, given.dtype() == dtype ? given : given.copy(dtype))),
        shape,
        dtype);
  }

  @Override
  public Parameter parameter(String name, HostTensor initial) {
    lifetime.requireOpen();
    if (initial.dtype() != DType.FLOAT32 && initial.dtype() != DType.FLOAT64) {
      throw new IllegalArgumentException(
          "parameter '" + name + "' must be FLOAT32 or FLOAT64, got " + initial);
    }
    return new TfParameter(kernels, name, put("parameter '" + name + "'", initial));
  }

  private TfData put(String what, HostTensor data) {
    try {
      return call(() -> TfHostData.put(data));
    } catch (RuntimeException e) {
      throw TfErrors.tell(what, e);
    }
  }

  @Override
  public HostTensor read(Tensor tensor) {
    lifetime.requireOpen();
    if (TensorScope.isOpen()) {
      throw new IllegalStateException("a tensor cannot be read inside a program");
    }
    return tensor.use(kernels, value -> read(tensor, value));
  }

  private HostTensor read(Tensor tensor, TfValue value) {
    if (!(value instanceof TfValue.Held held)) {
      throw new IllegalStateException(tensor + " belongs to a program that has ended");
    }
    TfData data = held.enter();
    try {
      return call(() -> TfHostData.read(data));
    } finally {
      data.leave();
    }
  }

  @Override
  public Program inference(String name, InferenceBody body) {
    lifetime.requireOpen();
    return opened(new TfProgram(this, name, (inputs, tape) -> body.apply(inputs)));
  }

  @Override
  public Program training(String name, TrainingBody body) {
    lifetime.requireOpen();
    return opened(new TfProgram(this, name, body));
  }

  private Program opened(TfProgram program) {
    programs.add(program);
    return program;
  }

  void forget(TfProgram program) {
    programs.remove(program);
  }

  @Override
  public void close() {
    lifetime.close();
  }

  private void free() {
    programs.forEach(TfProgram::close);
    EngineGate.closed();
  }
}
