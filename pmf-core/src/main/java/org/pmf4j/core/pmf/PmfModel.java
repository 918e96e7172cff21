package org.pmf4j.core.pmf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.MixedBatches;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * Frozen encoders whose last layers are fused by prompts.
 *
 * @param encoders by modality
 * @param layers the fusion layers, first to last
 * @param head from pooled tokens to logits
 */
record PmfModel(Named<Encoder> encoders, List<? extends PmfLayer> layers, Head head)
    implements MixedBatches {

  @Override
  public Tensor logits(Named<Tokens> trunk) {
    return head.logits(pooled(trunk, new ByRow.Shared<>(this)));
  }

  @Override
  public List<Tensor> logits(Named<Tokens> trunk, List<Share> shares) {
    ByRow.Runs<PmfModel> models =
        new ByRow.Runs<>(
            shares.stream().map(s -> new ByRow.Run<>(ofThisMake(s.model()), s.rows())).toList());
    Named<List<Tensor>> pooled =
        pooled(trunk, models).map(all -> models.apart(all, (model, rows) -> rows));
    return IntStream.range(0, shares.size())
        .mapToObj(i -> models.runs().get(i).part().head.logits(pooled.map(each -> each.get(i))))
        .toList();
  }

  private PmfModel ofThisMake(FusionModel other) {
    if (other instanceof PmfModel model && isLike(model)) {
      return model;
    }
    throw new IllegalArgumentException("a model of another make has no part in this batch");
  }

  /** The very same layers: others may have equal weights, but are not those that would run. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isLike(PmfModel other) {
    return List.copyOf(encoders.names()).equals(List.copyOf(other.encoders.names()))
        && encoders.names().stream().allMatch(m -> encoders.get(m) == other.encoders.get(m))
        && layout().equals(other.layout());
  }

  private List<List<String>> layout() {
    return layers.stream().map(layer -> layer.trained().layout()).toList();
  }

  /** By modality, the pooled token of each row, [B, d]. */
  private Named<Tensor> pooled(Named<Tokens> trunk, ByRow<PmfModel> models) {
    Named<Tokens> tokens = trunk;
    int last = layers.size() - 1;
    for (int l = 0; l < last; l++) {
      tokens = layers.get(l).apply(tokens, trained(models, l));
    }
    Named<Tensor> rows = layers.get(last).applyLast(tokens, trained(models, last));
    Map<String, Tensor> pooled = new LinkedHashMap<>();
    trunk
        .asMap()
        .forEach(
            (m, t) -> {
              Encoder e = encoders.get(m);
              pooled.put(m, e.pooling().pool(e.finalNorm(rows.get(m)), t.mask()));
            });
    return Named.of(pooled);
  }

  private static ByRow<TrainedLayer> trained(ByRow<PmfModel> models, int layer) {
    return models.map(model -> model.layers.get(layer).trained());
  }

  @Override
  public Optional<Tensor> penalty(Named<Tokens> trunk) {
    return head.penalty();
  }
}
