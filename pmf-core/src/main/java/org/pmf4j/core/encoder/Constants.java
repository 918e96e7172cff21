package org.pmf4j.core.encoder;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * Tables that families work out from their configuration, on a backend until they are closed. For
 * the one thread that loads the encoder.
 */
public final class Constants implements AutoCloseable {
  /** What the names of tables begin with among those of weights. */
  static final String PREFIX = "constant.";

  private final Backend backend;
  private final Map<String, Tensor> made = new ConcurrentHashMap<>();

  /** No tables yet. */
  public Constants(Backend backend) {
    this.backend = backend;
  }

  /** The table under a name: the first that was given. From any thread. */
  public Tensor get(String name, HostTensor value) {
    return made.computeIfAbsent(name, n -> backend.tensor(value));
  }

  /** The tables that there are, by name. */
  Map<String, Tensor> made() {
    return Map.copyOf(made);
  }

  @Override
  public void close() {
    made.values().forEach(Tensor::close);
    made.clear();
  }
}
