package org.pmf4j.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/**
 * One run of a program's body over symbols, which makes a graph of it. The operations of the thread
 * go to the trace that it has entered. All operators are functions of their inputs, so that a node
 * like one that is there already is that one. What the body uses from outside becomes an
 * initializer. For one thread at a time.
 */
public final class GraphTrace {
  private static final ThreadLocal<GraphTrace> CURRENT = new ThreadLocal<>();

  private final Opset opset;
  private final Function<OnnxValue.Held, String> names;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<NodeProto, OnnxValue> nodes = new HashMap<>();
  private final Map<TensorProto, OnnxValue> constants = new HashMap<>();
  private final IdentityHashMap<OnnxValue.Held, String> captured = new IdentityHashMap<>();
  private final Map<String, OnnxValue.Held> initializers = new LinkedHashMap<>();
  private final List<Observation> observations = new ArrayList<>();

  /**
   * How far off the integers of a weight are in one of its uses: the weight's name, and a scalar.
   */
  private record Observation(String weight, OnnxValue error) {}

  /** An empty graph whose initializers have numbers for names. */
  public GraphTrace(Opset opset) {
    this(opset, held -> null);
  }

  /**
   * An empty graph.
   *
   * @param names what to call values from outside; null for a number. Two must not have one name
   */
  public GraphTrace(Opset opset, Function<OnnxValue.Held, String> names) {
    this.opset = opset;
    this.names = names;
  }

  /**
   * The trace that this thread is in.
   *
   * @throws IllegalStateException outside a program
   */
  static GraphTrace current() {
    GraphTrace trace = CURRENT.get();
    if (trace == null) {
      throw new IllegalStateException("tensor operations run inside a program only");
    }
    return trace;
  }

  Opset opset() {
    return opset;
  }

  /** Runs {@code body} with this trace as the thread's own. */
  public <T> T during(Supplier<T> body) {
    CURRENT.set(this);
    try {
      return body.get();
    } finally {
      CURRENT.remove();
    }
  }

  /** Adds an input of the graph, and gives its symbol. */
  public TypedValue<OnnxValue> input(GraphInput input) {
    graph.addInput(ValueInfos.input(input));
    OnnxValue symbol = new OnnxValue.Symbol(this, input.name(), input.dtype());
    return new TypedValue<>(symbol, input.shape(), input.dtype());
  }

  /** Adds a node, unless there is one like it. */
  OnnxValue node(
      String operator, DType dtype, List<OnnxValue> inputs, List<AttributeProto> attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addAllAttribute(attributes);
    inputs.forEach(v -> node.addInput(name(v)));
    return nodes.computeIfAbsent(node.build(), like -> add(node, dtype));
  }

  private OnnxValue add(NodeProto.Builder node, DType dtype) {
    String name = "/" + node.getOpType() + "_" + nodes.size();
    graph.addNode(node.setName(name).addOutput(name));
    return new OnnxValue.Symbol(this, name, dtype);
  }

  /** Adds a constant, unless there is one like it. */
  OnnxValue constant(TensorProto value, DType dtype) {
    return constants.computeIfAbsent(value, like -> add(like, dtype));
  }

  private OnnxValue add(TensorProto value, DType dtype) {
    String name = "/constant_" + constants.size();
    graph.addInitializer(value.toBuilder().setName(name));
    return new OnnxValue.Symbol(this, name, dtype);
  }

  /** Takes note of how far off the integers of a weight are in one of its uses. */
  void observe(OnnxValue.Held weight, OnnxValue error) {
    observations.add(new Observation(name(weight), error));
  }

  private String name(OnnxValue value) {
    if (value instanceof OnnxValue.Quantized quantized) {
      return name(whole(quantized));
    }
    if (value instanceof OnnxValue.Symbol symbol && symbol.trace() == this) {
      return symbol.name();
    }
    if (value instanceof OnnxValue.Held held) {
      return captured.computeIfAbsent(held, this::capture);
    }
    throw new IllegalStateException("a tensor was kept from another run of a program");
  }

  /** What a matrix of integers stands for, [out, in], which engines compute once. */
  private OnnxValue whole(OnnxValue.Quantized matrix) {
    if (matrix.exact() != null) {
      return matrix.exact().part();
    }
    AttributeProto to = Attributes.integer("to", OnnxTypes.of(matrix.dtype()));
    OnnxValue numbers = node("Cast", matrix.dtype(), List.of(matrix.values()), List.of(to));
    OnnxValue turned = node("Mul", matrix.dtype(), List.of(numbers, matrix.scales()), List.of());
    AttributeProto axes = Attributes.integers("perm", 1, 0);
    return node("Transpose", matrix.dtype(), List.of(turned), List.of(axes));
  }

  private String capture(OnnxValue.Held value) {
    String wanted = names.apply(value);
    String name = wanted == null ? "/weight_" + captured.size() : wanted;
    if (initializers.put(name, value) != null) {
      throw new IllegalArgumentException("two weights have the name '" + name + "'");
    }
    return name;
  }

  /**
   * Ends the trace.
   *
   * @param name of the graph
   * @param outputs symbols or values from outside, by the names that the graph gives them
   * @throws IllegalArgumentException for an output that is called as an input or a weight is
   */
  public TracedGraph finish(String name, Named<TypedValue<OnnxValue>> outputs) {
    String batch = ValueInfos.batch(graph.getInputList());
    graph.setName(name);
    outputs
        .asMap()
        .forEach(
            (output, v) -> {
              NodeProto.Builder node = NodeProto.newBuilder().setOpType("Identity");
              graph.addNode(node.setName(output).addInput(name(v.value())).addOutput(output));
              graph.addOutput(ValueInfos.output(output, v.dtype(), v.shape(), batch));
            });
    for (int i = 0; i < observations.size(); i++) {
      Observation each = observations.get(i);
      String output = OnnxModel.OBSERVED + i + "/" + each.weight();
      NodeProto.Builder node = NodeProto.newBuilder().setOpType("Identity").setName(output);
      graph.addNode(node.addInput(name(each.error())).addOutput(output));
      graph.addOutput(ValueInfos.output(output, each.error().dtype(), Shape.of(), null));
    }
    requireUnique(outputs);
    return new TracedGraph(opset, graph.build(), Named.of(initializers));
  }

  private void requireUnique(Named<TypedValue<OnnxValue>> outputs) {
    for (ValueInfoProto input : graph.getInputList()) {
      String name = input.getName();
      if (outputs.has(name) || initializers.containsKey(name)) {
        throw new IllegalArgumentException("the name '" + name + "' is an input's already");
      }
    }
    for (String name : outputs.names()) {
      if (initializers.containsKey(name)) {
        throw new IllegalArgumentException("the name '" + name + "' is a weight's already");
      }
    }
  }
}
