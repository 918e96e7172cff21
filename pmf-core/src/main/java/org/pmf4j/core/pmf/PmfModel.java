package org.pmf4j.core.pmf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionLayer;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * Frozen encoders whose last layers are fused by prompts.
 *
 * @param encoders by modality
 * @param layers the fusion layers, first to last
 * @param head from pooled tokens to logits
 */
record PmfModel(Named<Encoder> encoders, List<? extends FusionLayer> layers, Head head)
    implements FusionModel {

  @Override
  public Tensor logits(Named<Tokens> trunk) {
    Named<Tokens> tokens = trunk;
    for (FusionLayer layer : layers.subList(0, layers.size() - 1)) {
      tokens = layer.apply(tokens);
    }
    Named<Tensor> rows = layers.get(layers.size() - 1).applyLast(tokens);
    Map<String, Tensor> pooled = new LinkedHashMap<>();
    trunk
        .asMap()
        .forEach(
            (m, t) -> {
              Encoder e = encoders.get(m);
              pooled.put(m, e.pooling().pool(e.finalNorm(rows.get(m)), t.mask()));
            });
    return head.logits(Named.of(pooled));
  }

  @Override
  public Optional<Tensor> penalty(Named<Tokens> trunk) {
    return head.penalty();
  }
}
