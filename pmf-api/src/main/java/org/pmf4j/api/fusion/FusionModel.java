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
  /** What the method made to be trained, in a fixed order; names are those of the saved adapter. */
  List<Parameter> parameters();

  /**
   * How many of an encoder's last layers take part in fusion, 0 to its depth; those below are the
   * trunk.
   */
  int fusionLayers(String modality);

  /**
   * Modalities that the method cannot do without in any sample. The host refuses rows that lack one
   * before anything is computed.
   */
  default Set<String> required() {
    return Set.of();
  }

  /**
   * Logits of samples that all have the same modalities.
   *
   * @param trunk by modality, what enters the first fusion layer, in the order of the encoders. A
   *     modality that the samples lack is not there; all that are {@link #required} are, and one at
   *     least; the logits rest on what is there alone
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
}
