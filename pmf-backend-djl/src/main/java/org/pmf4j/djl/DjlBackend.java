package org.pmf4j.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.EnumSet;
import java.util.Set;
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
 * PyTorch on one device. All arrays belong to one DJL manager, from which each is removed as it is
 * closed; what is still open when the backend closes is closed with it, once the calls that are
 * under way have ended.
 */
final class DjlBackend implements Backend {
  static final String NAME = "djl";

  private final PtNDManager manager;
  private final TorchScript script;
  private final PtKernels kernels;
  private final PtHostData hostData;
  private final BackendInfo info;
  private final Lifetime lifetime = new Lifetime("the backend", this::free);

  DjlBackend(Engine engine, Device device, int threads) {
    manager = (PtNDManager) engine.newBaseManager(device);
    script = new TorchScript(manager);
    kernels = new PtKernels(script);
    hostData = new PtHostData(manager, script);
    String version = "PyTorch " + engine.getVersion() + " (DJL " + Engine.getDjlVersion() + ")";
    info = new BackendInfo(NAME, version, PtDevices.nameOf(device), threads, capabilities(device));
    EngineGate.opened();
  }

  /** A graphics card is not asked; the host measures what is not known to be fast. */
  private static Set<Capability> capabilities(Device device) {
    Set<Capability> all = EnumSet.allOf(Capability.class);
    if (device.isGpu() || !ProcessorFlags.multipliesBfloat16()) {
      all.remove(Capability.FAST_BFLOAT16);
    }
    return all;
  }

  PtKernels kernels() {
    return kernels;
  }

  /** Calls PyTorch: nothing of this backend is freed, and the process does not end, until then. */
  <T> T call(boolean gradients, Supplier<T> body) {
    return lifetime.during(
        () -> EngineGate.call(() -> PtThread.run(gradients, info.threads(), body)));
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Tensor tensor(HostTensor data) {
    PtValue value = transfer("a tensor " + data, () -> hostData.put(data));
    return Tensor.of(kernels, value, data.shape(), data.dtype());
  }

  @Override
  public Tensor deferred(Shape shape, DType dtype, DeferredData data) {
    lifetime.requireOpen();
    return Tensor.deferred(
        kernels,
        () ->
            data.with(
                given ->
                    transfer("a tensor " + given, () -> PtValue.own(hostData.copy(given, dtype)))),
        shape,
        dtype);
  }

  @Override
  public Parameter parameter(String name, HostTensor initial) {
    lifetime.requireOpen();
    switch (initial.dtype()) {
      case FLOAT32, FLOAT64 -> {}
      default ->
          throw new IllegalArgumentException(
              "parameter '" + name + "' must be FLOAT32 or FLOAT64, got " + initial);
    }
    PtNDArray array = transfer("parameter '" + name + "'", () -> hostData.copy(initial));
    return new DjlParameter(kernels, name, array, initial.shape(), initial.dtype());
  }

  @Override
  public HostTensor read(Tensor tensor) {
    lifetime.requireOpen();
    if (TensorScope.isOpen()) {
      throw new IllegalStateException("a tensor cannot be read inside a program");
    }
    return tensor.use(
        kernels,
        value ->
            transfer(
                "reading " + tensor,
                () -> hostData.read(value.array(), tensor.shape(), tensor.dtype())));
  }

  private <T> T transfer(String what, Supplier<T> body) {
    try {
      return call(false, body);
    } catch (EngineException e) {
      throw PtErrors.tell(what, e);
    }
  }

  @Override
  public Program inference(String name, InferenceBody body) {
    lifetime.requireOpen();
    return new DjlProgram(this, name, false, (inputs, tape) -> body.apply(inputs));
  }

  @Override
  public Program training(String name, TrainingBody body) {
    lifetime.requireOpen();
    return new DjlProgram(this, name, true, body);
  }

  @Override
  public void close() {
    lifetime.close();
  }

  private void free() {
    script.close();
    manager.close();
    EngineGate.closed();
  }
}
