package org.pmf4j.export.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.onnx.TracingBackend;

/**
 * Traces graphs of a model for patterns of modalities. For one thread at a time.
 *
 * @param tracing where the model's weights are
 * @param model on it
 * @param task what its outputs mean
 * @param inputs by modality, as they were seen
 * @param lengths by modality, what a length is fixed to that cannot stay open
 * @param pooled whether each encoder's own pooled vector is an output too
 */
public record GraphTracer(
    TracingBackend tracing,
    FusedModel model,
    Task task,
    Map<String, ModalityInputs> inputs,
    Map<String, Long> lengths,
    boolean pooled) {

  /**
   * The graphs. Each is traced twice: tables that families make while they are traced have their
   * names then.
   */
  public Map<ModalityPattern, OpenTrace> trace(List<ModalityPattern> patterns) {
    GraphTracer tracer = withLengths();
    patterns.forEach(tracer::trace);
    ModelWeights.name(model, tracing);
    Map<ModalityPattern, OpenTrace> graphs = new LinkedHashMap<>();
    patterns.forEach(p -> graphs.put(p, tracer.trace(p)));
    return graphs;
  }

  /** Where an encoder alone wants its length to be known, it is fixed. */
  private GraphTracer withLengths() {
    Map<String, ModalityInputs> known = new LinkedHashMap<>();
    inputs.forEach((m, in) -> known.put(m, alone(m, in)));
    return new GraphTracer(tracing, model, task, known, lengths, pooled);
  }

  private ModalityInputs alone(String modality, ModalityInputs in) {
    if (!in.hasLength() || in.length() != Shape.UNKNOWN) {
      return in;
    }
    Encoder encoder = model.encoders().get(modality).encoder();
    return OpenTrace.of(
            tracing,
            modality,
            List.of(in),
            lengths,
            given -> {
              var tokens = encoder.embed(given.under(modality + "."));
              return Named.of("pooled", EncoderLayers.pooledFrom(encoder, tokens, 0));
            })
        .inputs()
        .get(modality);
  }

  private OpenTrace trace(ModalityPattern pattern) {
    List<ModalityInputs> given = new ArrayList<>();
    pattern.modalities().forEach(m -> given.add(inputs.get(m)));
    PatternBody body = new PatternBody(model, task, pattern.modalities(), pooled);
    return OpenTrace.of(tracing, pattern.toString(), given, lengths, body);
  }
}
