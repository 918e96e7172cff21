package org.pmf4j.core.trunk;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;
import org.pmf4j.core.encoder.LoadedEncoder;

/**
 * An encoder's layers below fusion, whose outputs are taken apart into samples, so that each may be
 * kept and used by any number of models. Several threads may use it at once.
 */
public final class SampleTrunk implements AutoCloseable {
  private final Backend backend;
  private final LoadedEncoder encoder;
  private final TrunkProgram program;

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
  }

  /**
   * Computes several samples at once. What one comes to depends on the others by rounding alone.
   *
   * @param samples prepared by the encoder's preprocessor, one or more
   * @return of each the real tokens [N, width], in memory of its own on the Java heap
   */
  public List<TrunkOutput<HostTensor>> compute(List<Named<HostTensor>> samples) {
    TrunkOutput<Tensor> out = program.run(encoder.preprocessor().collate(samples));
    try {
      TrunkOutput<HostTensor> all = out.map(backend::read);
      List<TrunkOutput<HostTensor>> each = new ArrayList<>(samples.size());
      for (int row = 0; row < samples.size(); row++) {
        each.add(RealTokens.ofRow(all, row));
      }
      return each;
    } finally {
      out.tensors().forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
