package org.pmf4j.modalities.family;

import java.util.List;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;

/**
 * What Wav2Vec2-Conformer's attention makes of positions: sines of distances (Transformer-XL),
 * states that are turned, or nothing.
 */
sealed interface ConformerPositions {

  /** How long sounds may be. */
  WaveEmbedding.Limit limit();

  /**
   * The rules of one layer.
   *
   * @param encoder the weights that all layers share
   * @param layer the weights of the layer
   */
  List<PositionRule> rules(Weights encoder, Weights layer);

  static ConformerPositions of(EncoderConfig config, TransformerSpec spec) {
    String key = "position_embeddings_type";
    // A missing key means the usual kind, and a null one none.
    String kind = config.values().containsKey(key) ? config.text(key, "none") : Relative.KIND;
    return switch (kind) {
      case Relative.KIND -> Relative.of(config, spec);
      case Rotary.KIND -> Rotary.of(config, spec);
      case "none" -> new None();
      default -> throw config.wrong(key, "relative, rotary or null", kind);
    };
  }

  /** Where a table ends. */
  private static WaveEmbedding.Limit limit(EncoderConfig config, int width) {
    String key = "max_source_positions";
    int longest = config.size(key, 5000);
    if ((long) longest * width > 1 << 27) {
      throw config.wrong(key, "at most " + (1 << 27) / width + " here", longest);
    }
    String advice = "give shorter ones, or raise " + key + ", on which no weight depends";
    return new WaveEmbedding.Limit(config.source(), longest, advice);
  }

  /** Nothing but the convolution modules knows of neighbours. */
  record None() implements ConformerPositions {
    @Override
    public WaveEmbedding.Limit limit() {
      return WaveEmbedding.Limit.NONE;
    }

    @Override
    public List<PositionRule> rules(Weights encoder, Weights layer) {
      return List.of();
    }
  }

  /** Sines of distances, of which each layer makes keys (Dai et al., 2019). */
  record Relative(TransformerSpec spec, WaveEmbedding.Limit limit) implements ConformerPositions {
    private static final String KIND = "relative";

    static Relative of(EncoderConfig config, TransformerSpec spec) {
      return new Relative(spec, ConformerPositions.limit(config, spec.width()));
    }

    @Override
    public List<PositionRule> rules(Weights encoder, Weights layer) {
      int d = spec.width();
      Weights w = layer.under("self_attn.");
      int longest = (int) limit.frames();
      HostTensor sines = HostTensor.of(sines(longest, d), 2L * longest - 1, d);
      return List.of(
          new PositionRule.TransformerXl(
              w.get("pos_bias_u", spec.heads(), spec.headWidth()),
              w.get("pos_bias_v", spec.heads(), spec.headWidth()),
              encoder.constant("sines of distances", sines),
              new Linear(w.linearWeight("linear_pos.weight", d, d), null)));
    }

    /** Sine and cosine of i − j by turns, by j − i; single precision as the reference has it. */
    private static float[] sines(int longest, int d) {
      float[] sines = new float[Math.multiplyExact(2 * longest - 1, d)];
      for (int c = 0; c < d; c++) {
        float frequency = (float) Math.exp((c - c % 2) * (float) -(Math.log(10_000) / d));
        for (int at = 0; at < 2 * longest - 1; at++) {
          float angle = (longest - 1 - at) * frequency;
          sines[at * d + c] = (float) (c % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
        }
      }
      return sines;
    }
  }

  /** States are turned before queries and keys are made of them. */
  record Rotary(TransformerSpec spec, WaveEmbedding.Limit limit, double base)
      implements ConformerPositions {
    private static final String KIND = "rotary";

    static Rotary of(EncoderConfig config, TransformerSpec spec) {
      String key = "rotary_embedding_base";
      double base = config.number(key, 10_000);
      if (!(base > 0)) {
        throw config.wrong(key, "above 0", base);
      }
      if (spec.headWidth() % 2 != 0) {
        throw config.wrong("hidden_size", "such that heads have an even width", spec.headWidth());
      }
      return new Rotary(spec, ConformerPositions.limit(config, spec.headWidth()), base);
    }

    @Override
    public List<PositionRule> rules(Weights encoder, Weights layer) {
      PositionRule.Rotary tables =
          new RotaryTables((int) limit.frames(), spec.headWidth(), encoder).rotary(base);
      return List.of(new PositionRule.RotaryStates(tables.cosines(), tables.sines()));
    }
  }
}
