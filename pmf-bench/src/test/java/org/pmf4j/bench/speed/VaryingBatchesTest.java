package org.pmf4j.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.FusionObjective;
import org.pmf4j.core.run.RunPlan;
import org.pmf4j.core.run.RunPlanner;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.run.TrainingRows;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.TargetRows;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingStep;
import org.pmf4j.core.transformer.StandardTransformerLayers;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.core.trunk.Trunks;
import org.pmf4j.testkit.backend.NativeMemory;

/**
 * Training over texts of any length, of which some have no picture. With {@code -Dlong} the memory
 * is watched over 5,000 steps.
 */
@DisplayName("Training over batches of which no two have the same shapes")
class VaryingBatchesTest {
  private static final boolean LONG = Boolean.getBoolean("long");

  /** Until every graph has been built that there will be, and the allocator has its blocks. */
  private static final int BEFORE = LONG ? 1_000 : 100;

  private static final int STEPS = LONG ? 5_000 : 200;

  /** Three graphs of rare shapes and the allocator's habits; a graph a batch takes gigabytes. */
  private static final long ALLOWED_MIB = 96;

  /** With and without pictures, one row or more, padded or not, and worth packing or not. */
  private static final int MOST_GRAPHS = 12;

  private static final int ROWS = 150;
  private static final int BATCH = 8;
  private static final Sizes SIZES = new Sizes(16, 2, 2, 32, 5, 90, 200, 3, BATCH, 1, 2);

  @TempDir private Path folder;

  @ParameterizedTest(name = "on {0}")
  @DisplayName("reaches a plateau of memory, with few graphs")
  @ValueSource(strings = {"djl", "tf"})
  void plateau(String name) {
    NativeMemory.assumeMeasurable();
    PluginRegistry plugins = PluginRegistry.discover(getClass().getClassLoader());
    try (Backend real = plugins.backends().get(name).open(BackendOptions.DEFAULT)) {
      Traces backend = new Traces(real);
      EncoderLoader loader = new EncoderLoader(backend, plugins, new StandardTransformerLayers());
      Map<String, Path> directories = RandomEncoders.in(folder, SIZES, loader, plugins);
      TrainConfigBuilder config =
          TrainConfig.builder()
              .data(folder)
              .out(folder)
              .setting("fusion-layers", 1)
              .cache(
                  new CacheConfig(Optional.of(folder.resolve("cache")), CachedTrunks.Storage.FP32));
      directories.forEach(config::encoder);
      RunPlan plan = new RunPlanner(plugins, loader).plan(config.build());
      TrainingRows rows = new TrainingRows(examples(), targets(), Loss.CROSS_ENTROPY);
      try (FusedModel model =
              FusedModel.load(loader, plan.blueprint(3), new ParameterStore(backend, 1));
          Trunks trunks = plan.trunks(backend, model)) {
        train(name, backend, new FusionObjective(plan, model, trunks, rows));
      }
    }
  }

  private static void train(String name, Traces backend, FusionObjective objective) {
    Random random = new Random(5);
    try (TrainingStep step = new TrainingStep(backend, objective, TrainSettings.DEFAULT)) {
      steps(objective, step, random, 0, BEFORE);
      long before = NativeMemory.residentKib();
      StringBuilder course = new StringBuilder();
      for (int part = 0; part < 10; part++) {
        steps(objective, step, random, BEFORE + part * STEPS / 10, STEPS / 10);
        course.append(' ').append((NativeMemory.residentKib() - before) / 1024);
      }
      long grown = (NativeMemory.residentKib() - before) / 1024;
      System.out.println(
          name
              + ": graphs "
              + backend.graphs()
              + ", "
              + before / 1024
              + " MiB, then MiB more:"
              + course);
      assertThat(grown).as("MiB of growth over %d steps", STEPS).isLessThan(ALLOWED_MIB);
      backend
          .graphs()
          .forEach((p, n) -> assertThat(n).as("graphs of %s", p).isLessThanOrEqualTo(MOST_GRAPHS));
    }
  }

  private static void steps(
      FusionObjective objective, TrainingStep step, Random random, int from, int count) {
    for (int i = from; i < from + count; i++) {
      List<Integer> rows = random.ints(0, ROWS).distinct().limit(BATCH).boxed().toList();
      List<Batch<HostTensor>> parts = objective.prepare(rows, 0, i);
      step.take(parts, i + 1, 1e-3);
      parts.forEach(objective::release);
    }
  }

  private static List<Example> examples() {
    Random random = new Random(4);
    List<Example> examples = new ArrayList<>();
    for (Example whole : RandomSamples.of(SIZES, ROWS)) {
      Map<String, Source> sources = new LinkedHashMap<>();
      if (random.nextInt(10) > 2) {
        sources.put(RandomSamples.IMAGE, whole.requireSource(RandomSamples.IMAGE));
      }
      String letter = String.valueOf((char) ('a' + random.nextInt(26)));
      String text = (letter + ' ').repeat(1 + random.nextInt(80)) + whole.place();
      sources.put(RandomSamples.TEXT, new Source.Text(text));
      examples.add(new Example(whole.place(), sources, Optional.empty()));
    }
    return examples;
  }

  private static TargetRows targets() {
    float[][] targets = new float[ROWS][3];
    for (int i = 0; i < ROWS; i++) {
      targets[i][i % 3] = 1;
    }
    return TargetRows.of(targets);
  }

  /**
   * A backend that counts the graphs, told by an open dimension, that its programs are built as.
   */
  private record Traces(Backend real, Map<String, AtomicInteger> counts) implements Backend {
    Traces(Backend real) {
      this(real, new ConcurrentHashMap<>());
    }

    Map<String, Integer> graphs() {
      return counts.entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey, e -> e.getValue().get(), (a, b) -> a, TreeMap::new));
    }

    private void count(String program, Named<Tensor> in) {
      boolean open =
          in.asMap().values().stream()
              .map(Tensor::shape)
              .anyMatch(s -> Shape.of(s.dims()).toString().contains("?"));
      if (open) {
        counts.computeIfAbsent(program, p -> new AtomicInteger()).incrementAndGet();
      }
    }

    @Override
    public Program inference(String name, InferenceBody body) {
      return real.inference(
          name,
          in -> {
            count(name, in);
            return body.apply(in);
          });
    }

    @Override
    public Program training(String name, TrainingBody body) {
      return real.training(
          name,
          (in, tape) -> {
            count(name, in);
            return body.apply(in, tape);
          });
    }

    @Override
    public BackendInfo info() {
      return real.info();
    }

    @Override
    public Tensor tensor(HostTensor data) {
      return real.tensor(data);
    }

    @Override
    public Parameter parameter(String name, HostTensor initial) {
      return real.parameter(name, initial);
    }

    @Override
    public HostTensor read(Tensor tensor) {
      return real.read(tensor);
    }

    @Override
    public void close() {
      throw new AssertionError("the backend is its owner's");
    }
  }
}
