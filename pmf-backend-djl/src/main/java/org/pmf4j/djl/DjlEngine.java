package org.pmf4j.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.ProcessorFlags;
import org.pmf4j.api.backend.engine.EagerEngine;
import org.pmf4j.api.backend.engine.EngineTape;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;

/**
 * PyTorch on one device. All arrays belong to one DJL manager, from which each is removed as it is
 * closed; what is still open when the engine closes is closed with it.
 */
final class DjlEngine implements EagerEngine<PtValue> {
  static final String NAME = "djl";

  private final PtNDManager manager;
  private final TorchScript script;
  private final PtKernels kernels;
  private final PtHostData hostData;
  private final BackendInfo info;

  DjlEngine(Engine engine, Device device, int threads) {
    manager = (PtNDManager) engine.newBaseManager(device);
    script = new TorchScript(manager);
    kernels = new PtKernels(script);
    hostData = new PtHostData(manager, script);
    String version = "PyTorch " + engine.getVersion() + " (DJL " + Engine.getDjlVersion() + ")";
    info = new BackendInfo(NAME, version, PtDevices.nameOf(device), threads, capabilities(device));
  }

  /** A graphics card is not asked; the host measures what is not known to be fast. */
  private static Set<Capability> capabilities(Device device) {
    Set<Capability> all = EnumSet.complementOf(EnumSet.of(Capability.INT8));
    if (device.isGpu() || !ProcessorFlags.multipliesBfloat16()) {
      all.remove(Capability.FAST_BFLOAT16);
    }
    return all;
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public PtKernels kernels() {
    return kernels;
  }

  @Override
  public PtValue put(HostTensor data) {
    return hostData.put(data);
  }

  @Override
  public PtValue copy(HostTensor data, DType dtype) {
    return PtValue.own(hostData.copy(data, dtype));
  }

  /** A leaf array of PyTorch's autograd. Assigning writes into its memory; the array stays. */
  @Override
  public PtValue variable(String name, HostTensor initial) {
    PtNDArray array = hostData.copy(initial);
    array.setRequiresGradient(true);
    return new PtValue(array, PtValue.Memory.PARAMETER);
  }

  @Override
  public HostTensor read(TypedValue<PtValue> value) {
    return hostData.read(value.value().array(), value.shape(), value.dtype());
  }

  @Override
  public <T> T call(Supplier<T> body) {
    return PtThread.run(false, info.threads(), body);
  }

  @Override
  public <T> T training(Function<EngineTape<PtValue>, T> body) {
    return PtThread.run(true, info.threads(), () -> body.apply(new PtTape(script)));
  }

  /** An array of its own, which outlives the program and holds no gradient graph. */
  @Override
  public PtValue output(PtValue value) {
    PtValue.Memory memory = value.memory();
    return memory == PtValue.Memory.PARAMETER || memory == PtValue.Memory.PART
        ? PtValue.own(JniUtils.clone(value.array()))
        : new PtValue(JniUtils.detachGradient(value.array()), memory);
  }

  @Override
  public RuntimeException failure(String where, RuntimeException thrown) {
    return thrown instanceof EngineException e ? PtErrors.tell(where, e) : thrown;
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
