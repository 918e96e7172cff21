package org.pmf4j.core.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/** Weights from files, read when they are first used; owns the tensors it hands out. */
final class FrozenWeights implements LoadedWeights {
  private final Backend backend;
  private final StoredWeights stored;
  private final MatrixPrecision precision;
  private final String prefix;
  private final Map<String, Tensor> loaded;
  private final Constants constants;
  private final WeightCopies copies;

  private FrozenWeights(
      Backend backend,
      StoredWeights stored,
      MatrixPrecision precision,
      String prefix,
      Map<String, Tensor> loaded,
      Constants constants,
      WeightCopies copies) {
    this.backend = backend;
    this.stored = stored;
    this.precision = precision;
    this.prefix = prefix;
    this.loaded = loaded;
    this.constants = constants;
    this.copies = copies;
  }

  /**
   * The weights of a directory.
   *
   * @param stored its files, which are closed with these weights
   * @param precision of matrices
   */
  static FrozenWeights of(Backend backend, StoredWeights stored, MatrixPrecision precision) {
    return new FrozenWeights(
        backend,
        stored,
        precision,
        "",
        new LinkedHashMap<>(),
        new Constants(backend),
        new WeightCopies(backend, stored));
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
  public Tensor constant(String name, HostTensor value) {
    return constants.get(prefix + name, value);
  }

  @Override
  public boolean has(String name) {
    return stored.has(prefix + name);
  }

  @Override
  public Weights under(String deeper) {
    return new FrozenWeights(
        backend, stored, precision, prefix + deeper, loaded, constants, copies);
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
    String key = stored.key(prefix + name);
    Tensor known = loaded.get(key);
    if (known != null) {
      return known;
    }
    Tensor tensor = copies.get(key, as.type(), dims);
    loaded.put(key, tensor);
    return tensor;
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
