package org.pmf4j.tf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.pmf4j.api.backend.engine.Signature;
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
  TfValue symbol(Signature.Input input) {
    Operand<? extends TType> node = placeholder(input.shape(), input.dtype());
    inputs.put(input.name(), node);
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
  public List<TfValue> gradients(TfValue loss, List<TfValue> parameters) {
    Operand<? extends TType> scalar = operand(loss);
    Set<GraphOperation> behind = graph.subgraphTo(Set.of(scalar));
    List<TfValue> reached =
        parameters.stream().filter(p -> behind.contains(operation(captured.get(p)))).toList();
    Map<TfValue, TfValue> found = differentiate(scalar, reached);
    List<TfValue> all = new ArrayList<>();
    for (TfValue p : parameters) {
      TfValue gradient = found.get(p);
      all.add(gradient == null ? zeros((TfVariable) p) : gradient);
    }
    return all;
  }

  private static GraphOperation operation(Operand<?> operand) {
    return operand == null ? null : (GraphOperation) operand.op();
  }

  private Map<TfValue, TfValue> differentiate(Operand<?> loss, List<TfValue> by) {
    Map<TfValue, TfValue> found = new LinkedHashMap<>();
    if (by.isEmpty()) {
      return found;
    }
    Output<?>[] xs = by.stream().map(p -> captured.get(p).asOutput()).toArray(Output<?>[]::new);
    Output<?>[] gradients = graph.addGradients(loss.asOutput(), xs);
    for (int i = 0; i < xs.length; i++) {
      // Where every way is cut by a node without a gradient, TensorFlow gives no node.
      if (gradients[i].op() != null) {
        found.put(by.get(i), new TfValue.Symbol(this, gradients[i]));
      }
    }
    return found;
  }

  private TfValue zeros(TfVariable of) {
    return emit(t -> t.zeros(t.constant(of.shape().dims()), TfTypes.number(of.dtype())));
  }

  @Override
  public void assign(TfValue parameter, TfValue value) {
    assigned.put((TfVariable) parameter, operand(value));
  }
}
