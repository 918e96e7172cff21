package org.pmf4j.core.pretrain;

import java.util.List;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.Parameters.Start;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.TrainedParameter;

/**
 * An encoder that is trained with all its weights. For one thread at a time; the preprocessor
 * serves several.
 *
 * @param backend where it is trained
 * @param encoder with trainable weights
 * @param preprocessor of the encoder
 * @param store of its weights, and of the head that it learns by
 */
record EncoderInTraining(
    Backend backend, Encoder encoder, Preprocessor preprocessor, ParameterStore store) {

  /** What is trained so far. */
  List<TrainedParameter> parameters() {
    return store.trained();
  }

  /** Makes the linear layer that it learns by, of the encoder's width, Xavier-uniform. */
  Linear head(int outputs) {
    int width = encoder.width();
    Start start = new Start.Uniform(Math.sqrt(6.0 / (width + outputs)));
    return new Linear(
        store.make("pretraining_head.weight", start, outputs, width).value(),
        store.make("pretraining_head.bias", new Start.Constant(0), outputs).value());
  }

  /** Brings a batch to where it is trained; the caller closes the tensors. */
  Batch<Tensor> place(Batch<HostTensor> batch) {
    return batch.map(backend::tensor);
  }

  /** The tokens that leave the last layer, before any final norm, inside a program. */
  Tokens lastStates(Named<Tensor> inputs) {
    Tokens tokens = encoder.embed(inputs);
    for (EncoderLayer layer : encoder.layers()) {
      tokens = layer.apply(tokens);
    }
    return tokens;
  }

  /** The pooled vectors [B, d], inside a program. */
  Tensor pooled(Named<Tensor> inputs) {
    Tokens tokens = lastStates(inputs);
    Tensor rows = encoder.finalNorm(encoder.pooling().rows(tokens.states()));
    return encoder.pooling().pool(rows, tokens.mask());
  }
}
