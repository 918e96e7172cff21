package org.pmf4j.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.engine.Signature;
import org.pmf4j.api.backend.engine.SignatureGraphs;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.lifetime.Lifetime;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.onnx.GraphTrace;
import org.pmf4j.onnx.OnnxValue;
import org.pmf4j.onnx.TracedGraph;
import org.pmf4j.onnx.WeightPlace;

/** A traced program: a session that runs its graph. Several threads may run it at once. */
final class OrtGraph implements SignatureGraphs.Compiled<OnnxValue> {
  private final OrtSession session;
  private final List<String> inputs;
  private final Named<OrtData> weights;
  private final Named<OrtData> fed;
  private final Map<String, Fetch> outputs;
  private final Lifetime lifetime = new Lifetime("a graph", this::free);

  /** A result of the run: the graph's name for it, and its type. */
  private record Fetch(String name, DType dtype) {}

  private OrtGraph(
      OrtSession session,
      List<String> inputs,
      Named<OrtData> weights,
      Named<OrtData> fed,
      Map<String, Fetch> outputs) {
    this.session = session;
    this.inputs = inputs;
    this.weights = weights;
    this.fed = fed;
    this.outputs = outputs;
  }

  /** What a graph calls an input. */
  static String input(int number) {
    return "in:" + number;
  }

  /**
   * Makes a session of a trace.
   *
   * @param constants whether matrices become part of the session
   */
  static OrtGraph of(
      OrtRuntime runtime,
      GraphTrace trace,
      Signature signature,
      Named<TypedValue<OnnxValue>> results,
      boolean constants) {
    Map<String, Fetch> outputs = new LinkedHashMap<>();
    Map<String, TypedValue<OnnxValue>> fetched = new LinkedHashMap<>();
    results
        .asMap()
        .forEach(
            (name, v) -> {
              String number = "out:" + outputs.size();
              outputs.put(name, new Fetch(number, v.dtype()));
              fetched.put(number, v);
            });
    TracedGraph graph = trace.finish("program", Named.of(fetched));
    Named<OrtData> weights = graph.weights().map(OrtData.class::cast);
    Map<String, WeightPlace> places = new LinkedHashMap<>();
    Map<String, OrtData> fed = new LinkedHashMap<>();
    weights
        .asMap()
        .forEach(
            (name, w) -> {
              if (constants && graph.multiplies(name)) {
                places.put(name, new WeightPlace("memory", 0, w.shape().size()));
              } else {
                fed.put(name, w);
              }
            });
    List<String> inputs = signature.inputs().stream().map(Signature.Input::name).toList();
    OrtSession session =
        outputs.isEmpty()
            ? null
            : session(runtime, graph.toBytes(Named.of(places)), constants(weights, places));
    return new OrtGraph(session, inputs, weights, Named.of(fed), outputs);
  }

  private static Map<String, OnnxTensorLike> constants(
      Named<OrtData> weights, Map<String, WeightPlace> places) {
    Map<String, OnnxTensorLike> all = new LinkedHashMap<>();
    places.keySet().forEach(name -> all.put(name, weights.get(name).memory()));
    return all;
  }

  private static OrtSession session(
      OrtRuntime runtime, byte[] model, Map<String, OnnxTensorLike> constants) {
    return OrtFailure.of(
        () -> {
          try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            runtime.threads(options);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            options.addExternalInitializers(constants);
            return runtime.environment().createSession(model, options);
          }
        });
  }

  @Override
  public Named<TypedValue<OnnxValue>> run(Named<TypedValue<OnnxValue>> in) {
    if (!lifetime.tryEnter()) {
      return null;
    }
    List<OrtData> inUse = new ArrayList<>();
    try {
      weights.asMap().values().forEach(w -> inUse.add(w.enter()));
      return session == null ? Named.none() : run(feed(in, inUse));
    } catch (OrtFailure e) {
      throw inUse.stream().anyMatch(data -> data.shape().size() == 0) ? ofNothing(e) : e;
    } finally {
      inUse.forEach(OrtData::leave);
      lifetime.leave();
    }
  }

  /** Not every operator of ONNX Runtime broadcasts to a dimension of 0. */
  private static IllegalArgumentException ofNothing(OrtFailure cause) {
    return new IllegalArgumentException(
        "ONNX Runtime does not compute this of a tensor without elements", cause);
  }

  private Map<String, OnnxTensor> feed(Named<TypedValue<OnnxValue>> in, List<OrtData> inUse) {
    Map<String, OnnxTensor> feed = new LinkedHashMap<>();
    fed.asMap().forEach((name, w) -> feed.put(name, w.memory()));
    for (int i = 0; i < inputs.size(); i++) {
      OrtData data = operand(in.get(inputs.get(i)).value());
      inUse.add(data);
      feed.put(input(i), data.memory());
    }
    return feed;
  }

  /**
   * Begins a use; of a matrix in integers, of what they stand for, which is freed after the run.
   */
  private static OrtData operand(OnnxValue value) {
    if (value instanceof OnnxValue.Quantized quantized) {
      OrtData whole = OrtData.put(OrtEnvironment.getEnvironment(), OrtData.read(quantized)).enter();
      whole.close();
      return whole;
    }
    return ((OrtData) value).enter();
  }

  /** The results are not closed with ONNX Runtime's: they outlive it, each on its own. */
  private Named<TypedValue<OnnxValue>> run(Map<String, OnnxTensor> feed) {
    OrtSession.Result result = OrtFailure.of(() -> session.run(feed));
    Map<String, TypedValue<OnnxValue>> named = new LinkedHashMap<>();
    outputs.forEach(
        (name, fetch) -> {
          OnnxTensor memory = (OnnxTensor) result.get(fetch.name()).orElseThrow();
          Shape shape = Shape.of(memory.getInfo().getShape());
          OrtData data = new OrtData(memory, shape, fetch.dtype());
          named.put(name, new TypedValue<>(data, shape, fetch.dtype()));
        });
    return Named.of(named);
  }

  /** Frees the session when the runs that are under way have ended. */
  @Override
  public void close() {
    lifetime.close();
  }

  private void free() {
    if (session != null) {
      OrtFailure.of(
          () -> {
            session.close();
            return null;
          });
    }
  }
}
