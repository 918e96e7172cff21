package org.pmf4j.api.backend.engine;

import java.util.function.Supplier;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.lifetime.EngineGate;
import org.pmf4j.api.lifetime.Lifetime;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * An engine as a backend: what {@link Backend} demands of all alike is checked here, before the
 * engine is called. Every call of it is one use of this backend, so that closing frees nothing
 * under a call, and goes through the {@link EngineGate}. Several threads may use it at once.
 *
 * @param <V> the engine's value
 * @since API version 2
 */
public final class EngineBackend<V> implements Backend {
  private final Engine<V> engine;
  private final Kernels<V> kernels;
  private final BackendInfo info;
  private final EngineProgram.Compiler compiler;
  private final Lifetime lifetime = new Lifetime("the backend", this::free);

  private EngineBackend(Engine<V> engine) {
    this.engine = engine;
    this.kernels = engine.kernels();
    if (engine instanceof GraphEngine<V> graphs) {
      this.info = engine.info();
      this.compiler = new GraphCompiler<>(graphs, kernels);
    } else {
      this.info = engine.info().with(Capability.EAGER);
      this.compiler = new EagerCompiler<>((EagerEngine<V>) engine, kernels);
    }
    EngineGate.opened();
  }

  /**
   * Opens a backend over an engine, which it takes over.
   *
   * @return a backend which the caller closes, and the engine with it
   */
  public static <V> EngineBackend<V> of(Engine<V> engine) {
    return new EngineBackend<>(engine);
  }

  /** Calls the engine: nothing of it is freed, and the process does not end, until then. */
  <T> T call(String where, Supplier<T> body) {
    try {
      return lifetime.during(() -> EngineGate.call(body));
    } catch (RuntimeException e) {
      throw engine.failure(where, e);
    }
  }

  private <T> T transfer(String what, Supplier<T> body) {
    return call(what, () -> engine.call(body));
  }

  /** Refuses a tensor that is closed or of another backend. */
  void requireOwn(Tensor tensor) {
    tensor.value(kernels);
  }

  private void requireDeclared(DType dtype) {
    boolean declared =
        switch (dtype) {
          case FLOAT32, INT64, BOOL -> true;
          case FLOAT64 -> info.can(Capability.FLOAT64);
          case BFLOAT16 -> info.can(Capability.BFLOAT16);
          case INT8 -> false;
        };
    if (!declared) {
      throw new IllegalArgumentException(dtype + " is not among the types of this backend");
    }
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Tensor tensor(HostTensor data) {
    requireDeclared(data.dtype());
    V value = transfer("a tensor " + data, () -> engine.put(canonical(data)));
    return Tensor.of(kernels, value, data.shape(), data.dtype());
  }

  @Override
  public Tensor deferred(Shape shape, DType dtype, DeferredData data) {
    lifetime.requireOpen();
    requireDeclared(dtype);
    return Tensor.deferred(kernels, () -> data.with(given -> copy(given, dtype)), shape, dtype);
  }

  private V copy(HostTensor data, DType dtype) {
    return transfer("a tensor " + data, () -> engine.copy(canonical(data), dtype));
  }

  @Override
  public Tensor quantized(Shape shape, DeferredData data) {
    lifetime.requireOpen();
    if (!info.can(Capability.INT8)) {
      throw new IllegalArgumentException("this backend does not declare INT8");
    }
    if (shape.rank() != 2) {
      throw new IllegalArgumentException("a linear layer's weight is [out, in], got " + shape);
    }
    Supplier<V> made = () -> data.with(this::quantized);
    return Tensor.deferred(kernels, made, shape, DType.FLOAT32);
  }

  private V quantized(HostTensor matrix) {
    return transfer("a matrix " + matrix, () -> engine.quantized(matrix));
  }

  /** Engines leave open what they do with a BOOL byte other than 0 and 1. */
  private static HostTensor canonical(HostTensor data) {
    return data.dtype() == DType.BOOL ? HostTensor.of(data.booleans(), data.shape().dims()) : data;
  }

  @Override
  public Parameter parameter(String name, HostTensor initial) {
    lifetime.requireOpen();
    if (initial.dtype() != DType.FLOAT32 && initial.dtype() != DType.FLOAT64) {
      throw new IllegalArgumentException(
          "parameter '" + name + "' must be FLOAT32 or FLOAT64, got " + initial);
    }
    requireDeclared(initial.dtype());
    V variable = transfer("parameter '" + name + "'", () -> engine.variable(name, initial));
    Tensor value = Tensor.of(kernels, variable, initial.shape(), initial.dtype());
    return new EngineParameter(name, value);
  }

  @Override
  public HostTensor read(Tensor tensor) {
    lifetime.requireOpen();
    if (TensorScope.isOpen()) {
      throw new IllegalStateException("a tensor cannot be read inside a program");
    }
    return tensor.use(
        kernels, value -> read(new TypedValue<>(value, tensor.shape(), tensor.dtype())));
  }

  private HostTensor read(TypedValue<V> value) {
    String what = value.dtype() + " " + value.shape();
    if (value.shape().size() > Integer.MAX_VALUE / value.dtype().bytes()) {
      throw PmfException.computation(
          "a tensor " + what + " is too large to be read at once; read it in parts");
    }
    return transfer("reading " + what, () -> engine.read(value));
  }

  @Override
  public Program inference(String name, InferenceBody body) {
    return new EngineProgram(this, name, lifetime.during(() -> compiler.inference(body)));
  }

  @Override
  public Program training(String name, TrainingBody body) {
    if (!info.can(Capability.TRAINING)) {
      throw new IllegalStateException("this backend does not declare TRAINING");
    }
    return new EngineProgram(this, name, lifetime.during(() -> compiler.training(body)));
  }

  @Override
  public void close() {
    lifetime.close();
  }

  private void free() {
    compiler.close();
    engine.close();
    EngineGate.closed();
  }
}
