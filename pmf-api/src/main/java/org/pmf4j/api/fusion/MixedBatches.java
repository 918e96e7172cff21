package org.pmf4j.api.fusion;

import java.util.List;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A fusion model that takes batches whose rows are asked of several models of its make: of the same
 * method and settings, over the same encoders. The frozen layers, which are nearly all of the work,
 * then run once for all rows, and what was trained is applied to each model's own. Used by
 * whichever thread runs the program that it is part of, by several at once.
 *
 * @since API version 2
 */
public interface MixedBatches extends FusionModel {
  /**
   * The rows of a batch that one model is asked about.
   *
   * @param model of the make of those beside it; how many outputs it has is its own affair
   * @param rows how many, 1 or more
   */
  record Share(FusionModel model, int rows) {}

  /**
   * Logits of samples that all have the same modalities. What each comes to depends on the others
   * by rounding alone.
   *
   * @param trunk as {@link #logits(Named)} takes it
   * @param shares one or more, which together make up the batch, from its first row on; this model
   *     need not be among them
   * @return by share, [rows, outputs]
   * @throws IllegalArgumentException if a model is of another make
   */
  List<Tensor> logits(Named<Tokens> trunk, List<Share> shares);
}
