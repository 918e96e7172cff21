package org.pmf4j.api.fusion;

import java.util.Set;
import org.pmf4j.api.tensor.Named;

/**
 * What a fusion method is going to do with encoders, said before there is a weight of them.
 * Immutable, so that any number of threads may share it.
 *
 * @param fusionLayers how many of each encoder's last layers take part in fusion, by modality, 0 to
 *     its depth; those below are the trunk
 * @param required modalities that the method cannot do without in any sample; rows that lack one
 *     are refused before anything is computed
 * @param tuning what becomes of the encoders' own weights
 * @since API version 2
 */
public record FusionPlan(Named<Integer> fusionLayers, Set<String> required, Tuning tuning) {
  /** Copies the set. */
  public FusionPlan {
    required = Set.copyOf(required);
  }

  /** A plan that can do without any modality, and leaves the encoders frozen. */
  public static FusionPlan frozen(Named<Integer> fusionLayers) {
    return new FusionPlan(fusionLayers, Set.of(), Tuning.FROZEN);
  }

  /** This plan where samples must have a modality. */
  public FusionPlan requiring(String modality) {
    return new FusionPlan(fusionLayers, Set.of(modality), tuning);
  }

  /** This plan where all weights of the encoders are trained. */
  public FusionPlan tuningAll() {
    return new FusionPlan(fusionLayers, required, Tuning.FULL);
  }
}
