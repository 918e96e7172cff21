package org.pmf4j.core.trunk;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** An encoder's layers below fusion, compiled: from preprocessed inputs to tokens. */
final class TrunkProgram implements AutoCloseable {
  private final Program program;

  private TrunkProgram(Program program) {
    this.program = program;
  }

  /**
   * A trunk.
   *
   * @param depth how many layers it has, from the first
   */
  static TrunkProgram of(Backend backend, Encoder encoder, int depth) {
    return new TrunkProgram(backend.inference("trunk", in -> outputs(run(encoder, depth, in))));
  }

  /**
   * A trunk and what the layer after it, if there is one, settles about its tokens. That takes the
   * scores of all tokens with all, which is meant for a sample at a time.
   */
  static TrunkProgram settling(Backend backend, Encoder encoder, int depth) {
    if (depth == encoder.depth()) {
      return of(backend, encoder, depth);
    }
    return new TrunkProgram(
        backend.inference(
            "settled trunk",
            in -> {
              Tokens tokens = run(encoder, depth, in);
              Named<Tensor> settled = encoder.layers().get(depth).settle(tokens);
              return outputs(tokens).with(settled.prefixed(Trunks.SETTLED));
            }));
  }

  private static Tokens run(Encoder encoder, int depth, Named<Tensor> in) {
    Tokens embedded = encoder.embed(in);
    Tensor states = embedded.states();
    for (int l = 0; l < depth; l++) {
      Tensor before = states;
      Tokens tokens = embedded.withStates(before);
      int layer = l;
      states = TensorScope.tidy(() -> encoder.layers().get(layer).apply(tokens).states());
      before.close();
    }
    return embedded.withStates(states);
  }

  private static Named<Tensor> outputs(Tokens tokens) {
    Named<Tensor> out = Named.of(Trunks.STATES, tokens.states());
    return tokens.mask() == null ? out : out.with(Trunks.MASK, tokens.mask());
  }

  /**
   * Runs it.
   *
   * @return what {@link Trunks#place} gives of one modality, by the names there; the caller closes
   *     them
   */
  Named<Tensor> run(Named<Tensor> inputs) {
    return program.run(inputs);
  }

  @Override
  public void close() {
    program.close();
  }
}
