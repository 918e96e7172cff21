package org.pmf4j.modalities.family;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;

/**
 * BERT (Devlin et al., 2019) as {@code BertModel} of Hugging Face transformers has it: word,
 * position and token type embeddings, post-norm layers, no final norm. The pooled vector is the CLS
 * state; the tanh pooler is not used.
 */
public final class BertFamily implements EncoderFamily {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attention.self.query",
          "attention.self.key",
          "attention.self.value",
          "attention.output.dense",
          "intermediate.dense",
          "output.dense",
          "attention.output.LayerNorm",
          "output.LayerNorm");

  private static final List<String> NOT_THE_ENCODER =
      List.of("pooler.", "cls.", "classifier.", "qa_outputs.", "embeddings.position_ids");

  @Override
  public String modelType() {
    return "bert";
  }

  @Override
  public String modality() {
    return "text";
  }

  @Override
  public boolean ignores(String name) {
    String plain = name.startsWith(prefix()) ? name.substring(prefix().length()) : name;
    return NOT_THE_ENCODER.stream().anyMatch(plain::startsWith);
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    String positions = config.text("position_embedding_type", "absolute");
    if (!positions.equals("absolute")) {
      throw config.wrong(
          "position_embedding_type",
          "\"absolute\", the only kind supported",
          '"' + positions + '"');
    }
    FamilyConfig.refuseFlag(config, "is_decoder", "causal attention is not an encoder's");
    FamilyConfig.refuseFlag(config, "add_cross_attention", "cross-attention is not supported");
    TransformerSpec spec = FamilyConfig.transformer(config, TransformerSpec.Norm.POST);
    Weights named = new LegacyNormWeights(weights);
    TokenEmbedding embedding = TokenEmbedding.of(config, spec, named.under("embeddings."));
    List<EncoderLayer> stack =
        IntStream.range(0, config.size("num_hidden_layers", 12))
            .mapToObj(i -> named.under("encoder.layer." + i + "."))
            .map(w -> layers.layer(spec, NAMES, w))
            .toList();
    return new Transformer(
        spec.width(),
        embedding::embed,
        stack,
        UnaryOperator.identity(),
        new Pooling.FirstTokens(1));
  }
}
