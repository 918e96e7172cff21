package org.pmf4j.tf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TType;

/** Builds a graph. What the body uses from outside is fed like its inputs. */
final class GraphTrace extends Trace {
  private final Graph graph = new Graph();
  private final Ops tf = GraphNames.ops(graph);
  private final Map<String, Operand<? extends TType>> inputs = new LinkedHashMap<>();
  private final Map<TfValue.Held, Operand<? extends TType>> captured = new LinkedHashMap<>();
  private final Map<TfVariable, Operand<? extends TType>> assigned = new LinkedHashMap<>();

  Graph graph() {
    return graph;
  }

  Ops ops() {
    return tf;
  }

  Map<String, Operand<? extends TType>> inputs() {
    return inputs;
  }

  /** Data and variables from outside, with the nodes that they are fed to. */
  Map<TfValue.Held, Operand<? extends TType>> captured() {
    return captured;
  }

  /** Variables that get a new value, with that value. */
  Map<TfVariable, Operand<? extends TType>> assigned() {
    return assigned;
  }

  @Override
  TfValue input(String name, Shape shape, DType dtype) {
    Operand<? extends TType> node = placeholder(shape, dtype);
    inputs.put(name, node);
    return new TfValue.Symbol(this, node);
  }

  private Operand<? extends TType> placeholder(Shape shape, DType dtype) {
    return tf.placeholder(TfTypes.of(dtype), Placeholder.shape(TfTypes.shape(shape)));
  }

  /** The node of a value in this graph. */
  Operand<? extends TType> operand(TfValue value) {
    if (value instanceof TfValue.Symbol symbol && symbol.trace() == this) {
      return symbol.operand();
    }
    if (value instanceof TfValue.Held held) {
      Operand<? extends TType> current = assigned.get(held);
      return current != null ? current : capture(held);
    }
    throw new IllegalStateException("a tensor was kept from another run of a program");
  }

  private Operand<? extends TType> capture(TfValue.Held value) {
    Operand<? extends TType> known = captured.get(value);
    if (known != null) {
      return known;
    }
    Operand<? extends TType> node = placeholder(value.shape(), value.dtype());
    captured.put(value, node);
    return node;
  }

  @Override
  TfValue emit(Function<Ops, Operand<? extends TType>> operation) {
    return new TfValue.Symbol(this, operation.apply(tf));
  }

  @Override
  List<TfValue> gradients(TfValue loss, List<TfParameter> by) {
    Operand<? extends TType> scalar = operand(loss);
    Set<GraphOperation> behind = graph.subgraphTo(Set.of(scalar));
    List<TfParameter> reached =
        by.stream().filter(p -> behind.contains(operation(captured.get(p.variable())))).toList();
    Map<TfParameter, TfValue> found = differentiate(scalar, reached);
    List<TfValue> all = new ArrayList<>();
    for (TfParameter p : by) {
      TfValue gradient = found.get(p);
      all.add(gradient == null ? zeros(p) : gradient);
    }
    return all;
  }

  private static GraphOperation operation(Operand<?> operand) {
    return operand == null ? null : (GraphOperation) operand.op();
  }

  private Map<TfParameter, TfValue> differentiate(Operand<?> loss, List<TfParameter> by) {
    Map<TfParameter, TfValue> found = new LinkedHashMap<>();
    if (by.isEmpty()) {
      return found;
    }
    Output<?>[] xs =
        by.stream().map(p -> captured.get(p.variable()).asOutput()).toArray(Output<?>[]::new);
    Output<?>[] gradients = graph.addGradients(loss.asOutput(), xs);
    for (int i = 0; i < xs.length; i++) {
      // Where every way is cut by a node without a gradient, TensorFlow gives no node.
      if (gradients[i].op() != null) {
        found.put(by.get(i), new TfValue.Symbol(this, gradients[i]));
      }
    }
    return found;
  }

  private TfValue zeros(TfParameter p) {
    DType dtype = p.value().dtype();
    return emit(t -> t.zeros(t.constant(p.shape().dims()), TfTypes.number(dtype)));
  }

  @Override
  void assign(TfVariable variable, TfValue value) {
    assigned.put(variable, operand(value));
  }
}
