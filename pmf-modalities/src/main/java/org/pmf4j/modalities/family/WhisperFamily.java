package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.UnbiasedWeights;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * The encoder half of Whisper (Radford et al., 2022): two convolutions over a log-mel spectrogram
 * of fixed length, positions from a table, pre-norm layers, a final norm. The pooled vector is the
 * mean of all frames, as in its audio classifier. Immutable, so that any number of threads may
 * share it.
 */
public final class WhisperFamily implements EncoderFamily {
  private static final double EPSILON = 1e-5;

  private static final FamilyConfig.Keys KEYS =
      new FamilyConfig.Keys(
          "d_model", "encoder_attention_heads", "encoder_ffn_dim", "activation_function", null);

  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "self_attn.q_proj",
          "self_attn.k_proj",
          "self_attn.v_proj",
          "self_attn.out_proj",
          "fc1",
          "fc2",
          "self_attn_layer_norm",
          "final_layer_norm");

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "d_model",
          384,
          "encoder_attention_heads",
          6,
          "encoder_ffn_dim",
          1536,
          "encoder_layers",
          4);

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "hidden_size", "d_model",
          "num_attention_heads", "encoder_attention_heads",
          "num_key_value_heads", "encoder_attention_heads",
          "num_hidden_layers", "encoder_layers");

  private static final Set<String> UNBIASED = Set.of(NAMES.key());

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "model.", "decoder.", "proj_out.", "projector.", "classifier.", "layer_weights");

  @Override
  public String modelType() {
    return "whisper";
  }

  @Override
  public String modality() {
    return "audio";
  }

  @Override
  public String prefix() {
    return "model.";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    EncoderConfig own =
        FamilyConfig.withDefaults(FamilyConfig.withOwnNames(config, OTHER_NAMES), DEFAULTS);
    return Optional.of(new EncoderShape(own.size("d_model"), own.size("encoder_layers")));
  }

  @Override
  public Encoder build(EncoderConfig given, Weights weights, TransformerLayers layers) {
    EncoderConfig config =
        FamilyConfig.withDefaults(FamilyConfig.withOwnNames(given, OTHER_NAMES), DEFAULTS);
    TransformerSpec spec =
        FamilyConfig.transformer(config, KEYS, EPSILON, TransformerSpec.Norm.PRE);
    int d = spec.width();
    int mels = config.size("num_mel_bins", 80);
    int frames = config.size("max_source_positions", 1500);
    int depth = config.size("encoder_layers");
    Weights w = weights.under("encoder.");
    Spectrogram embedding =
        new Spectrogram(
            config.source(),
            Convolution.of(w, "conv1", mels, d, 3, 1, 1),
            Convolution.of(w, "conv2", d, d, 3, 2, 1),
            w.get("embed_positions.weight", frames, d));
    List<EncoderLayer> stack =
        IntStream.range(0, depth)
            .mapToObj(i -> new UnbiasedWeights(w.under("layers." + i + "."), UNBIASED))
            .map(layer -> layers.layer(spec, NAMES, layer))
            .toList();
    LayerNorm norm = w.layerNorm("layer_norm", d, EPSILON);
    return new Transformer(d, embedding::embed, stack, norm::apply, new Pooling.MeanOfTokens());
  }

  /**
   * The embedding.
   *
   * @param source the configuration file, for messages
   * @param first over mel bands
   * @param second halves the frames
   * @param positions [frames, d]
   */
  private record Spectrogram(
      String source, Convolution first, Convolution second, Tensor positions) {

    /** {@code input_features} [B, mels, 2 · frames] → [B, frames, d]. */
    Tokens embed(Named<Tensor> inputs) {
      Tensor features = inputs.get("input_features");
      long mels = first.weight().dim(1);
      long length = 2 * positions.dim(0);
      if (!features.shape().matches(Shape.of(Shape.UNKNOWN, mels, length))) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: the encoder takes input_features of %d mel bands × %d frames, got %s; let preprocessor_config.json give that size",
                source,
                mels,
                length,
                features.shape()));
      }
      Tensor x = Neural.gelu(first.apply(features.permute(0, 2, 1)));
      return Tokens.of(Neural.gelu(second.apply(x)).add(positions));
    }
  }
}
