package org.pmf4j.api.fusion;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A classifier over several encoders. Its methods are called inside programs. Used by whichever
 * thread runs the program that it is part of, by several at once.
 */
public interface FusionModel {
  /**
   * Logits of samples that all have the same modalities.
   *
   * @param trunk by modality, what enters the first fusion layer, in the order of the encoders. A
   *     modality that the samples lack is not there; all that the {@link FusionPlan} requires are,
   *     and one at least; the logits rest on what is there alone
   * @return [B, outputs]
   */
  Tensor logits(Named<Tokens> trunk);

  /**
   * What is added to the loss in training, beyond what the logits cost; most methods add nothing.
   *
   * @param trunk as {@link #logits} takes it
   * @return [1], or nothing
   */
  default Optional<Tensor> penalty(Named<Tokens> trunk) {
    return Optional.empty();
  }

  /**
   * What the method made to be trained. The host knows it, since it made it.
   *
   * @deprecated since version 2: nobody asks
   */
  @Deprecated(since = "2")
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * How many of an encoder's last layers take part in fusion, of a method without a plan.
   *
   * @deprecated since version 2: {@link FusionPlan#fusionLayers}
   */
  @Deprecated(since = "2")
  default int fusionLayers(String modality) {
    throw new IllegalStateException(getClass().getName() + ": its method's plan says it");
  }

  /**
   * Modalities that cannot be done without in any sample, of a method without a plan.
   *
   * @deprecated since version 2: {@link FusionPlan#required}
   */
  @Deprecated(since = "2")
  default Set<String> required() {
    return Set.of();
  }
}
