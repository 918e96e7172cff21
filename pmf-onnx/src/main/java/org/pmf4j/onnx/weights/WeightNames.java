package org.pmf4j.onnx.weights;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the names that weights had before their export. An exporter keeps those of most; where two
 * tensors are equal it keeps one, and a node {@code Identity} by the name of the other. A matrix of
 * a linear layer is turned around and has no name: the bias that is added to the product has the
 * same but for its end, and without a bias the node is called after the layer's place.
 */
final class WeightNames {
  /** As modules within modules are named, such as {@code encoder.layer.0.output.dense.bias}. */
  private static final Pattern PLACE = Pattern.compile("[A-Za-z_]\\w*(\\.\\w+)+");

  private static final String BIAS = ".bias";
  private static final String WEIGHT = ".weight";

  private final Map<String, TensorProto> values = new LinkedHashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Map<String, Weight> named = new LinkedHashMap<>();
  private final Set<String> taken = new LinkedHashSet<>();

  /**
   * A tensor that has its name back.
   *
   * @param turned true for a matrix that stands in the file with rows for columns
   */
  record Weight(TensorProto tensor, boolean turned) {}

  private WeightNames(GraphProto graph) {
    graph.getInitializerList().forEach(t -> values.put(t.getName(), t));
    for (NodeProto node : graph.getNodeList()) {
      constant(node).ifPresent(t -> values.put(node.getOutput(0), t));
      if (node.getOpType().equals("Identity") && node.getInputCount() == 1) {
        aliases.put(node.getOutput(0), node.getInput(0));
      }
      node.getInputList()
          .forEach(in -> readers.computeIfAbsent(in, x -> new ArrayList<>()).add(node));
    }
  }

  static WeightNames of(GraphProto graph) {
    WeightNames names = new WeightNames(graph);
    Stream.concat(names.values.keySet().stream(), names.aliases.keySet().stream())
        .filter(WeightNames::isPlace)
        .forEach(name -> names.value(name).ifPresent(t -> names.name(name, t, false)));
    for (NodeProto node : graph.getNodeList()) {
      switch (node.getOpType()) {
        case "MatMul" -> names.product(node, names.biasOfProduct(node), true);
        case "Gemm" -> names.product(node, input(node, 2), attribute(node, "transB") == 0);
        default -> {
          continue;
        }
      }
    }
    return names;
  }

  /** By their names. */
  Map<String, Weight> named() {
    return named;
  }

  /** Matrices and larger tensors that have none. */
  List<TensorProto> nameless() {
    return values.entrySet().stream()
        .filter(e -> !taken.contains(e.getKey()) && e.getValue().getDimsCount() >= 2)
        .map(Map.Entry::getValue)
        .toList();
  }

  private void product(NodeProto node, Optional<String> bias, boolean turned) {
    Optional<String> matrix = input(node, 1);
    Optional<TensorProto> value = matrix.flatMap(this::value);
    if (value.isEmpty() || isPlace(matrix.get()) || value.get().getDimsCount() != 2) {
      return;
    }
    bias.filter(b -> isPlace(b) && b.endsWith(BIAS))
        .map(b -> b.substring(0, b.length() - BIAS.length()))
        .or(() -> placeOf(node))
        .ifPresent(place -> name(place + WEIGHT, value.get(), turned));
  }

  /** What is added to a product, which is a bias if it is a weight. */
  private Optional<String> biasOfProduct(NodeProto product) {
    return readers.getOrDefault(product.getOutput(0), List.of()).stream()
        .filter(reader -> reader.getOpType().equals("Add"))
        .flatMap(add -> add.getInputList().stream())
        .filter(in -> !in.equals(product.getOutput(0)) && value(in).isPresent())
        .findFirst();
  }

  /** Where a node was made: {@code /encoder/layer.0/query/MatMul} in encoder.layer.0.query. */
  private static Optional<String> placeOf(NodeProto node) {
    String path = node.getName();
    int end = path.lastIndexOf('/');
    return path.startsWith("/") && end > 0
        ? Optional.of(path.substring(1, end).replace('/', '.'))
        : Optional.empty();
  }

  private void name(String name, TensorProto value, boolean turned) {
    named.putIfAbsent(name, new Weight(value, turned));
    taken.add(value.getName());
  }

  /** A weight by its name, or by one that means the same. */
  private Optional<TensorProto> value(String name) {
    String found = name;
    for (int i = 0; i <= aliases.size() && aliases.containsKey(found); i++) {
      found = aliases.get(found);
    }
    return Optional.ofNullable(values.get(found));
  }

  private static boolean isPlace(String name) {
    return PLACE.matcher(name).matches();
  }

  private static Optional<String> input(NodeProto node, int index) {
    return index < node.getInputCount() ? Optional.of(node.getInput(index)) : Optional.empty();
  }

  private static long attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(a -> a.getName().equals(name))
        .mapToLong(AttributeProto::getI)
        .findFirst()
        .orElse(0);
  }

  /** The tensor that a node holds, under the name of its output. */
  private static Optional<TensorProto> constant(NodeProto node) {
    if (!node.getOpType().equals("Constant") || node.getOutputCount() != 1) {
      return Optional.empty();
    }
    return node.getAttributeList().stream()
        .filter(a -> a.getName().equals("value") && a.hasT())
        .map(a -> a.getT().toBuilder().setName(node.getOutput(0)).build())
        .findFirst();
  }
}
