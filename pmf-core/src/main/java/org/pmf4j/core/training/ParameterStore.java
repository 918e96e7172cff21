package org.pmf4j.core.training;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.safetensors.LazyTensor;

/**
 * Makes and owns trainable parameters. A new one starts from a seed and its own name, so that its
 * value depends neither on the order nor on the backend. For one thread at a time.
 */
public final class ParameterStore implements Parameters, AutoCloseable {
  private final Backend backend;
  private final long seed;
  private final Initial initial;
  private final OptionalLong trainingRows;
  private final Map<String, TrainedParameter> made = new LinkedHashMap<>();

  /** Where saved values come from, if anywhere. */
  @FunctionalInterface
  public interface Initial {
    /**
     * The saved value of a parameter, or null for a new one.
     *
     * @throws PmfException if values are saved but this one is missing
     */
    HostTensor get(String name);

    /** What messages about saved values begin with, such as a file and a colon. */
    default String place() {
      return "";
    }
  }

  /** Parameters that start from a seed. */
  public ParameterStore(Backend backend, long seed) {
    this(backend, seed, name -> null);
  }

  /**
   * Parameters that start from saved values, and from a seed where there is none.
   *
   * @param seed any number
   * @param initial saved values
   */
  public ParameterStore(Backend backend, long seed, Initial initial) {
    this(backend, seed, initial, OptionalLong.empty());
  }

  private ParameterStore(Backend backend, long seed, Initial initial, OptionalLong trainingRows) {
    this.backend = backend;
    this.seed = seed;
    this.initial = initial;
    this.trainingRows = trainingRows;
  }

  /**
   * Parameters that are going to be trained, from saved values where there are any.
   *
   * @param seed any number
   * @param initial saved values
   * @param rows that they are trained on
   */
  public static ParameterStore trainedOn(long rows, Backend backend, long seed, Initial initial) {
    return new ParameterStore(backend, seed, initial, OptionalLong.of(rows));
  }

  @Override
  public OptionalLong trainingRows() {
    return trainingRows;
  }

  @Override
  public Parameter make(String name, Role role, Start start, long... dims) {
    Shape shape = Shape.of(dims);
    return make(name, shape, role, TrainedParameter.Owner.NEW, () -> fresh(name, start, shape));
  }

  /**
   * An encoder's weight, which starts from a given value where none is saved.
   *
   * @param name as it is saved
   * @param start FLOAT32, copied
   */
  public Parameter make(String name, HostTensor start) {
    Role role = Role.named(name, start.shape().rank());
    return make(name, start.shape(), role, TrainedParameter.Owner.ENCODER, () -> start);
  }

  private Parameter make(
      String name,
      Shape shape,
      Role role,
      TrainedParameter.Owner owner,
      Supplier<HostTensor> start) {
    if (made.containsKey(name)) {
      throw new IllegalArgumentException("a parameter " + name + " was made before");
    }
    HostTensor value = fitting(initial, name, shape);
    Parameter p = backend.parameter(name, value == null ? start.get() : value);
    made.put(name, new TrainedParameter(p, role, owner));
    return p;
  }

  private static HostTensor fitting(Initial values, String name, Shape shape) {
    HostTensor value = values.get(name);
    if (value != null && (!value.shape().equals(shape) || value.dtype() != DType.FLOAT32)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%stensor %s is %s %s, expected %s %s",
              values.place(),
              name,
              value.dtype(),
              value.shape(),
              DType.FLOAT32,
              shape));
    }
    return value;
  }

  /** All parameters in the order in which they were made. */
  public List<Parameter> all() {
    return new ArrayList<>(made.values().stream().map(TrainedParameter::parameter).toList());
  }

  /** All of them with what a trainer must know, in the order in which they were made. */
  public List<TrainedParameter> trained() {
    return List.copyOf(made.values());
  }

  /** The current values by name. */
  public Map<String, HostTensor> read() {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    made.forEach((name, p) -> values.put(name, backend.read(p.parameter().value())));
    return values;
  }

  /** The current values by name, each read when it is written to a file. */
  public Map<String, LazyTensor> pending() {
    return pending(backend, all());
  }

  /** The current values of some parameters by name, each read when it is written to a file. */
  static Map<String, LazyTensor> pending(Backend backend, Collection<Parameter> parameters) {
    Map<String, LazyTensor> values = new LinkedHashMap<>();
    for (Parameter p : parameters) {
      DType type = p.value().dtype();
      values.put(p.name(), new LazyTensor(p.shape(), type, () -> backend.read(p.value())));
    }
    return values;
  }

  /**
   * Replaces all values.
   *
   * @param values one for each parameter
   * @throws PmfException if one is missing or has another shape
   */
  public void assign(Initial values) {
    Map<String, HostTensor> found = new LinkedHashMap<>();
    made.forEach((name, p) -> found.put(name, fitting(values, name, p.parameter().shape())));
    Map<String, Tensor> in = new LinkedHashMap<>();
    found.forEach((name, value) -> in.put(name, backend.tensor(value)));
    try (Program assign =
        backend.training(
            "assign",
            (inputs, tape) -> {
              made.forEach((name, p) -> tape.assign(p.parameter(), inputs.get(name)));
              return Named.none();
            })) {
      assign.run(Named.of(in));
    } finally {
      in.values().forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    all().forEach(Parameter::close);
    made.clear();
  }

  private HostTensor fresh(String name, Start start, Shape shape) {
    float[] values = new float[Math.toIntExact(shape.size())];
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + crc.getValue());
    if (start instanceof Start.Normal n) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (gaussian(random) * n.deviation());
      }
    } else if (start instanceof Start.Uniform u) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * u.bound());
      }
    } else if (start instanceof Start.Constant c) {
      Arrays.fill(values, (float) c.value());
    }
    return HostTensor.of(values, shape.dims());
  }

  /** Box–Muller with StrictMath, so that every machine draws the same numbers. */
  private static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
