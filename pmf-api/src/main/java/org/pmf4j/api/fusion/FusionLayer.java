package org.pmf4j.api.fusion;

import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * One layer of every encoder, run together so that the modalities inform each other. Used by
 * whichever thread runs the program that it is part of, by several at once.
 */
public interface FusionLayer {
  /**
   * Runs the layer.
   *
   * @param tokens by modality, what enters the layer; a modality that the samples lack is not there
   * @return by modality that was given, what leaves it: states at the tokens that were given
   */
  Named<Tokens> apply(Named<Tokens> tokens);

  /**
   * Runs the last layer, where only the rows that pooling reads are needed.
   *
   * @param tokens by modality, what enters the layer; a modality that the samples lack is not there
   * @return by modality that was given, states at the pooled rows [B, R, d]
   */
  Named<Tensor> applyLast(Named<Tokens> tokens);
}
