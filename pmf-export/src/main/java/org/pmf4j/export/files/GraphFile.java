package org.pmf4j.export.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.data.Task;
import org.pmf4j.export.graph.ModalityInputs;
import org.pmf4j.export.graph.OpenTrace;
import org.pmf4j.export.graph.PatternBody;
import org.pmf4j.onnx.Dim;
import org.pmf4j.onnx.GraphInput;

/**
 * One graph of an export. Immutable, so that any number of threads may share it.
 *
 * @param pattern of modalities that it takes
 * @param graph what is in the file
 * @param task what its outputs mean
 * @param pooled width of each encoder's pooled vector, by modality, where these are outputs
 */
public record GraphFile(
    ModalityPattern pattern, OpenTrace graph, Task task, Map<String, Integer> pooled) {

  /**
   * An output.
   *
   * @param name in the graph
   * @param width of its second dimension
   */
  public record Output(String name, long width) {}

  /** Its file in the folder. */
  public String name() {
    return pattern + ".onnx";
  }

  /** A name that every server takes for a model's. */
  public String modelName() {
    return String.join("_", pattern.modalities());
  }

  /** What it takes, in order. */
  public List<GraphInput> inputs() {
    Dim batch = graph.batchIsOpen() ? Dim.open(ModalityInputs.BATCH) : Dim.of(1);
    return graph.inputs().values().stream().flatMap(m -> m.graphInputs(batch).stream()).toList();
  }

  /** What it gives, in order, each FLOAT32 [batch, width]. */
  public List<Output> outputs() {
    List<Output> all = new ArrayList<>();
    long width = task.labels().size();
    all.add(new Output(PatternBody.LOGITS, width));
    boolean number = task instanceof Task.Regression;
    all.add(new Output(number ? PatternBody.VALUE : PatternBody.PROBABILITIES, width));
    pooled.forEach((m, d) -> all.add(new Output(PatternBody.pooledOutput(m), d)));
    return all;
  }

  /** An input's shape with names for what is open, such as {@code [batch, text_length]}. */
  static List<Object> shape(GraphInput input) {
    return input.dims().stream().<Object>map(d -> d.name() == null ? d.size() : d.name()).toList();
  }

  /** The name of an input's type in NumPy. */
  static String numpyType(GraphInput input) {
    return input.dtype() == DType.INT64 ? "int64" : "float32";
  }
}
