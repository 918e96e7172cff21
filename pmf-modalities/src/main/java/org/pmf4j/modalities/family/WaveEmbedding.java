package org.pmf4j.modalities.family;

import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * The embedding of wav2vec 2.0: features of frames, projected, plus their positional convolution.
 *
 * @param features from samples to frames
 * @param before norm of the features
 * @param projection features → d
 * @param positions the positional convolution
 * @param after norm of the sum
 */
record WaveEmbedding(
    WaveFeatures features,
    UnaryOperator<Tensor> before,
    Linear projection,
    PositionalConvolution positions,
    UnaryOperator<Tensor> after) {

  /**
   * {@code input_values} [B, samples] and, where samples are padded, {@code attention_mask} INT64
   * [B, samples] → [B, frames, d]. Frames of padding are 0 before the positional convolution.
   */
  Tokens embed(Named<Tensor> inputs) {
    Tensor states = projection.apply(before.apply(features.apply(inputs.get("input_values"))));
    Tensor mask = null;
    if (inputs.has("attention_mask")) {
      mask = features.framesOf(inputs.get("attention_mask"));
      states = states.mul(mask.cast(states.dtype()).reshape(Tensor.KEEP, Tensor.INFER, 1));
    }
    return new Tokens(after.apply(states.add(positions.apply(states))), mask);
  }
}
