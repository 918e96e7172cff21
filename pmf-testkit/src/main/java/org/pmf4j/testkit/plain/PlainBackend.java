package org.pmf4j.testkit.plain;

import java.util.Set;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * Arrays on the Java heap. Nothing is shared between threads but arrays that never change and
 * variables, each of which holds one.
 */
final class PlainBackend implements Backend {
  private final Kernels<PlainValue> kernels;
  private final BackendInfo info;
  private volatile boolean closed;

  PlainBackend(Kernels<PlainValue> kernels, String name, int threads) {
    this.kernels = kernels;
    Set<Capability> can = Set.of(Capability.TRAINING, Capability.FLOAT64);
    info = new BackendInfo(name, "Java " + Runtime.version().feature(), "cpu", threads, can);
  }

  Kernels<PlainValue> kernels() {
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
    return Tensor.of(kernels, PlainHostData.put(data), data.shape(), data.dtype());
  }

  @Override
  public Parameter parameter(String name, HostTensor initial) {
    requireOpen();
    if (!(PlainHostData.put(initial) instanceof DoubleArray reals)) {
      throw new IllegalArgumentException(
          "parameter '" + name + "' must be FLOAT32 or FLOAT64, got " + initial);
    }
    return new PlainParameter(kernels, name, reals);
  }

  @Override
  public HostTensor read(Tensor tensor) {
    requireOpen();
    if (TensorScope.isOpen()) {
      throw new IllegalStateException("a tensor cannot be read inside a program");
    }
    return PlainHostData.read(tensor.value(kernels).array());
  }

  @Override
  public Program inference(String name, InferenceBody body) {
    requireOpen();
    return PlainProgram.inference(this, name, body);
  }

  @Override
  public Program training(String name, TrainingBody body) {
    requireOpen();
    return PlainProgram.training(this, name, body);
  }

  @Override
  public void close() {
    closed = true;
  }
}
