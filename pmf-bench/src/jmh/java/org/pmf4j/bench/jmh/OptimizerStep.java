package org.pmf4j.bench.jmh;

import java.util.List;
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
import org.pmf4j.api.fusion.Parameters.Start;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.training.Objective;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainedParameter;
import org.pmf4j.core.training.TrainingStep;

/**
 * AdamW over 2.4 million weights in 8 matrices, with clipping, after the cheapest of losses: about
 * what PMF trains over two encoders of the base size.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OptimizerStep {
  /** The backend's name. */
  @Param({"djl", "tf"})
  public String backend;

  private PluginRegistry plugins;
  private Backend engine;
  private ParameterStore store;
  private TrainingStep step;
  private long steps;

  /** Made by JMH. */
  public OptimizerStep() {}

  /** Makes the parameters. */
  @Setup(Level.Trial)
  public void open() {
    plugins = PluginRegistry.discover(OptimizerStep.class.getClassLoader());
    engine = plugins.backends().get(backend).open(BackendOptions.DEFAULT);
    store = new ParameterStore(engine, 1);
    for (int i = 0; i < 8; i++) {
      store.make(i + ".weight", new Start.Normal(0.02), 384, 768);
    }
    step = new TrainingStep(engine, new Squares(store.trained()), TrainSettings.DEFAULT);
  }

  /** A step. */
  @Benchmark
  public double adamW() {
    return step.take(List.of(Batch.of(Named.none())), ++steps, 1e-4);
  }

  /** Closes all. */
  @TearDown(Level.Trial)
  public void close() {
    step.close();
    store.close();
    engine.close();
    plugins.close();
  }

  /** The sum of the squares of all parameters. */
  private record Squares(List<TrainedParameter> parameters) implements Objective {
    @Override
    public int rows() {
      return 1;
    }

    @Override
    public int length(int row) {
      return 0;
    }

    @Override
    public List<Batch<HostTensor>> prepare(List<Integer> rows, int epoch, long seed) {
      return List.of(Batch.of(Named.none()));
    }

    @Override
    public Batch<Tensor> place(Batch<HostTensor> part) {
      return Batch.of(Named.none());
    }

    @Override
    public Tensor loss(Batch<Tensor> part) {
      return parameters.stream()
          .map(p -> p.parameter().value().square().sum().reshape(1))
          .reduce(Tensor::add)
          .orElseThrow();
    }
  }
}
