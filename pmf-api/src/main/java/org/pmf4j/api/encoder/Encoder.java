package org.pmf4j.api.encoder;

import java.util.List;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A transformer for one modality. Its methods are pure functions over the tensor API, to be called
 * inside programs; the weights belong to whoever loaded it. Used by whichever thread runs the
 * program that it is part of, by several at once.
 */
public interface Encoder {
  /** Width d of the token states. */
  int width();

  /**
   * What enters the first layer.
   *
   * @param inputs preprocessed batch under its Hugging Face names, such as {@code pixel_values}
   * @return states [B, N, d]
   */
  Tokens embed(Named<Tensor> inputs);

  /** The layers, first to last. */
  List<? extends EncoderLayer> layers();

  /** The norm after the last layer where the family has one, else {@code states} itself. */
  Tensor finalNorm(Tensor states);

  /** How the last states become one vector. */
  Pooling pooling();

  /** Number of layers. */
  default int depth() {
    return layers().size();
  }
}
