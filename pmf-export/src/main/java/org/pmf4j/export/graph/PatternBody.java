package org.pmf4j.export.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend.InferenceBody;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.FusedModel;

/**
 * A whole model at samples that have the same modalities: from what their encoders take to what the
 * outputs mean. As safe for threads as the model.
 *
 * @param model whose parts are run
 * @param task what its outputs mean
 * @param modalities that the samples have
 * @param pooled whether each encoder's own pooled vector is an output too
 */
public record PatternBody(FusedModel model, Task task, List<String> modalities, boolean pooled)
    implements InferenceBody {
  /** The output [batch, outputs] of every graph. */
  public static final String LOGITS = "logits";

  /** The output of classes, [batch, outputs]. */
  public static final String PROBABILITIES = "probabilities";

  /** The output of a regression, [batch, 1], in the units of its targets. */
  public static final String VALUE = "value";

  /** What the output of an encoder's pooled vector is called, [batch, width]. */
  public static String pooledOutput(String modality) {
    return modality + ".pooled";
  }

  /** Copies the list. */
  public PatternBody {
    modalities = List.copyOf(modalities);
  }

  @Override
  public Named<Tensor> apply(Named<Tensor> inputs) {
    Map<String, ModalityInput<Tensor>> given = new LinkedHashMap<>();
    for (String m : modalities) {
      given.put(m, new ModalityInput.EncoderInput<>(inputs.under(m + ".")));
    }
    Named<Tokens> tokens = model.tokens(Batch.of(Named.of(given)));
    Tensor logits = model.logits(tokens);
    Named<Tensor> outputs = Named.of(LOGITS, logits).with(meaning(logits));
    if (pooled) {
      for (String m : modalities) {
        outputs = outputs.with(pooledOutput(m), pooled(m, tokens.get(m)));
      }
    }
    return outputs;
  }

  private Named<Tensor> meaning(Tensor logits) {
    if (task instanceof Task.Regression r) {
      return Named.of(VALUE, logits.mul(r.deviation()).add(r.mean()));
    }
    Tensor probabilities =
        task instanceof Task.MultiLabel ? logits.sigmoid() : Neural.softmax(logits, 1);
    return Named.of(PROBABILITIES, probabilities);
  }

  private Tensor pooled(String modality, Tokens tokens) {
    Encoder encoder = model.encoders().get(modality).encoder();
    int first = encoder.depth() - model.plan().fusionLayers().get(modality);
    return EncoderLayers.pooledFrom(encoder, tokens, first);
  }
}
