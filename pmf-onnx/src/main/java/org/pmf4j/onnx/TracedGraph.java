package org.pmf4j.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/**
 * A graph without the elements of its weights. Immutable, so that any number of threads share it.
 */
public final class TracedGraph {
  private static final String PRODUCER = "pmf4j";

  private final Opset opset;
  private final GraphProto graph;
  private final Named<OnnxValue.Held> weights;

  TracedGraph(Opset opset, GraphProto graph, Named<OnnxValue.Held> weights) {
    this.opset = opset;
    this.graph = graph;
    this.weights = weights;
  }

  /** What the graph uses from outside, by the names of its initializers. */
  public Named<OnnxValue.Held> weights() {
    return weights;
  }

  /** Number of nodes. */
  public int size() {
    return graph.getNodeCount();
  }

  /**
   * True if a weight is a matrix that linear layers multiply with, which engines may lay out, or
   * belongs to one of integers.
   */
  public boolean multiplies(String weight) {
    return weights.get(weight).dtype() == DType.INT8
        || graph.getNodeList().stream()
            .anyMatch(
                n ->
                    n.getOpType().equals("Transpose") && n.getInput(0).equals(weight)
                        || n.getOpType().equals("DequantizeLinear")
                            && n.getInput(1).equals(weight));
  }

  /**
   * A model whose weights lie elsewhere.
   *
   * @param places by weight's name; weights without a place become inputs, to be fed at each run
   * @return the bytes of a file in ONNX's format
   */
  public byte[] toBytes(Named<WeightPlace> places) {
    GraphProto.Builder whole = graph.toBuilder();
    weights
        .asMap()
        .forEach(
            (name, weight) -> {
              if (places.has(name)) {
                whole.addInitializer(at(places.get(name), tensor(name, weight)));
              } else {
                whole.addInput(ValueInfos.weight(name, weight));
              }
            });
    return model(Map.of(), whole).toByteArray();
  }

  /** The model with what {@code data} makes of each weight. */
  ModelProto model(
      Map<String, String> metadata, BiFunction<String, OnnxValue.Held, TensorProto> data) {
    GraphProto.Builder whole = graph.toBuilder();
    weights.asMap().forEach((name, weight) -> whole.addInitializer(data.apply(name, weight)));
    return model(metadata, whole);
  }

  private ModelProto model(Map<String, String> metadata, GraphProto.Builder whole) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(opset.irVersion())
            .setProducerName(PRODUCER)
            .setProducerVersion(version())
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset.version()))
            .setGraph(whole);
    metadata.forEach((key, value) -> model.addMetadataProps(entry(key, value)));
    return model.build();
  }

  private static String version() {
    String known = TracedGraph.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(known, "");
  }

  /** A weight without elements. */
  static TensorProto.Builder tensor(String name, OnnxValue.Held weight) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(OnnxTypes.of(weight.dtype()));
    Shape shape = weight.shape();
    for (long dim : shape.dims()) {
      tensor.addDims(dim);
    }
    return tensor;
  }

  /** A weight whose elements lie in a file. */
  static TensorProto at(WeightPlace place, TensorProto.Builder tensor) {
    return tensor
        .setDataLocation(DataLocation.EXTERNAL)
        .addExternalData(entry("location", place.file()))
        .addExternalData(entry("offset", Long.toString(place.offset())))
        .addExternalData(entry("length", Long.toString(place.length())))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
