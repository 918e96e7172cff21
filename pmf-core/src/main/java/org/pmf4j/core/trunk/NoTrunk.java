package org.pmf4j.core.trunk;

import java.util.List;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.LoadedEncoder;

/**
 * No trunk at all, for encoders that are trained: what they make of a sample changes with every
 * step, so the model's own program takes the preprocessed inputs, and nothing can be kept. Several
 * threads may use it at once.
 */
public final class NoTrunk implements Trunks {
  private final Backend backend;
  private final PreparedInputs inputs;

  /** Inputs for some encoders, which stay the caller's. */
  public NoTrunk(Backend backend, Named<LoadedEncoder> encoders) {
    this.backend = backend;
    this.inputs = new PreparedInputs(encoders);
  }

  @Override
  public Batch<HostTensor> prepare(List<Example> examples) {
    return inputs.prepare(examples);
  }

  /** The inputs themselves. */
  @Override
  public Batch<Tensor> place(Batch<HostTensor> prepared) {
    return prepared.map(backend::tensor);
  }

  @Override
  public int length(Example example) {
    return inputs.length(example);
  }

  @Override
  public void close() {}
}
