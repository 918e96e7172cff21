package org.example.series;

import java.util.Locale;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * From patches to what enters the first layer.
 *
 * @param source the configuration, for messages
 * @param patch linear, patch · channels → d
 * @param cls [1, 1, d]
 * @param positions [1, 1 + the most patches, d]
 */
record PatchEmbedding(String source, Linear patch, Tensor cls, Tensor positions) {

  static PatchEmbedding of(EncoderConfig config, int d, Weights weights) {
    int size = config.size("patch_size");
    int patches = (config.size("max_length") + size - 1) / size;
    Weights w = weights.under("embeddings.");
    return new PatchEmbedding(
        config.source(),
        w.linear("patch", size * config.size("num_channels"), d),
        w.get("cls_token", 1, 1, d),
        w.get("positions", 1, 1 + patches, d));
  }

  /** Patches [B, P, patch · channels] and mask [B, 1 + P] → tokens [B, 1 + P, d]. */
  Tokens embed(Named<Tensor> inputs) {
    Tensor values = inputs.get(SeriesPreprocessor.VALUES);
    demand(values);
    Tensor patches = patch.apply(values);
    Tensor tokens = Tensor.concat(1, cls.repeatFor(patches), patches);
    Tensor placed = tokens.add(positions.sliceLike(1, tokens, 1));
    Tensor mask = inputs.get(SeriesPreprocessor.MASK).cast(DType.FLOAT32);
    return new Tokens(placed, mask.greaterThan(mask.filled(0, DType.FLOAT32)));
  }

  /** Batch and number of patches are unknown while a graph backend traces. */
  private void demand(Tensor values) {
    long in = patch.weight().dim(1);
    long most = positions.dim(1) - 1;
    if (!values.shape().matches(Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, in))
        || values.shape().dim(1) > most) {
      throw PmfException.input(
          String.format(Locale.ROOT, "%s: the encoder takes %d patches of %d values at most, got series_values %s; let preprocessor_config.json give such", source, most, in, values.shape()));
    }
  }
}
