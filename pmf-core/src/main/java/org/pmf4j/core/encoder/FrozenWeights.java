package org.pmf4j.core.encoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.safetensors.TensorStore;

/** Weights from files, memory-mapped where their type allows; owns the tensors it hands out. */
final class FrozenWeights implements Weights, AutoCloseable {
  private final Backend backend;
  private final TensorStore store;
  private final String alternative;
  private final MatrixPrecision precision;
  private final String prefix;
  private final Map<String, Tensor> loaded;
  private final Constants constants;

  private FrozenWeights(
      Backend backend,
      TensorStore store,
      String alternative,
      MatrixPrecision precision,
      String prefix,
      Map<String, Tensor> loaded,
      Constants constants) {
    this.backend = backend;
    this.store = store;
    this.alternative = alternative;
    this.precision = precision;
    this.prefix = prefix;
    this.loaded = loaded;
    this.constants = constants;
  }

  /**
   * The weights of a directory.
   *
   * @param alternative prefix under which names may stand, such as {@code bert.}
   * @param precision of matrices
   */
  static FrozenWeights of(
      Backend backend, TensorStore store, String alternative, MatrixPrecision precision) {
    return new FrozenWeights(
        backend, store, alternative, precision, "", new LinkedHashMap<>(), new Constants(backend));
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
    return store.names().contains(prefix + name)
        || store.names().contains(alternative + prefix + name);
  }

  @Override
  public Weights under(String deeper) {
    return new FrozenWeights(
        backend, store, alternative, precision, prefix + deeper, loaded, constants);
  }

  /** Names of tensors in the files that were not asked for and that nobody declared ignorable. */
  List<String> unused(Predicate<String> ignorable) {
    TreeSet<String> rest = new TreeSet<>(store.names());
    rest.removeAll(loaded.keySet());
    rest.removeIf(ignorable);
    return new ArrayList<>(rest);
  }

  /** Number of weights loaded so far, element by element. */
  long size() {
    return loaded.values().stream().mapToLong(t -> t.shape().size()).sum();
  }

  private Tensor load(String name, MatrixPrecision as, long... dims) {
    String key = key(prefix + name);
    Tensor known = loaded.get(key);
    if (known != null) {
      return known;
    }
    HostTensor value = store.tensor(key);
    if (!value.shape().equals(Shape.of(dims))) {
      throw PmfException.input(
          "%s: tensor %s has shape %s, but config.json asks for %s"
              .formatted(store.source(), key, value.shape(), Shape.of(dims)));
    }
    if (value.dtype() != DType.FLOAT32) {
      throw PmfException.input(
          "%s: tensor %s has type %s; weights must be F32, F16 or BF16"
              .formatted(store.source(), key, value.dtype()));
    }
    Tensor tensor = backend.tensor(as.convert(value));
    loaded.put(key, tensor);
    return tensor;
  }

  /** Below the prefix first: there, a head beside it may have a part of the plain name. */
  private String key(String name) {
    String other = alternative + name;
    if (store.names().contains(other)) {
      return other;
    }
    if (store.names().contains(name)) {
      return name;
    }
    throw PmfException.input(
        "%s: tensor %s is missing (nor is there %s); is this a model of another kind or an"
                .formatted(store.source(), name, other)
            + " incomplete copy?");
  }

  /** Frees all tensors handed out and the mapping behind them. */
  @Override
  public void close() {
    loaded.values().forEach(Tensor::close);
    loaded.clear();
    constants.close();
    store.close();
  }
}
