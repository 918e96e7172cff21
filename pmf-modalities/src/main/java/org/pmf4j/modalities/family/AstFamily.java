package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * The audio spectrogram transformer (AST; Gong et al., 2021): DeiT's maths over overlapping patches
 * of a spectrogram of fixed length. The pooled vector is the mean of the states of CLS and
 * distillation token after the final norm. Immutable, so that any number of threads may share it.
 */
public final class AstFamily implements EncoderFamily {
  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of("audio_spectrogram_transformer.", "classifier.");

  @Override
  public String modelType() {
    return "audio-spectrogram-transformer";
  }

  @Override
  public String modality() {
    return "audio";
  }

  @Override
  public String prefix() {
    return "audio_spectrogram_transformer.";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(config));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    TransformerSpec spec = FamilyConfig.transformer(config, TransformerSpec.Norm.PRE);
    int d = spec.width();
    config.flag("qkv_bias", true);
    Cut cut = Cut.of(config);
    Weights w = weights.under("embeddings.");
    SpectrogramPatches embedding =
        new SpectrogramPatches(
            cut,
            w.matrix("patch_embeddings.projection.weight", d, 1, cut.patch(), cut.patch()),
            w.matrix("patch_embeddings.projection.bias", d),
            List.of(w.get("cls_token", 1, 1, d), w.get("distillation_token", 1, 1, d)),
            w.get("position_embeddings", 1, 2 + (long) cut.rows() * cut.columns(), d));
    List<EncoderLayer> stack = VitLayers.stack(config, spec, weights, layers);
    LayerNorm norm = weights.layerNorm("layernorm", d, spec.epsilon());
    return new Transformer(d, embedding::embed, stack, norm::apply, new Pooling.FirstTokens(2));
  }

  /**
   * How a spectrogram is cut.
   *
   * @param source the configuration file, for messages
   * @param bins mel bands
   * @param frames time steps
   * @param patch bands and frames of a patch
   * @param down bands from one row of patches to the next
   * @param across frames from one column of patches to the next
   */
  private record Cut(String source, int bins, int frames, int patch, int down, int across) {
    static Cut of(EncoderConfig config) {
      int bins = config.size("num_mel_bins", 128);
      int frames = config.size("max_length", 1024);
      int patch = config.size("patch_size", 16);
      if (patch > bins || patch > frames) {
        throw config.wrong("patch_size", "no larger than num_mel_bins and max_length", patch);
      }
      int down = config.size("frequency_stride", 10);
      int across = config.size("time_stride", 10);
      return new Cut(config.source(), bins, frames, patch, down, across);
    }

    int rows() {
      return (bins - patch) / down + 1;
    }

    int columns() {
      return (frames - patch) / across + 1;
    }
  }

  /**
   * The embedding.
   *
   * @param projection [d, 1, patch (bands), patch (frames)]
   * @param bias [d]
   * @param leading CLS and distillation token
   * @param positions [1, 2 + rows · columns, d]
   */
  private record SpectrogramPatches(
      Cut cut, Tensor projection, Tensor bias, List<Tensor> leading, Tensor positions) {

    /** {@code input_values} [B, frames, bins] → [B, 2 + rows · columns, d]. */
    Tokens embed(Named<Tensor> inputs) {
      Tensor values = inputs.get("input_values");
      if (!values.shape().matches(Shape.of(Shape.UNKNOWN, cut.frames(), cut.bins()))) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: the encoder takes input_values of %d frames × %d mel bands, got %s; let preprocessor_config.json give that size",
                cut.source(),
                cut.frames(),
                cut.bins(),
                values.shape()));
      }
      long size = (long) cut.patch() * cut.patch();
      Tensor flat = projection.permute(0, 1, 3, 2).reshape(Tensor.KEEP, size);
      Tensor embedded = new Linear(flat, bias).apply(patches(values, size));
      return Tokens.of(PatchEmbedding.withLeading(leading, embedded).add(positions));
    }

    /** Rows of bands first, then columns of frames in each: [B, rows · columns, frames · bands]. */
    private Tensor patches(Tensor values, long size) {
      Tensor rows = Convolution.windows(values.permute(0, 2, 1), cut.patch(), cut.down());
      Tensor byFrame =
          rows.reshape(Tensor.KEEP, cut.rows(), cut.patch(), cut.frames()).permute(0, 1, 3, 2);
      Tensor each = byFrame.reshape(Tensor.INFER, cut.frames(), cut.patch());
      Tensor patches = Convolution.windows(each, cut.patch(), cut.across());
      return patches.reshape(Tensor.INFER, (long) cut.rows() * cut.columns(), size);
    }
  }
}
