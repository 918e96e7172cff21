package org.pmf4j.methods.mbt;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.parts.PrefixedTokens;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * Encoders whose last layers share a bottleneck.
 *
 * @param layers how many
 * @param bottleneck what enters the first of them [n, width]
 * @param streams by modality
 * @param heads by modality
 */
record MbtModel(
    int layers, Parameter bottleneck, Named<MbtStream> streams, Named<TrainedLinear> heads)
    implements FusionModel {

  @Override
  public Tensor logits(Named<Tokens> trunk) {
    Map<String, Tokens> tokens = new LinkedHashMap<>(trunk.asMap());
    Tensor shared =
        bottleneck.value().reshape(1, bottleneck.shape().dim(0), bottleneck.shape().dim(1));
    for (int l = 0; l < layers - 1; l++) {
      Tensor sum = null;
      for (String m : trunk.names()) {
        MbtStream stream = streams.get(m);
        PrefixedTokens next = stream.through(l, tokens.get(m), shared);
        if (l > 0) {
          tokens.get(m).states().close();
        }
        tokens.put(m, next.tokens());
        Tensor told = stream.out().apply(next.companions());
        sum = sum == null ? told : sum.add(told);
      }
      shared = sum.mul(1.0 / trunk.names().size());
    }
    return logits(tokens, shared);
  }

  private Tensor logits(Map<String, Tokens> tokens, Tensor shared) {
    Tensor sum = null;
    for (Map.Entry<String, Tokens> t : tokens.entrySet()) {
      Tensor pooled = streams.get(t.getKey()).throughLast(t.getValue(), shared);
      Tensor logits = heads.get(t.getKey()).apply(pooled);
      sum = sum == null ? logits : sum.add(logits);
    }
    return sum.mul(1.0 / tokens.size());
  }
}
