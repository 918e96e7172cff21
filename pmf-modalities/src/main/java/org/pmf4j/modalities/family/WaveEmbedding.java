package org.pmf4j.modalities.family;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * The embedding of wav2vec 2.0 and its relatives: features of frames, normed and projected, and
 * then what becomes of real frames, such as a positional convolution.
 *
 * @param features from samples to frames
 * @param before norm of the features
 * @param projection features → d
 * @param then [B, N, d] → [B, N, d], of frames of which those of padding are 0
 * @param limit how many frames there may be
 */
record WaveEmbedding(
    WaveFeatures features,
    UnaryOperator<Tensor> before,
    Linear projection,
    UnaryOperator<Tensor> then,
    Limit limit) {

  /**
   * How long sounds may be.
   *
   * @param source the configuration, for messages
   * @param frames at most
   * @param advice what to do about longer ones
   */
  record Limit(String source, long frames, String advice) {
    static final Limit NONE = new Limit("", Long.MAX_VALUE, "");

    void demand(Tensor frames) {
      if (frames.shape().dim(1) > this.frames) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: the encoder takes sounds of at most %d frames, got %d; %s",
                source,
                this.frames,
                frames.dim(1),
                advice));
      }
    }
  }

  /**
   * The embedding under its usual names, up to the projection.
   *
   * @param settings of the features
   * @param d width of the states
   * @param epsilon of the norm of the features
   * @param normed whether there is one
   */
  static WaveEmbedding of(
      WaveFeatures.Settings settings,
      int d,
      double epsilon,
      boolean normed,
      Limit limit,
      Weights weights) {
    int width = settings.width();
    Weights w = weights.under("feature_projection.");
    return new WaveEmbedding(
        WaveFeatures.of(settings, weights),
        normed ? w.layerNorm("layer_norm", width, epsilon)::apply : UnaryOperator.identity(),
        w.linear("projection", width, d),
        UnaryOperator.identity(),
        limit);
  }

  /** The same with something more that becomes of real frames. */
  WaveEmbedding followedBy(UnaryOperator<Tensor> more) {
    return new WaveEmbedding(features, before, projection, x -> more.apply(then.apply(x)), limit);
  }

  /**
   * {@code input_values} [B, samples] and, where samples are padded, {@code attention_mask} INT64
   * [B, samples] → [B, frames, d].
   *
   * @throws PmfException if there are more frames than the limit
   */
  Tokens embed(Named<Tensor> inputs) {
    Tensor states = projection.apply(before.apply(features.apply(inputs.get("input_values"))));
    limit.demand(states);
    Tensor mask = null;
    if (inputs.has("attention_mask")) {
      mask = features.framesOf(inputs.get("attention_mask"));
      states = states.mul(mask.cast(states.dtype()).reshape(Tensor.KEEP, Tensor.KEEP, 1));
    }
    return new Tokens(then.apply(states), mask);
  }
}
