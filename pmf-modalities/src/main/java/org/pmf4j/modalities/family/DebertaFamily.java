package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Tensor;

/**
 * DeBERTa of versions 2 and 3 (He et al., 2021 and 2023): BERT's post-norm layers with disentangled
 * attention to tokens and distances, in large ones of version 2 with a convolution beside the first
 * layer. The pooled vector is the CLS state. Immutable, so that any number of threads may share it.
 */
public final class DebertaFamily implements EncoderFamily {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attention.self.query_proj",
          "attention.self.key_proj",
          "attention.self.value_proj",
          "attention.output.dense",
          "intermediate.dense",
          "output.dense",
          "attention.output.LayerNorm",
          "output.LayerNorm");

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "vocab_size", 128_100,
          "hidden_size", 1536,
          "num_hidden_layers", 24,
          "num_attention_heads", 24,
          "intermediate_size", 6144,
          "max_position_embeddings", 512,
          "layer_norm_eps", 1e-7);

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "deberta.",
          "pooler.",
          "cls.",
          "lm_predictions.",
          "mask_predictions.",
          "classifier.",
          "qa_outputs.",
          "embeddings.position_embeddings.",
          "embeddings.position_ids");

  @Override
  public String modelType() {
    return "deberta-v2";
  }

  @Override
  public String modality() {
    return "text";
  }

  @Override
  public String prefix() {
    return "deberta.";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(FamilyConfig.withDefaults(config, DEFAULTS)));
  }

  @Override
  public Encoder build(EncoderConfig given, Weights weights, TransformerLayers layers) {
    EncoderConfig config = FamilyConfig.withDefaults(given, DEFAULTS);
    DebertaDistances distances = new DebertaDistances(config);
    TransformerSpec plain = FamilyConfig.transformer(config, TransformerSpec.Norm.POST);
    demandUsualHeads(config, plain);
    TransformerSpec spec = plain.withSoftmaxScale(distances.softmaxScale(plain.headWidth()));
    int longest = distances.longest();
    int kernel = kernel(config);
    EncoderConfig named = FamilyConfig.withDefaults(config, Map.of("conv_act", "tanh"));
    Activation beside = FamilyConfig.activation(named, "conv_act");
    TokenEmbedding embedding = embedding(config, spec, longest, weights.under("embeddings."));
    Weights encoder = weights.under("encoder.");
    List<EncoderLayer> stack = new ArrayList<>();
    for (int i = 0; i < config.size("num_hidden_layers"); i++) {
      Weights w = encoder.under("layer." + i + ".");
      stack.add(
          layers.layer(spec, NAMES, distances.rules(spec, encoder, w.under("attention.self.")), w));
    }
    if (kernel > 0) {
      Weights w = encoder.under("conv.");
      int d = spec.width();
      Convolution convolution = Convolution.of(w, "conv", d, d, kernel, 1, (kernel - 1) / 2);
      LayerNorm norm = w.layerNorm("LayerNorm", d, spec.epsilon());
      stack.set(0, new ConvolvedLayer(stack.get(0), convolution, beside, norm));
    }
    return new Transformer(
        spec.width(),
        embedding::embed,
        stack,
        UnaryOperator.identity(),
        new Pooling.FirstTokens(1));
  }

  /** The larger models say how wide heads are, which with another width transformers cannot run. */
  private static void demandUsualHeads(EncoderConfig config, TransformerSpec spec) {
    String key = "attention_head_size";
    if (config.size(key, spec.headWidth()) != spec.headWidth()) {
      throw config.wrong(
          key,
          "hidden_size divided by num_attention_heads, " + spec.headWidth(),
          config.values().get(key));
    }
  }

  private static TokenEmbedding embedding(
      EncoderConfig config, TransformerSpec spec, int longest, Weights weights) {
    int d = spec.width();
    int narrow = config.size("embedding_size", d);
    Tensor words = weights.get("word_embeddings.weight", config.size("vocab_size"), narrow);
    TokenEmbedding embedding =
        config.flag("position_biased_input", true)
            ? TokenEmbedding.of(words, weights.get("position_embeddings.weight", longest, narrow))
            : TokenEmbedding.of(words);
    if (config.number("type_vocab_size", 0) > 0) {
      embedding = embedding.withTypes(weights, config.size("type_vocab_size"));
    }
    LayerNorm norm = weights.layerNorm("LayerNorm", d, spec.epsilon());
    if (narrow == d) {
      return embedding.withNorm(norm);
    }
    Linear projection = new Linear(weights.linearWeight("embed_proj.weight", d, narrow), null);
    return embedding.with(sum -> norm.apply(projection.apply(sum)));
  }

  /** How many tokens a convolution beside the first layer sees; 0 where there is none. */
  private static int kernel(EncoderConfig config) {
    if (config.number("conv_kernel_size", 0) <= 0) {
      return 0;
    }
    int kernel = config.size("conv_kernel_size");
    if (kernel % 2 == 0) {
      throw config.wrong("conv_kernel_size", "odd", kernel);
    }
    return kernel;
  }
}
