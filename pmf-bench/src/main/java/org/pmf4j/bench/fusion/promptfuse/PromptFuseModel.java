package org.pmf4j.bench.fusion.promptfuse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.bench.fusion.common.Accompanied;
import org.pmf4j.bench.fusion.common.Bridge;
import org.pmf4j.bench.fusion.common.EncoderLayers;
import org.pmf4j.bench.fusion.common.MainModality;
import org.pmf4j.bench.fusion.common.TrainedLinear;

/**
 * A frozen main encoder with companions from its first layer to its last.
 *
 * @param encoders by modality
 * @param main the main modality
 * @param prompts [N, d]
 * @param bridges by other modality, into the main encoder's space
 * @param head on the main encoder's pooled vector
 * @param parameters all that is trained
 */
record PromptFuseModel(
    Named<Encoder> encoders,
    MainModality main,
    Parameter prompts,
    Named<Bridge> bridges,
    TrainedLinear head,
    List<Parameter> parameters)
    implements FusionModel {

  /** The main trunk is its embedding; the others' is the whole encoder. */
  @Override
  public int fusionLayers(String modality) {
    return modality.equals(main.name()) ? encoders.get(modality).depth() : 0;
  }

  @Override
  public Set<String> required() {
    return Set.of(main.name());
  }

  @Override
  public Tensor logits(Named<Tokens> trunk) {
    Tokens own = trunk.get(main.name());
    int width = encoders.get(main.name()).width();
    List<Tensor> companions = new ArrayList<>();
    for (String m : main.othersIn(trunk)) {
      Tensor pooled = bridges.get(m).apply(EncoderLayers.pool(encoders.get(m), trunk.get(m)));
      companions.add(pooled.reshape(Tensor.KEEP, 1, width));
    }
    Tensor shared = prompts.value().reshape(1, prompts.shape().dim(0), width);
    companions.add(companions.isEmpty() ? shared : shared.repeatFor(own.states()));
    Accompanied all = new Accompanied(own, Tensor.concat(1, companions));
    return head.apply(all.throughAll(encoders.get(main.name())));
  }
}
