package org.pmf4j.methods.mope;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.fusion.parts.MainModality;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A frozen main encoder with prompts in every layer.
 *
 * @param encoders by modality
 * @param main the main modality
 * @param layers prompts of each layer of the main encoder
 * @param mapping makes the mapped prompt
 * @param head on the main encoder's pooled vector
 * @param importance what the penalty is multiplied with
 */
record MopeModel(
    Named<Encoder> encoders,
    MainModality main,
    List<PromptExperts> layers,
    PromptMapping mapping,
    TrainedLinear head,
    double importance)
    implements FusionModel {

  /** Below this the experts are used evenly enough. */
  private static final double EVEN = 0.05;

  @Override
  public Tensor logits(Named<Tokens> trunk) {
    Tokens own = trunk.get(main.name());
    Encoder encoder = encoders.get(main.name());
    Named<Tensor> psi = psi(trunk);
    if (psi.names().isEmpty()) {
      return head.apply(
          EncoderLayers.pooled(encoder, own, (layer, l) -> List.of(layers.get(l).fixed())));
    }
    Tensor mapped = mapping.apply(psi);
    return head.apply(
        EncoderLayers.pooled(
            encoder,
            own,
            (layer, l) -> {
              PromptExperts p = layers.get(l);
              return List.of(p.fixed(), Tensor.concat(1, p.dynamic(psi), mapped));
            }));
  }

  /** ψ: the pooled vectors of the other modalities that are there, [B, d] each. */
  private Named<Tensor> psi(Named<Tokens> trunk) {
    Map<String, Tensor> psi = new LinkedHashMap<>();
    for (String m : main.othersIn(trunk)) {
      psi.put(m, EncoderLayers.pool(encoders.get(m), trunk.get(m)));
    }
    return Named.of(psi);
  }

  /**
   * The importance loss, mean over the layers: the squared coefficient of variation, over the
   * experts, of what they get of the whole batch, where it is above 0.05, else 0. The deviation is
   * that of a sample, over k − 1, as torch.std has it; one expert has none.
   */
  @Override
  public Optional<Tensor> penalty(Named<Tokens> trunk) {
    Named<Tensor> psi = psi(trunk);
    boolean single = layers.get(0).experts().shape().dim(0) == 1;
    if (importance == 0 || single || psi.names().isEmpty()) {
      return Optional.empty();
    }
    Tensor sum = null;
    for (PromptExperts layer : layers) {
      Tensor uneven = unevenness(layer.scores(psi));
      sum = sum == null ? uneven : sum.add(uneven);
    }
    return Optional.of(sum.mul(importance / layers.size()));
  }

  /** [B, k] → [1]. */
  private static Tensor unevenness(Tensor scores) {
    Tensor importance = scores.sum(0);
    Tensor mean = importance.mean(1);
    long k = scores.dim(1);
    Tensor variance = importance.sub(mean).square().sum(1).mul(1.0 / (k - 1));
    Tensor variation = variance.div(mean.square()).reshape(1);
    Tensor even = variation.filled(EVEN, variation.dtype());
    return variation.greaterThan(even).select(variation, variation.filled(0, variation.dtype()));
  }
}
