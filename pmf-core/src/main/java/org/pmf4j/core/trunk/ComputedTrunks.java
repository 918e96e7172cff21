package org.pmf4j.core.trunk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.LoadedEncoder;

/** Computes the trunk anew for every batch. Several threads may use it at once. */
public final class ComputedTrunks implements Trunks {
  private final Backend backend;
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
  public Batch<HostTensor> prepare(List<Example> examples) {
    return inputs.prepare(examples);
  }

  @Override
  public Batch<Tensor> place(Batch<HostTensor> prepared) {
    Map<String, ModalityInput<Tensor>> all = new LinkedHashMap<>();
    try {
      for (String m : prepared.inputs().names()) {
        all.put(m, programs.get(m).run(prepared.encoderInput(m)));
      }
      return new Batch<>(Named.of(all), prepared.targets().map(t -> t.map(backend::tensor)));
    } catch (RuntimeException e) {
      all.values().forEach(input -> input.tensors().forEach(Tensor::close));
      throw e;
    }
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
