package org.pmf4j.core.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/** Weights from files, read when they are first used; owns the tensors it hands out. */
final class FrozenWeights implements LoadedWeights {
  private final StoredWeights stored;
  private final MatrixPrecision precision;
  private final Set<String> inFloat;
  private final Map<String, Tensor> loaded = new LinkedHashMap<>();
  private final Constants constants;
  private final WeightCopies copies;

  /**
   * The weights of a directory.
   *
   * @param stored its files, which are closed with these weights
   * @param precision of matrices
   * @param inFloat names in the files of weights of linear layers that are in no integers
   */
  FrozenWeights(
      Backend backend, StoredWeights stored, MatrixPrecision precision, Set<String> inFloat) {
    this.stored = stored;
    this.precision = precision;
    this.inFloat = inFloat;
    this.constants = new Constants(backend);
    this.copies = new WeightCopies(backend, stored);
  }

  @Override
  public Tensor get(String name, long... dims) {
    return load(name, MatrixPrecision.FLOAT32, dims);
  }

  @Override
  public Tensor matrix(String name, long... dims) {
    return load(name, precision, dims);
  }

  @Override
  public Tensor linearWeight(String name, long out, long in) {
    String key = stored.key(name);
    if (precision != MatrixPrecision.INT8 || inFloat.contains(key)) {
      return matrix(name, out, in);
    }
    return loaded.computeIfAbsent(key, k -> copies.integers(k, out, in));
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
    return stored.unused(loaded.keySet(), ignorable);
  }

  @Override
  public long size() {
    return loaded.values().stream().mapToLong(t -> t.shape().size()).sum();
  }

  private Tensor load(String name, MatrixPrecision as, long... dims) {
    String key = stored.key(name);
    Tensor known = loaded.get(key);
    if (known != null) {
      return known;
    }
    Tensor tensor = copies.get(key, as.type(), dims);
    loaded.put(key, tensor);
    return tensor;
  }

  @Override
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> all = new LinkedHashMap<>(loaded);
    constants.made().forEach((name, t) -> all.put(Constants.PREFIX + name, t));
    return all;
  }

  /** Frees all tensors handed out and closes the files behind them. */
  @Override
  public void close() {
    loaded.values().forEach(Tensor::close);
    loaded.clear();
    constants.close();
    stored.store().close();
  }
}
