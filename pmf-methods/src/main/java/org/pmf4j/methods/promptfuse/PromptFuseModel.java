package org.pmf4j.methods.promptfuse;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.fusion.parts.MainModality;
import org.pmf4j.api.fusion.parts.PrefixedTokens;
import org.pmf4j.api.fusion.parts.Projection;
import org.pmf4j.api.fusion.parts.TrainedLinear;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A frozen main encoder with companions from its first layer to its last.
 *
 * @param encoders by modality
 * @param main the main modality
 * @param prompts [N, d]
 * @param projections by other modality, into the main encoder's space
 * @param head on the main encoder's pooled vector
 */
record PromptFuseModel(
    Named<Encoder> encoders,
    MainModality main,
    Parameter prompts,
    Named<Projection> projections,
    TrainedLinear head)
    implements FusionModel {

  @Override
  public Tensor logits(Named<Tokens> trunk) {
    Tokens own = trunk.get(main.name());
    int width = encoders.get(main.name()).width();
    List<Tensor> companions = new ArrayList<>();
    for (String m : main.othersIn(trunk)) {
      Tensor pooled = projections.get(m).apply(EncoderLayers.pool(encoders.get(m), trunk.get(m)));
      companions.add(pooled.reshape(Tensor.KEEP, 1, width));
    }
    Tensor shared = prompts.value().reshape(1, prompts.shape().dim(0), width);
    companions.add(companions.isEmpty() ? shared : shared.repeatFor(own.states()));
    PrefixedTokens all = new PrefixedTokens(own, Tensor.concat(1, companions));
    return head.apply(all.throughAll(encoders.get(main.name())));
  }
}
