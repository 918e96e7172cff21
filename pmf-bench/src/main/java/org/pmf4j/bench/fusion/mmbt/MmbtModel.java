package org.pmf4j.bench.fusion.mmbt;

import java.util.List;
import java.util.Set;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.bench.fusion.common.Accompanied;
import org.pmf4j.bench.fusion.common.EncoderLayers;
import org.pmf4j.bench.fusion.common.MainModality;
import org.pmf4j.bench.fusion.common.TrainedLinear;

/**
 * A main encoder that reads the others' tokens beside its own.
 *
 * @param encoders by modality
 * @param main the main modality
 * @param foreign by other modality, what makes its tokens
 * @param head on the main encoder's pooled vector
 * @param parameters all that is trained beside the encoders
 */
record MmbtModel(
    Named<Encoder> encoders,
    MainModality main,
    Named<ForeignTokens> foreign,
    TrainedLinear head,
    List<Parameter> parameters)
    implements FusionModel {

  @Override
  public int fusionLayers(String modality) {
    return encoders.get(modality).depth();
  }

  @Override
  public Set<String> required() {
    return Set.of(main.name());
  }

  @Override
  public Tensor logits(Named<Tokens> trunk) {
    Encoder encoder = encoders.get(main.name());
    Tokens own = trunk.get(main.name());
    List<Tensor> others =
        main.othersIn(trunk).stream().map(m -> foreign.get(m).of(trunk.get(m))).toList();
    Tensor pooled =
        others.isEmpty()
            ? EncoderLayers.pooled(encoder, own)
            : new Accompanied(own, Tensor.concat(1, others)).throughAll(encoder);
    return head.apply(pooled);
  }
}
