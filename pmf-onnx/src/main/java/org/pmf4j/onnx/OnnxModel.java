package org.pmf4j.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * A graph and its weights, to be written. The same graph, weights and metadata give the same bytes.
 * Immutable, so that any number of threads may share it; it holds on to the weights' memory.
 */
public final class OnnxModel {
  /**
   * What outputs begin with that tell how far off the integers of a weight are in a use of it, as a
   * share of the product: a number and {@code /} follow, and the weight's name. Graphs of {@link
   * TracingBackend#measuring} have them.
   */
  public static final String OBSERVED = "integers/";

  /** What a message of protobuf can hold at most, with room for the graph. */
  private static final long LARGEST = Integer.MAX_VALUE - (16L << 20);

  private static final int ALIGNMENT = 64;

  private final TracedGraph graph;
  private final Named<HostTensor> weights;
  private final Map<String, String> metadata;

  OnnxModel(TracedGraph graph, Named<HostTensor> weights, Map<String, String> metadata) {
    this.graph = graph;
    this.weights = weights;
    this.metadata = metadata;
  }

  /**
   * The weights that the graph uses, by the names that it gives them, in the order of their use.
   */
  public Named<HostTensor> weights() {
    return weights;
  }

  /** Number of nodes. */
  public int size() {
    return graph.size();
  }

  /** This model with these entries in its file beside the graph, in their order. */
  public OnnxModel withMetadata(Map<String, String> entries) {
    return new OnnxModel(graph, weights, new LinkedHashMap<>(entries));
  }

  /**
   * Writes everything into one file.
   *
   * @param target replaced only when the new file is complete
   * @throws PmfException naming the target, if the weights are too many for one file, or it cannot
   *     be written
   */
  public void write(Path target) {
    if (bytes() > LARGEST) {
      throw PmfException.input(
          target + ": weights of " + bytes() + " bytes do not fit into it: write them beside it");
    }
    ModelProto model =
        graph.model(
            metadata,
            (name, w) -> {
              TensorProto.Builder tensor = TracedGraph.tensor(name, w);
              ByteBuffer data = weights.get(name).data();
              return tensor.setRawData(UnsafeByteOperations.unsafeWrap(data)).build();
            });
    AtomicFile.write(target, model::writeTo);
  }

  /**
   * Writes the graph alone, of which each weight lies in a file that is there already or comes
   * later.
   *
   * @param target replaced only when the new file is complete
   * @param places by weight's name, of all {@link #weights}
   * @throws IllegalArgumentException for a place that is missing or does not have the weight's size
   * @throws PmfException naming the target and the reason, if it cannot be written
   */
  public void write(Path target, Named<WeightPlace> places) {
    weights.asMap().forEach((name, w) -> requireFit(name, w, places));
    ModelProto model =
        graph.model(
            metadata, (name, w) -> TracedGraph.at(places.get(name), TracedGraph.tensor(name, w)));
    AtomicFile.write(target, model::writeTo);
  }

  private static void requireFit(String name, HostTensor weight, Named<WeightPlace> places) {
    if (!places.has(name)) {
      throw new IllegalArgumentException("there is no place for weight '" + name + "'");
    }
    long bytes = weight.data().remaining();
    if (places.get(name).length() != bytes) {
      throw new IllegalArgumentException(
          "weight '" + name + "' takes " + bytes + " bytes, its place has another size");
    }
  }

  /**
   * Writes the elements of all weights one after the other, each at a multiple of 64 bytes.
   *
   * @param target beside which, or above which, the model will lie
   * @param name how the model calls this file
   * @return where each weight lies, for {@link #write(Path, Named)}
   * @throws PmfException naming the target and the reason, if it cannot be written
   */
  public Named<WeightPlace> writeWeights(Path target, String name) {
    Map<String, WeightPlace> places = new LinkedHashMap<>();
    long end = 0;
    for (Map.Entry<String, HostTensor> e : weights.asMap().entrySet()) {
      long start = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      long length = e.getValue().data().remaining();
      places.put(e.getKey(), new WeightPlace(name, start, length));
      end = start + length;
    }
    AtomicFile.writeChannel(
        target,
        out -> {
          for (Map.Entry<String, WeightPlace> e : places.entrySet()) {
            ByteBuffer data = weights.get(e.getKey()).data();
            long at = e.getValue().offset();
            while (data.hasRemaining()) {
              at += out.write(data, at);
            }
          }
        });
    return Named.of(places);
  }

  private long bytes() {
    return weights.asMap().values().stream().mapToLong(w -> w.data().remaining()).sum();
  }
}
