package org.pmf4j.djl;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.engine.EngineBackend;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * A graph backend in miniature, for inference: it calls a body once for inputs of the same names,
 * types and ranks, with every dimension unknown, and computes on PyTorch what it has seen then.
 */
final class TracingBackend implements Backend {
  private final PtKernels pytorch;
  private final Backend real;

  TracingBackend(DjlEngine engine) {
    pytorch = engine.kernels();
    real = EngineBackend.of(engine);
  }

  /** A value of the graph. */
  private sealed interface Node {}

  private record Constant(Tensor tensor) implements Node {}

  private record Input(String name) implements Node {}

  private record Operation(Method kernel, List<Object> arguments) implements Node {}

  /** Kernels that compute nothing: each call is a node. */
  @SuppressWarnings("unchecked")
  private final Kernels<Node> kernels =
      (Kernels<Node>)
          Proxy.newProxyInstance(
              Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, this::node);

  private Object node(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "release" -> null;
      case "history" -> "";
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> new Operation(method, new ArrayList<>(Arrays.asList(arguments)));
    };
  }

  @Override
  public BackendInfo info() {
    return new BackendInfo("tracing", real.info().engine(), "cpu", 1, Set.of());
  }

  @Override
  public Tensor tensor(HostTensor data) {
    return constant(real.tensor(data));
  }

  private Tensor constant(Tensor tensor) {
    return Tensor.of(kernels, new Constant(tensor), tensor.shape(), tensor.dtype());
  }

  @Override
  public HostTensor read(Tensor tensor) {
    return real.read(((Constant) tensor.value(kernels)).tensor());
  }

  @Override
  public Parameter parameter(String name, HostTensor initial) {
    throw new IllegalStateException("TRAINING is not declared");
  }

  @Override
  public Program training(String name, TrainingBody body) {
    throw new IllegalStateException("TRAINING is not declared");
  }

  @Override
  public Program inference(String name, InferenceBody body) {
    Map<String, Named<Tensor>> traced = new HashMap<>();
    return new Program() {
      @Override
      public Named<Tensor> run(Named<Tensor> inputs) {
        Named<Tensor> graph =
            traced.computeIfAbsent(
                inputs.map(t -> t.dtype() + " " + t.shape().rank()).toString(),
                signature -> trace(body, inputs));
        Named<Tensor> given = inputs.map(t -> ((Constant) t.value(kernels)).tensor());
        try (Program p = real.inference(name, in -> compute(graph, in))) {
          return p.run(given).map(TracingBackend.this::constant);
        }
      }

      @Override
      public void close() {
        traced.clear();
      }
    };
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private Named<Tensor> trace(InferenceBody body, Named<Tensor> inputs) {
    Map<String, Tensor> placeholders = new LinkedHashMap<>();
    inputs
        .asMap()
        .forEach(
            (name, t) -> {
              long[] unknown = t.shape().dims();
              Arrays.fill(unknown, Shape.UNKNOWN);
              placeholders.put(
                  name, Tensor.of(kernels, new Input(name), Shape.of(unknown), t.dtype()));
            });
    try (TensorScope scope = TensorScope.open()) {
      return body.apply(Named.of(placeholders)).map(scope::keep);
    }
  }

  private Named<Tensor> compute(Named<Tensor> graph, Named<Tensor> inputs) {
    IdentityHashMap<Node, PtValue> done = new IdentityHashMap<>();
    return graph.map(
        t -> {
          PtValue value = compute(t.value(kernels), inputs, done);
          return Tensor.of(pytorch, value, shape(value), t.dtype());
        });
  }

  private PtValue compute(Node node, Named<Tensor> inputs, IdentityHashMap<Node, PtValue> done) {
    PtValue known = done.get(node);
    if (known != null) {
      return known;
    }
    PtValue value =
        switch (node.getClass().getSimpleName()) {
          case "Constant" -> ((Constant) node).tensor().value(pytorch);
          case "Input" -> inputs.get(((Input) node).name()).value(pytorch);
          default -> call((Operation) node, inputs, done);
        };
    done.put(node, value);
    return value;
  }

  private PtValue call(
      Operation operation, Named<Tensor> inputs, IdentityHashMap<Node, PtValue> done) {
    Object[] arguments =
        operation.arguments().stream()
            .map(a -> a instanceof Node n ? compute(n, inputs, done) : a)
            .toArray();
    if (operation.kernel().getName().equals("reshape")) {
      PtValue of = (PtValue) arguments[0];
      Tensor t = Tensor.of(pytorch, of, shape(of), DType.FLOAT32);
      return t.reshape((long[]) arguments[2]).value(pytorch);
    }
    try {
      return (PtValue) operation.kernel().invoke(pytorch, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Shape shape(PtValue value) {
    return Shape.of(value.array().getShape().getShape());
  }

  @Override
  public void close() {
    real.close();
  }
}
