package org.pmf4j.methods.mmbt;

import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.fusion.parts.MainModality;
import org.pmf4j.api.fusion.parts.PrefixedTokens;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A main encoder that reads the others' tokens beside its own.
 *
 * @param encoders by modality
 * @param main the main modality
 * @param foreign by other modality, what makes its tokens
 * @param head on the main encoder's pooled vector
 */
record MmbtModel(
    Named<Encoder> encoders, MainModality main, Named<ProjectedTokens> foreign, TrainedLinear head)
    implements FusionModel {

  @Override
  public Tensor logits(Named<Tokens> trunk) {
    Encoder encoder = encoders.get(main.name());
    Tokens own = trunk.get(main.name());
    List<Tensor> others =
        main.othersIn(trunk).stream().map(m -> foreign.get(m).of(trunk.get(m))).toList();
    Tensor pooled =
        others.isEmpty()
            ? EncoderLayers.pooled(encoder, own)
            : new PrefixedTokens(own, Tensor.concat(1, others)).throughAll(encoder);
    return head.apply(pooled);
  }
}
