package org.pmf4j.testkit.fusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

/** Makes parameters as a host does, from their names or from saved values; owns them. */
final class KeptParameters implements Parameters, AutoCloseable {
  private final Backend backend;
  private final Map<String, HostTensor> saved;
  private final Map<String, Parameter> made = new LinkedHashMap<>();

  /**
   * Parameters.
   *
   * @param saved values by name; those without one start as the method says
   */
  KeptParameters(Backend backend, Map<String, HostTensor> saved) {
    this.backend = backend;
    this.saved = saved;
  }

  @Override
  public Parameter make(String name, Role role, Start start, long... dims) {
    if (made.containsKey(name)) {
      throw new AssertionError("two parameters are called " + name);
    }
    HostTensor value = saved.containsKey(name) ? saved.get(name) : fresh(name, start, dims);
    if (!value.shape().equals(Shape.of(dims))) {
      throw new AssertionError(name + " was saved as " + value.shape() + ", and is now another");
    }
    Parameter p = backend.parameter(name, value);
    made.put(name, p);
    return p;
  }

  private static HostTensor fresh(String name, Start start, long... dims) {
    Random random = new Random(name.hashCode());
    float[] values = new float[Math.toIntExact(Shape.of(dims).size())];
    if (start instanceof Start.Constant c) {
      Arrays.fill(values, (float) c.value());
    }
    for (int i = 0; i < values.length; i++) {
      if (start instanceof Start.Normal n) {
        values[i] = (float) (random.nextGaussian() * n.deviation());
      } else if (start instanceof Start.Uniform u) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * u.bound());
      }
    }
    return HostTensor.of(values, dims);
  }

  List<Parameter> all() {
    return new ArrayList<>(made.values());
  }

  Map<String, HostTensor> read() {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    made.forEach((name, p) -> values.put(name, backend.read(p.value())));
    return values;
  }

  @Override
  public void close() {
    made.values().forEach(Parameter::close);
  }
}
