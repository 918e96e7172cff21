package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.Tensor;

/**
 * MPNet (Song et al., 2020): post-norm layers as BERT's, positions in the embedding as RoBERTa's,
 * and beside them a bias on the attention scores that all layers share, by the distance of two
 * tokens. The pooled vector is the state of the first token, {@code <s>}. Immutable, so that any
 * number of threads may share it.
 */
public final class MpnetFamily implements EncoderFamily {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attention.attn.q",
          "attention.attn.k",
          "attention.attn.v",
          "attention.attn.o",
          "intermediate.dense",
          "output.dense",
          "attention.LayerNorm",
          "output.LayerNorm");

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "mpnet.", "pooler.", "lm_head.", "classifier.", "qa_outputs.", "embeddings.position_ids");

  /** The row of the first position: after that of the padding token, whose id is always 1. */
  private static final int FIRST = 2;

  private static final int KINDS = DistanceBuckets.USUAL.count();

  @Override
  public String modelType() {
    return "mpnet";
  }

  @Override
  public String modality() {
    return "text";
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
    TransformerSpec spec = FamilyConfig.transformer(config, TransformerSpec.Norm.POST);
    int kinds = config.size("relative_attention_num_buckets", KINDS);
    if (kinds != KINDS) {
      throw config.wrong(
          "relative_attention_num_buckets", KINDS + ", as MPNet's code has it", kinds);
    }
    String key = "max_position_embeddings";
    int longest = config.size(key, 512) - FIRST;
    DistanceBuckets.demandModest(config, key, longest);
    Weights embeddings = weights.under("embeddings.");
    TokenEmbedding embedding =
        TokenEmbedding.of(config, spec.width(), FIRST, embeddings)
            .withNorm(embeddings.layerNorm("LayerNorm", spec.width(), spec.epsilon()));
    Tensor table = weights.get("encoder.relative_attention_bias.weight", KINDS, spec.heads());
    PositionRule bias = DistanceBuckets.USUAL.bias(table, longest, weights);
    List<EncoderLayer> stack =
        IntStream.range(0, config.size("num_hidden_layers", 12))
            .mapToObj(i -> weights.under("encoder.layer." + i + "."))
            .map(w -> layers.layer(spec, NAMES, List.of(bias), w))
            .toList();
    return new Transformer(
        spec.width(),
        embedding::embed,
        stack,
        UnaryOperator.identity(),
        new Pooling.FirstTokens(1));
  }
}
