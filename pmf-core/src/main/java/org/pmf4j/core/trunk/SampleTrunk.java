package org.pmf4j.core.trunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;
import org.pmf4j.core.encoder.LoadedEncoder;

/**
 * An encoder's layers below fusion, whose outputs are taken apart into samples, so that each may be
 * kept and used by any number of models. What the first layer above settles about a sample's tokens
 * comes with them where that layer is not the last, which needs few of its outputs and gains
 * nothing by it. Several threads may use it at once.
 */
public final class SampleTrunk implements AutoCloseable {
  private static final String STATES = "states";

  private final Backend backend;
  private final LoadedEncoder encoder;
  private final TrunkProgram program;
  private final Optional<Program> settling;

  /**
   * A trunk.
   *
   * @param encoder stays the caller's
   * @param depth how many layers it has, from the first
   */
  public SampleTrunk(Backend backend, LoadedEncoder encoder, int depth) {
    this.backend = backend;
    this.encoder = encoder;
    this.program = TrunkProgram.of(backend, encoder.encoder(), depth);
    this.settling =
        depth + 1 < encoder.encoder().depth()
            ? Optional.of(settling(backend, encoder.encoder().layers().get(depth)))
            : Optional.empty();
  }

  private static Program settling(Backend backend, EncoderLayer next) {
    return backend.inference("settling", in -> next.settle(Tokens.of(in.get(STATES))));
  }

  /**
   * Computes several samples at once. What one comes to depends on the others by rounding alone.
   *
   * @param samples prepared by the encoder's preprocessor, one or more
   * @return of each the real tokens [N, width] and what is settled about them, in memory of its own
   *     on the Java heap
   */
  public List<TrunkOutput<HostTensor>> compute(List<Named<HostTensor>> samples) {
    TrunkOutput<Tensor> out = program.run(encoder.preprocessor().collate(samples));
    try {
      TrunkOutput<HostTensor> all = out.map(backend::read);
      List<TrunkOutput<HostTensor>> each = new ArrayList<>(samples.size());
      for (int row = 0; row < samples.size(); row++) {
        each.add(settled(RealTokens.ofRow(all, row)));
      }
      return each;
    } finally {
      out.tensors().forEach(Tensor::close);
    }
  }

  /**
   * One at a time and without padding: it takes the scores of all tokens with all, which are not
   * kept otherwise.
   */
  private TrunkOutput<HostTensor> settled(TrunkOutput<HostTensor> sample) {
    if (settling.isEmpty()) {
      return sample;
    }
    Named<Tensor> known = Named.none();
    HostTensor states = sample.states();
    long[] dims = states.shape().dims();
    HostTensor batch = new HostTensor(Shape.of(1, dims[0], dims[1]), states.dtype(), states.data());
    try (Tensor in = backend.tensor(batch)) {
      known = settling.get().run(Named.of(STATES, in));
      return RealTokens.ofRow(
          new TrunkOutput<>(batch, Optional.empty(), Optional.empty(), known.map(backend::read)),
          0);
    } finally {
      known.asMap().values().forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    settling.ifPresent(Program::close);
    program.close();
  }
}
