package org.pmf4j.onnx;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Backend.InferenceBody;
import org.pmf4j.api.backend.engine.EngineBackend;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * Makes ONNX models of program bodies. Encoders, methods and their parameters are built on its
 * backend, as on any other, and a body over them is then traced:
 *
 * <pre>{@code
 * try (TracingBackend tracing = TracingBackend.open(Opset.DEFAULT)) {
 *   Tensor weight = tracing.backend().tensor(data);
 *   tracing.name(weight, "head.weight");
 *   OnnxModel model =
 *       tracing.trace(
 *           "head",
 *           List.of(GraphInput.of("x", DType.FLOAT32, Dim.open("batch"), Dim.of(768))),
 *           in -> Named.of("logits", Neural.linear(in.get("x"), weight, null)));
 *   model.write(folder.resolve("model.onnx"));
 * }
 * }</pre>
 *
 * <p>Its programs cannot be run. For one thread at a time.
 */
public final class TracingBackend implements AutoCloseable {
  private final Opset opset;
  private final OnnxKernels kernels = new OnnxKernels(EnumSet.complementOf(EnumSet.of(DType.INT8)));
  private final Backend backend;
  private final IdentityHashMap<OnnxValue.Held, String> names = new IdentityHashMap<>();
  private final Map<String, OnnxValue.Held> named = new HashMap<>();

  private TracingBackend(Opset opset, TracingEngine.Integers integers) {
    this.opset = opset;
    this.backend = EngineBackend.of(new TracingEngine(kernels, opset, integers));
  }

  /**
   * Opens one.
   *
   * @return what the caller closes
   */
  public static TracingBackend open(Opset opset) {
    return new TracingBackend(opset, TracingEngine.Integers.COMPUTED);
  }

  /**
   * Opens one whose graphs compute with quantized matrices as they were before they were rounded,
   * and tell in outputs of their own how far off the integers are ({@link OnnxModel#OBSERVED}).
   *
   * @return what the caller closes
   */
  public static TracingBackend measuring(Opset opset) {
    return new TracingBackend(opset, TracingEngine.Integers.MEASURED);
  }

  /** Where weights and parameters are put; closed with this. */
  public Backend backend() {
    return backend;
  }

  /**
   * Says what graphs call a weight: else they number it. Deferred data is asked for by this. The
   * scales of a quantized matrix are called as it is and {@code .scale}.
   *
   * @param weight a tensor of {@link #backend}, or a parameter's value
   * @throws IllegalArgumentException if another weight has the name, or the tensor is another
   *     backend's
   */
  public void name(Tensor weight, String name) {
    OnnxValue value = weight.use(kernels, v -> v);
    if (value instanceof OnnxValue.Quantized quantized) {
      boolean measured = quantized.exact() != null;
      name(measured ? quantized.exact().whole() : (OnnxValue.Held) quantized.values(), name);
      name((OnnxValue.Held) quantized.scales(), name + ".scale");
      if (measured) {
        name((OnnxValue.Held) quantized.values(), name + ".integers");
      }
    } else {
      name((OnnxValue.Held) value, name);
    }
  }

  private void name(OnnxValue.Held held, String name) {
    OnnxValue.Held other = named.putIfAbsent(name, held);
    if (other != null && other != held) {
      throw new IllegalArgumentException("two weights have the name '" + name + "'");
    }
    names.put(held, name);
  }

  /**
   * Makes a model of a body. Where the body asks for an open dimension as a number, it cannot be
   * open.
   *
   * @param name of the graph
   * @param inputs in order, each with a name of its own
   * @param body over tensors of these names, and over those of {@link #backend}
   * @return the model, whose outputs are called as the body calls them; it outlives this
   * @throws IllegalArgumentException if the body refuses the shapes, or two things have one name
   * @throws IllegalStateException if it asks for a dimension that is open
   */
  @SuppressWarnings("try") // the scope is there to be closed
  public OnnxModel trace(String name, List<GraphInput> inputs, InferenceBody body) {
    requireUnique(inputs);
    GraphTrace trace = new GraphTrace(opset, names::get);
    Map<String, Tensor> symbols = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open()) {
      inputs.forEach(i -> symbols.put(i.name(), TensorScope.register(tensor(trace.input(i)))));
      Named<TypedValue<OnnxValue>> outputs =
          trace.during(() -> body.apply(Named.of(symbols)).map(this::value));
      TracedGraph graph = trace.finish(name, outputs);
      return new OnnxModel(
          graph, graph.weights().map(w -> ((HostValue) w).data()), Collections.emptyMap());
    }
  }

  private static void requireUnique(List<GraphInput> inputs) {
    if (inputs.stream().map(GraphInput::name).distinct().count() < inputs.size()) {
      throw new IllegalArgumentException("two inputs have one name: " + inputs);
    }
  }

  private Tensor tensor(TypedValue<OnnxValue> of) {
    return Tensor.of(kernels, of.value(), of.shape(), of.dtype());
  }

  private TypedValue<OnnxValue> value(Tensor of) {
    return new TypedValue<>(of.value(kernels), of.shape(), of.dtype());
  }

  @Override
  public void close() {
    backend.close();
  }
}
