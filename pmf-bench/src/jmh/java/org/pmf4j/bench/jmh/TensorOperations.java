package org.pmf4j.bench.jmh;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.plugin.PluginRegistry;

/** One operation, forward alone, and forward and backward by input and weight. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TensorOperations {
  /** The backend's name. */
  @Param({"djl", "tf"})
  public String backend;

  /** The operation. */
  @Param public Operation operation;

  private PluginRegistry plugins;
  private Backend engine;
  private Parameter input;
  private Parameter weight;
  private Program forward;
  private Program both;

  /** Made by JMH. */
  public TensorOperations() {}

  /** Opens the backend and compiles the programs. */
  @Setup(Level.Trial)
  public void open() {
    plugins = PluginRegistry.discover(TensorOperations.class.getClassLoader());
    engine = plugins.backends().get(backend).open(BackendOptions.DEFAULT);
    SplittableRandom random = new SplittableRandom(3);
    input = engine.parameter("input", normal(random, operation.input()));
    weight = engine.parameter("weight", normal(random, operation.weight()));
    forward = engine.inference("forward", in -> Named.of("y", sum()));
    both =
        engine.training(
            "both",
            (in, tape) -> {
              List<Tensor> gradients = tape.gradients(sum(), List.of(input, weight));
              return Named.of("y", gradients.get(0).sum().add(gradients.get(1).sum()));
            });
  }

  /** One number, which costs little beside the operation and lets nothing be left out. */
  private Tensor sum() {
    return operation.apply(input.value(), weight.value()).square().sum();
  }

  private static HostTensor normal(SplittableRandom random, long... dims) {
    float[] values = new float[Math.toIntExact(Shape.of(dims).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() - 0.5);
    }
    return HostTensor.of(values, dims);
  }

  /** Forward. */
  @Benchmark
  public float forward() {
    return run(forward);
  }

  /** Forward and backward. */
  @Benchmark
  public float forwardAndBackward() {
    return run(both);
  }

  private float run(Program program) {
    try (Tensor y = program.run(Named.none()).get("y")) {
      return engine.read(y).floats()[0];
    }
  }

  /** Closes all. */
  @TearDown(Level.Trial)
  public void close() {
    forward.close();
    both.close();
    input.close();
    weight.close();
    engine.close();
    plugins.close();
  }
}
