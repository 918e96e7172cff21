package org.pmf4j.core.trunk;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** An encoder's layers below fusion, compiled: from preprocessed inputs to token states. */
final class TrunkProgram implements AutoCloseable {
  private final Program program;

  /**
   * Compiles a trunk.
   *
   * @param depth how many layers it has, from the first
   */
  TrunkProgram(Backend backend, Encoder encoder, int depth) {
    this.program = backend.inference("trunk", in -> run(encoder, depth, in));
  }

  private static Named<Tensor> run(Encoder encoder, int depth, Named<Tensor> in) {
    Tokens embedded = encoder.embed(in);
    Tensor states = embedded.states();
    for (int l = 0; l < depth; l++) {
      Tensor before = states;
      Tokens tokens = embedded.withStates(before);
      int layer = l;
      states = TensorScope.tidy(() -> encoder.layers().get(layer).apply(tokens).states());
      before.close();
    }
    Named<Tensor> out = Named.of("states", states);
    return embedded.mask() == null ? out : out.with("mask", embedded.mask());
  }

  /**
   * Runs it.
   *
   * @return {@code states} [B, N, d] and, where the encoder has one, {@code mask} [B, N]; the
   *     caller closes them
   */
  Named<Tensor> run(Named<Tensor> inputs) {
    return program.run(inputs);
  }

  @Override
  public void close() {
    program.close();
  }
}
