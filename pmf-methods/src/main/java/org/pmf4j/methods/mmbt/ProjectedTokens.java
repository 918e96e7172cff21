package org.pmf4j.methods.mmbt;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.Parameters.Role;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * What one modality tells the main encoder, as tokens in its space: its pooled vector and, of a
 * sequence of fixed length, the means of some runs of its tokens.
 *
 * @param encoder the modality's own
 * @param regions how many runs
 * @param projection into the main encoder's space
 * @param segment embedding of the modality [1, d]
 * @param positions embeddings of pooled vector and runs [1 + regions, d]
 */
record ProjectedTokens(
    Encoder encoder,
    int regions,
    TrainedLinear projection,
    Parameter segment,
    Parameter positions) {

  static ProjectedTokens make(
      String modality, Encoder encoder, int regions, int width, Parameters parameters) {
    String name = "fusion." + modality + ".";
    Parameters.Start embedding = new Parameters.Start.Normal(0.02);
    return new ProjectedTokens(
        encoder,
        regions,
        TrainedLinear.make(name + "projection", encoder.width(), width, parameters),
        parameters.make(name + "segment_embeddings.weight", Role.PLAIN, embedding, 1, width),
        parameters.make(
            name + "position_embeddings.weight", Role.PLAIN, embedding, 1L + regions, width));
  }

  /**
   * The tokens.
   *
   * @param tokens that enter the encoder's first layer
   * @return [B, n, d]
   */
  Tensor of(Tokens tokens) {
    return TensorScope.tidy(
        () -> {
          Tensor vectors = projection.apply(vectors(EncoderLayers.states(encoder, tokens)));
          long n = vectors.dim(1);
          long d = vectors.dim(2);
          Tensor place = positions.value().slice(0, 0, n).reshape(1, n, d);
          return vectors.add(place).add(segment.value().reshape(1, 1, d));
        });
  }

  /** Where tokens may be padding, runs of them would depend on what else is in the batch. */
  private Tensor vectors(Tokens last) {
    List<Tensor> vectors = new ArrayList<>();
    vectors.add(EncoderLayers.pool(encoder, last).reshape(Tensor.KEEP, 1, encoder.width()));
    if (last.mask() == null && regions > 0) {
      Tensor normed = encoder.finalNorm(last.states());
      long length = normed.dim(1);
      long runs = Math.min(regions, length);
      for (long r = 0; r < runs; r++) {
        Tensor run = normed.slice(1, r * length / runs, (r + 1) * length / runs);
        vectors.add(run.mean(1));
      }
    }
    return Tensor.concat(1, vectors);
  }
}
