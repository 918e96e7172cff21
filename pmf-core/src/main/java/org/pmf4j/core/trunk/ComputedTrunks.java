package org.pmf4j.core.trunk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.LoadedEncoder;

/** Computes the trunk anew for every batch. Several threads may use it at once. */
public final class ComputedTrunks implements Trunks {
  private final Backend backend;
  private final Named<LoadedEncoder> encoders;
  private final PreparedInputs inputs;
  private final Map<String, TrunkProgram> programs = new LinkedHashMap<>();

  /**
   * Trunks of some encoders, which stay the caller's.
   *
   * @param fusionLayers by modality, number of last layers that are not trunk
   */
  public ComputedTrunks(
      Backend backend, Named<LoadedEncoder> encoders, Named<Integer> fusionLayers) {
    this.backend = backend;
    this.encoders = encoders;
    this.inputs = new PreparedInputs(encoders);
    encoders
        .asMap()
        .forEach(
            (m, e) -> {
              int depth = e.encoder().depth() - fusionLayers.get(m);
              programs.put(m, TrunkProgram.of(backend, e.encoder(), depth));
            });
  }

  @Override
  public Named<HostTensor> prepare(List<Example> examples) {
    return inputs.prepare(examples);
  }

  @Override
  public Named<Tensor> place(Named<HostTensor> prepared) {
    Named<Tensor> all = Named.none();
    for (String m : encoders.names()) {
      Named<HostTensor> inputs = prepared.under(m + ".");
      if (inputs.names().isEmpty()) {
        continue; // the batch lacks this modality
      }
      Named<Tensor> in = inputs.map(backend::tensor);
      try {
        all = all.with(programs.get(m).run(in).prefixed(m + "."));
      } catch (RuntimeException e) {
        all.asMap().values().forEach(Tensor::close);
        throw e;
      } finally {
        in.asMap().values().forEach(Tensor::close);
      }
    }
    return all;
  }

  @Override
  public int length(Example example) {
    return inputs.length(example);
  }

  @Override
  public void close() {
    programs.values().forEach(TrunkProgram::close);
  }
}
