package org.pmf4j.export.graph;

import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.training.TrainedParameter;
import org.pmf4j.onnx.TracingBackend;

/**
 * The names of a model's weights in graphs: {@code <modality>.<name in the encoder's files>}, and
 * those of trained ones as they are saved. Has no state: any thread may call it.
 */
public final class ModelWeights {
  private ModelWeights() {}

  /** Names all weights that the model has on the backend; reads those that were not read yet. */
  public static void name(FusedModel model, TracingBackend tracing) {
    model
        .encoders()
        .asMap()
        .forEach(
            (modality, encoder) ->
                encoder
                    .weights()
                    .tensors()
                    .forEach((name, t) -> tracing.name(t, modality + "." + name)));
    for (TrainedParameter trained : model.trained()) {
      tracing.name(trained.parameter().value(), trained.parameter().name());
    }
  }
}
