package org.pmf4j.core.trunk;

import java.util.Optional;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

/** An encoder's layers below fusion, compiled: from preprocessed inputs to tokens. */
final class TrunkProgram implements AutoCloseable {
  private final Backend backend;
  private final Program program;

  private TrunkProgram(Backend backend, Program program) {
    this.backend = backend;
    this.program = program;
  }

  /**
   * A trunk.
   *
   * @param depth how many layers it has, from the first
   */
  static TrunkProgram of(Backend backend, Encoder encoder, int depth) {
    return new TrunkProgram(
        backend, backend.inference("trunk", in -> outputs(run(encoder, depth, in), Named.none())));
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
        backend,
        backend.inference(
            "settled trunk",
            in -> {
              Tokens tokens = run(encoder, depth, in);
              return outputs(tokens, encoder.layers().get(depth).settle(tokens));
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

  private static Named<Tensor> outputs(Tokens tokens, Named<Tensor> settled) {
    Optional<Tensor> mask = Optional.ofNullable(tokens.mask());
    return BatchCodec.names(new TrunkOutput<>(tokens.states(), mask, Optional.empty(), settled));
  }

  /**
   * Runs it.
   *
   * @param inputs of the encoder
   * @return tensors which the caller closes
   */
  TrunkOutput<Tensor> run(Named<HostTensor> inputs) {
    Named<Tensor> in = inputs.map(backend::tensor);
    try {
      return BatchCodec.trunk(program.run(in));
    } finally {
      in.asMap().values().forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
