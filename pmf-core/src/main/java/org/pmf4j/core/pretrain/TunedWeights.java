package org.pmf4j.core.pretrain;

import java.util.Map;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.fusion.Parameters.Start;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.encoder.Constants;
import org.pmf4j.core.encoder.StoredWeights;
import org.pmf4j.core.training.ParameterStore;

/** Trainable weights under the names of an encoder's files. A weight asked for twice is one. */
final class TunedWeights implements Weights {
  private final StoredWeights stored;
  private final ParameterStore store;
  private final Constants constants;
  private final String prefix;
  private final Map<String, Parameter> made;

  /**
   * Weights below a prefix.
   *
   * @param stored what they are in the files
   * @param store makes them, from the files' values or from those of a checkpoint
   * @param made what was asked for, by the name in the files
   */
  TunedWeights(
      StoredWeights stored,
      ParameterStore store,
      Constants constants,
      String prefix,
      Map<String, Parameter> made) {
    this.stored = stored;
    this.store = store;
    this.constants = constants;
    this.prefix = prefix;
    this.made = made;
  }

  @Override
  public Tensor get(String name, long... dims) {
    String key = stored.key(prefix + name);
    stored.value(key, dims);
    return made.computeIfAbsent(key, k -> store.make(k, new Start.Constant(0), dims)).value();
  }

  @Override
  public Tensor matrix(String name, long... dims) {
    return get(name, dims);
  }

  @Override
  public Tensor constant(String name, HostTensor value) {
    return constants.get(prefix + name, value);
  }

  @Override
  public boolean has(String name) {
    return stored.has(prefix + name);
  }

  @Override
  public Weights under(String deeper) {
    return new TunedWeights(stored, store, constants, prefix + deeper, made);
  }
}
