package org.pmf4j.bench.speed;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.bench.process.ChildTask;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.progress.Progress;

/**
 * Opens a backend in a process of its own, which a broken engine may bring down, and multiplies
 * once with it. For one thread at a time.
 */
public final class EngineTask implements ChildTask<EngineTask.Input, EngineTask.Output> {
  private static final int SIZE = 1024;
  private static final int TIMES = 5;

  /** Made by name. */
  public EngineTask() {}

  /**
   * What to open.
   *
   * @param backend its name
   * @param plugins folder of plugins; null for none
   */
  public record Input(String backend, String plugins) {}

  /**
   * What was opened.
   *
   * @param engine and its version
   * @param device that it runs on
   * @param threads that one operation may use
   * @param capabilities in lower case, in order of their declaration
   * @param openSeconds until the backend was open and had made a tensor
   * @param gflops of a product of two float32 matrices of 1,024 × 1,024, the best of some
   */
  public record Output(
      String engine,
      String device,
      int threads,
      List<String> capabilities,
      double openSeconds,
      double gflops) {}

  @Override
  public Output run(Input input, Progress progress) {
    ClassLoader loader = EngineTask.class.getClassLoader();
    try (PluginRegistry registry =
        input.plugins() == null
            ? PluginRegistry.discover(loader)
            : PluginRegistry.discover(loader, Path.of(input.plugins()))) {
      long began = System.nanoTime();
      try (Backend backend = registry.backends().get(input.backend()).open(BackendOptions.DEFAULT);
          Gemm gemm = new Gemm(backend, SIZE, MatrixPrecision.FLOAT32)) {
        gemm.run();
        double open = (System.nanoTime() - began) / 1e9;
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TIMES; i++) {
          began = System.nanoTime();
          gemm.run();
          best = Math.min(best, (System.nanoTime() - began) / 1e9);
        }
        BackendInfo info = backend.info();
        List<String> can =
            info.capabilities().stream()
                .sorted(Comparator.naturalOrder())
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .toList();
        return new Output(
            info.engine(), info.device(), info.threads(), can, open, Gemm.gflop(SIZE) / best);
      }
    }
  }
}
