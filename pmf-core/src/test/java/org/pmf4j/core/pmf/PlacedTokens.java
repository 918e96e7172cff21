package org.pmf4j.core.pmf;

import org.pmf4j.api.encoder.Packing;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

/** What enters the first fusion layer, of a batch that is on the device. */
final class PlacedTokens {
  private PlacedTokens() {}

  static Named<Tokens> of(Batch<Tensor> placed) {
    return placed
        .inputs()
        .map(
            input -> {
              TrunkOutput<Tensor> trunk = (TrunkOutput<Tensor>) input;
              Packing packing =
                  trunk.packing().map(p -> new Packing(p.rows(), p.places())).orElse(null);
              return new Tokens(trunk.states(), trunk.mask().orElse(null))
                  .withSettled(trunk.settled())
                  .withPacking(packing);
            });
  }
}
