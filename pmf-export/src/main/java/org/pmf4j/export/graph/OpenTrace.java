package org.pmf4j.export.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend.InferenceBody;
import org.pmf4j.onnx.Dim;
import org.pmf4j.onnx.GraphInput;
import org.pmf4j.onnx.OnnxModel;
import org.pmf4j.onnx.TracingBackend;

/**
 * A body traced with as many dimensions open as it allows: a body that asks for a length as a
 * number has it fixed. As safe for threads as the model.
 *
 * @param model the graph
 * @param inputs by modality, as they were traced
 * @param batchIsOpen false if the graph takes one sample at a time
 */
public record OpenTrace(OnnxModel model, Map<String, ModalityInputs> inputs, boolean batchIsOpen) {
  /** Keeps the order. */
  public OpenTrace {
    inputs = new LinkedHashMap<>(inputs);
  }

  /**
   * Traces a body: all lengths as they are given, then all fixed, then one sample at a time.
   *
   * @param name of the graph
   * @param inputs by modality
   * @param lengths by modality, what a length is fixed to
   * @param body over tensors of the inputs' names
   * @throws IllegalStateException if the body wants more to be known
   */
  public static OpenTrace of(
      TracingBackend tracing,
      String name,
      List<ModalityInputs> inputs,
      Map<String, Long> lengths,
      InferenceBody body) {
    try {
      return trace(tracing, name, inputs, Dim.open(ModalityInputs.BATCH), body);
    } catch (IllegalStateException open) {
      List<ModalityInputs> fixed =
          inputs.stream().map(i -> i.ofLength(lengths.get(i.modality()))).toList();
      try {
        return trace(tracing, name, fixed, Dim.open(ModalityInputs.BATCH), body);
      } catch (IllegalStateException batch) {
        return trace(tracing, name, fixed, Dim.of(1), body);
      }
    }
  }

  private static OpenTrace trace(
      TracingBackend tracing,
      String name,
      List<ModalityInputs> inputs,
      Dim batch,
      InferenceBody body) {
    List<GraphInput> all = new ArrayList<>();
    Map<String, ModalityInputs> byModality = new LinkedHashMap<>();
    for (ModalityInputs each : inputs) {
      all.addAll(each.graphInputs(batch));
      byModality.put(each.modality(), each);
    }
    return new OpenTrace(tracing.trace(name, all, body), byModality, batch.name() != null);
  }
}
