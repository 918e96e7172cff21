package org.pmf4j.testkit.modality;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * Weights as a family asks for them, each at random but always the same by name; owns them. For one
 * thread at a time.
 */
public final class RandomWeights implements Weights, AutoCloseable {
  private final Backend backend;
  private final String prefix;
  private final Asked asked;

  private record Asked(
      String missing,
      Map<String, Integer> times,
      Map<String, Tensor> made,
      Map<String, Tensor> constants) {}

  private RandomWeights(Backend backend, String prefix, Asked asked) {
    this.backend = backend;
    this.prefix = prefix;
    this.asked = asked;
  }

  /**
   * Weights that have every name.
   *
   * @param missing but this one; or null
   */
  public static RandomWeights of(Backend backend, String missing) {
    Asked none =
        new Asked(missing, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    return new RandomWeights(backend, "", none);
  }

  /** How often each name was asked for. */
  Map<String, Integer> times() {
    return asked.times;
  }

  @Override
  public Tensor get(String name, long... dims) {
    String key = prefix + name;
    if (TensorScope.isOpen()) {
      throw new AssertionError("weight " + key + " is asked for inside a program, not by build()");
    }
    if (key.equals(asked.missing)) {
      throw PmfException.input("random weights: tensor " + key + " is missing");
    }
    Tensor known = asked.made.get(key);
    if (known != null && !known.shape().equals(Shape.of(dims))) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "weight %s is asked for as %s and as %s",
              key,
              known,
              Arrays.toString(dims)));
    }
    asked.times.merge(key, 1, Integer::sum);
    return asked.made.computeIfAbsent(key, k -> backend.tensor(values(k, dims)));
  }

  private static HostTensor values(String name, long... dims) {
    Random random = new Random(name.hashCode());
    float[] values = new float[Math.toIntExact(Shape.of(dims).size())];
    boolean norm = dims.length == 1 && name.endsWith("weight");
    double inputs = dims.length < 2 ? 25 : Math.max(4, (double) values.length / dims[0]);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((norm ? 1 : 0) + random.nextGaussian() / Math.sqrt(inputs));
    }
    return HostTensor.of(values, dims);
  }

  @Override
  public Tensor matrix(String name, long... dims) {
    return get(name, dims);
  }

  @Override
  public boolean has(String name) {
    return !(prefix + name).equals(asked.missing);
  }

  @Override
  public Weights under(String deeper) {
    return new RandomWeights(backend, prefix + deeper, asked);
  }

  @Override
  public Tensor constant(String name, HostTensor value) {
    synchronized (asked) {
      return asked.constants.computeIfAbsent(prefix + name, k -> backend.tensor(value));
    }
  }

  @Override
  public void close() {
    asked.made.values().forEach(Tensor::close);
    asked.constants.values().forEach(Tensor::close);
  }
}
