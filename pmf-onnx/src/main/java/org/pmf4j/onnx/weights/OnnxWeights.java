package org.pmf4j.onnx.weights;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.tensor.Shape;

/**
 * The weights of an exported model, by the names that they had before. Immutable, so that any
 * number of threads may share it; it holds the file's content.
 *
 * @param file that was read
 * @param tensors by name; each is checked when its elements are asked for
 * @param nameless matrices and larger tensors whose names are not known, with their shapes
 */
public record OnnxWeights(Path file, Map<String, OnnxTensor> tensors, List<String> nameless) {
  /** What a quantized model computes by. */
  private static final Pattern QUANTIZED =
      Pattern.compile(
          "DequantizeLinear|MatMulInteger|ConvInteger|QLinear\\w+|QAttention|MatMulNBits");

  /** Nodes that an optimizer makes of several, with weights put together. */
  private static final Set<String> FUSED =
      Set.of("Attention", "MultiHeadAttention", "EmbedLayerNormalization", "PackedAttention");

  private static final String MICROSOFT = "com.microsoft";

  /** Takes over immutable copies, in the same order. */
  public OnnxWeights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    nameless = List.copyOf(nameless);
  }

  /**
   * Reads a file.
   *
   * @param file of at most 2 GiB; larger tensors may lie in other files of its folder
   * @throws PmfException in one line, if it is no ONNX model, if it is damaged, or if its weights
   *     are no longer those of the model that was exported
   */
  public static OnnxWeights read(Path file) {
    GraphProto graph = OnnxFile.graph(file);
    graph.getNodeList().forEach(node -> requirePlain(file, node));
    TensorBytes bytes = new TensorBytes(file);
    WeightNames names = WeightNames.of(graph);
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    names.named().forEach((name, weight) -> tensors.put(name, tensor(file, name, weight, bytes)));
    if (tensors.isEmpty()) {
      throw PmfException.input(
          file + ": none of its weights has a name; export the model with its parameters' names");
    }
    return new OnnxWeights(
        file, tensors, names.nameless().stream().map(OnnxWeights::told).toList());
  }

  private static void requirePlain(Path file, NodeProto node) {
    if (QUANTIZED.matcher(node.getOpType()).matches()) {
      throw PmfException.input(
          file
              + ": its weights are quantized ("
              + node.getOpType()
              + "), and cannot be trained on; take the model in single precision");
    }
    if (node.getDomain().equals(MICROSOFT) && FUSED.contains(node.getOpType())) {
      throw PmfException.input(
          file
              + ": was optimized for ONNX Runtime ("
              + node.getOpType()
              + "), which puts weights together; take the model as it was exported");
    }
  }

  private static OnnxTensor tensor(
      Path file, String name, WeightNames.Weight weight, TensorBytes bytes) {
    TensorProto tensor = weight.tensor();
    Optional<ElementType> known = ElementType.of(tensor.getDataType());
    ElementType type =
        known.orElseThrow(
            () ->
                PmfException.input(
                    String.format(
                        Locale.ROOT,
                        "%s: tensor %s has the type %d of ONNX, which is not read; export the model"
                            + " in single precision",
                        file,
                        Quote.plain(name),
                        tensor.getDataType())));
    Shape shape = bytes.shape(tensor, type);
    if (!weight.turned()) {
      return new OnnxTensor(type, shape, () -> bytes.of(tensor, type));
    }
    int rows = Math.toIntExact(shape.dim(0));
    int columns = Math.toIntExact(shape.dim(1));
    return new OnnxTensor(
        type, Shape.of(columns, rows), () -> turned(bytes.of(tensor, type), type, rows, columns));
  }

  private static ByteBuffer turned(ByteBuffer from, ElementType type, int rows, int columns) {
    int width = type.bytes();
    ByteBuffer to = ByteBuffer.allocateDirect(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        to.put((c * rows + r) * width, from, (r * columns + c) * width, width);
      }
    }
    return to;
  }

  private static String told(TensorProto tensor) {
    return Quote.plain(tensor.getName()) + " " + tensor.getDimsList();
  }
}
