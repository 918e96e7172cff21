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
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * PyTorch on one device. All arrays belong to one DJL manager, from which each is removed as it is
 * closed; what is still open when the backend closes is closed with it.
 */
final class DjlBackend implements Backend {
  static final String NAME = "djl";

  private final PtNDManager manager;
  private final TorchScript script;
  private final PtKernels kernels;
  private final PtHostData hostData;
  private final BackendInfo info;
  private volatile boolean closed;

  DjlBackend(Engine engine, Device device, int threads) {
    manager = (PtNDManager) engine.newBaseManager(device);
    script = new TorchScript(manager);
    kernels = new PtKernels(script);
    hostData = new PtHostData(manager, script);
    String version = "PyTorch " + engine.getVersion() + " (DJL " + Engine.getDjlVersion() + ")";
    info = new BackendInfo(NAME, version, PtDevices.nameOf(device), threads, capabilities(device));
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

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the backend is closed");
    }
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Tensor tensor(HostTensor data) {
    requireOpen();
    PtValue value = transfer("a tensor " + data, () -> hostData.put(data));
    return Tensor.of(kernels, value, data.shape(), data.dtype());
  }

  @Override
  public Parameter parameter(String name, HostTensor initial) {
    requireOpen();
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
    requireOpen();
    if (TensorScope.isOpen()) {
      throw new IllegalStateException("a tensor cannot be read inside a program");
    }
    PtNDArray array = tensor.value(kernels).array();
    return transfer(
        "reading " + tensor, () -> hostData.read(array, tensor.shape(), tensor.dtype()));
  }

  private <T> T transfer(String what, Supplier<T> body) {
    try {
      return PtThread.run(false, info.threads(), body);
    } catch (EngineException e) {
      throw PtErrors.tell(what, e);
    }
  }

  @Override
  public Program inference(String name, InferenceBody body) {
    requireOpen();
    return new DjlProgram(this, name, false, (inputs, tape) -> body.apply(inputs));
  }

  @Override
  public Program training(String name, TrainingBody body) {
    requireOpen();
    return new DjlProgram(this, name, true, body);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      script.close();
      manager.close();
    }
  }
}
