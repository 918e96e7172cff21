package org.pmf4j.core.model;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Packing;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.trunk.ComputedTrunks;
import org.pmf4j.core.trunk.NoTrunk;
import org.pmf4j.core.trunk.Trunks;

/** Where the layers below fusion are computed. */
enum EncoderTrunk {
  /** Ahead of the model's program, once for good: they are frozen. */
  PRECOMPUTED {
    @Override
    Trunks live(Backend backend, Named<LoadedEncoder> encoders, Named<Integer> fusionLayers) {
      return new ComputedTrunks(backend, encoders, fusionLayers);
    }

    @Override
    long frozenWeights(LoadedEncoder encoder) {
      return encoder.parameters();
    }
  },
  /** Within the model's program, from the embedding on: they are trained with the rest. */
  IN_PROGRAM {
    @Override
    Trunks live(Backend backend, Named<LoadedEncoder> encoders, Named<Integer> fusionLayers) {
      return new NoTrunk(backend, encoders);
    }

    @Override
    long frozenWeights(LoadedEncoder encoder) {
      return 0;
    }
  };

  static EncoderTrunk of(Tuning tuning) {
    return tuning == Tuning.FULL ? IN_PROGRAM : PRECOMPUTED;
  }

  /** Trunks that keep nothing; the caller closes them. */
  abstract Trunks live(Backend backend, Named<LoadedEncoder> encoders, Named<Integer> fusionLayers);

  /** How many of an encoder's weights are not trained. */
  abstract long frozenWeights(LoadedEncoder encoder);

  /**
   * What enters an encoder's first fusion layer, inside the model's program: what left its trunk,
   * or what its lower layers make there of what it takes.
   *
   * @param placed what {@link Trunks#place} gave for it
   */
  static Tokens tokens(Encoder encoder, int fusionLayers, ModalityInput<Tensor> placed) {
    return placed instanceof ModalityInput.TrunkOutput<Tensor> trunk
        ? tokens(trunk)
        : lower(
            encoder,
            encoder.depth() - fusionLayers,
            ((ModalityInput.EncoderInput<Tensor>) placed).named());
  }

  private static Tokens tokens(ModalityInput.TrunkOutput<Tensor> trunk) {
    return new Tokens(trunk.states(), trunk.mask().orElse(null))
        .withSettled(trunk.settled())
        .withPacking(trunk.packing().map(p -> new Packing(p.rows(), p.places())).orElse(null));
  }

  private static Tokens lower(Encoder encoder, int layers, Named<Tensor> inputs) {
    Tokens tokens = encoder.embed(inputs);
    for (int l = 0; l < layers; l++) {
      Tokens before = tokens;
      int layer = l;
      tokens =
          before.withStates(
              TensorScope.tidy(() -> encoder.layers().get(layer).apply(before).states()));
      if (l > 0) {
        before.states().close();
      }
    }
    return tokens;
  }
}
