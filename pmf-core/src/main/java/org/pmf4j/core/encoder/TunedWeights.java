package org.pmf4j.core.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * Trainable weights under the names of an encoder's files. A weight asked for twice is one. The
 * parameters belong to whoever makes them. For the one thread that loads the encoder.
 */
public final class TunedWeights implements LoadedWeights {
  private final StoredWeights stored;
  private final Maker maker;
  private final Constants constants;
  private final Map<String, Parameter> made = new LinkedHashMap<>();

  /** Makes the parameters, and owns and closes them. */
  @FunctionalInterface
  public interface Maker {
    /**
     * A parameter.
     *
     * @param key the weight's name in the files
     * @param value what it is there, FLOAT32
     */
    Parameter make(String key, HostTensor value);
  }

  /**
   * The weights of a directory.
   *
   * @param stored its files, which are closed with these weights
   * @param constants tables of the family, which are closed with these weights
   */
  public TunedWeights(StoredWeights stored, Maker maker, Constants constants) {
    this.stored = stored;
    this.maker = maker;
    this.constants = constants;
  }

  @Override
  public Tensor get(String name, long... dims) {
    String key = stored.key(name);
    HostTensor value = stored.value(key, dims);
    return made.computeIfAbsent(key, k -> maker.make(k, value)).value();
  }

  @Override
  public Tensor matrix(String name, long... dims) {
    return get(name, dims);
  }

  @Override
  public Tensor constant(String name, HostTensor value) {
    return constants.get(name, value);
  }

  @Override
  public boolean has(String name) {
    return stored.has(name);
  }

  @Override
  public Weights under(String deeper) {
    return new WeightsBelow(this, deeper);
  }

  @Override
  public List<String> unused(Predicate<String> ignorable) {
    return stored.unused(made.keySet(), ignorable);
  }

  @Override
  public long size() {
    return made.values().stream().mapToLong(p -> p.shape().size()).sum();
  }

  @Override
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    constants.made().forEach((name, t) -> all.put(Constants.PREFIX + name, t));
    return all;
  }

  /** Frees the tables and the files' mapping; the parameters are their maker's. */
  @Override
  public void close() {
    constants.close();
    stored.store().close();
  }
}
