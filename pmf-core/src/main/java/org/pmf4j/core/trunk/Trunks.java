package org.pmf4j.core.trunk;

import java.util.List;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.data.Example;

/**
 * Gives what enters the first fusion layer, for batches of examples. Several threads may prepare
 * and place samples at once.
 */
public interface Trunks extends AutoCloseable {
  /** Name of the token states [B, N, d], below a modality's. */
  String STATES = "states";

  /** Name of the mask BOOL [B, N], where there is padding. */
  String MASK = "mask";

  /** Name of {@link org.pmf4j.api.encoder.Packing#rows}, where padding is worth leaving out. */
  String PACKED_ROWS = "packing.rows";

  /** Name of {@link org.pmf4j.api.encoder.Packing#places}. */
  String PACKED_PLACES = "packing.places";

  /** Prefix of what the first fusion layer has settled about the tokens. */
  String SETTLED = "settled.";

  /**
   * What can be done ahead, on any thread and off the device.
   *
   * @param examples that all have the same modalities, which need not be all that there are
   * @return what {@link #place} takes
   * @throws IllegalArgumentException if they do not have the same modalities
   */
  Named<HostTensor> prepare(List<Example> examples);

  /**
   * Puts a prepared batch onto the device.
   *
   * @return for the modalities that the examples have, {@code <modality>.states} [B, N, d] and,
   *     where there is padding, {@code <modality>.mask} [B, N], perhaps what is {@code
   *     <modality>.settled.…} [B, N, ...]; where nothing is computed ahead, the encoder's inputs as
   *     {@code <modality>.<input>}. The caller closes them
   */
  Named<Tensor> place(Named<HostTensor> prepared);

  /**
   * Tells that a prepared batch is used no more, and what was placed of it closed: its memory may
   * serve the next one.
   *
   * @param prepared what {@link #prepare} returned
   */
  default void release(Named<HostTensor> prepared) {
    // Left to the garbage collector.
  }

  /** An example's number of tokens over all its modalities, as far as it can be told cheaply. */
  int length(Example example);

  @Override
  void close();
}
