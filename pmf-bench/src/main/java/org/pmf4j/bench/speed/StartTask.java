package org.pmf4j.bench.speed;

import java.lang.management.ManagementFactory;
import org.pmf4j.bench.process.ChildTask;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.progress.Progress;

/**
 * Tells how long a fresh process takes to open a backend and to take a first step of training, or
 * of inference where the backend does not train. For one thread at a time.
 */
public final class StartTask implements ChildTask<WorkSpec, StartTask.Output> {
  /** Made by name. */
  public StartTask() {}

  /**
   * Milliseconds.
   *
   * @param jvm from the start of the process to this task
   * @param open from there until the backend is open
   * @param load from there until encoders and model are loaded
   * @param firstStep the first step, compilation included
   */
  public record Output(double jvm, double open, double load, double firstStep) {}

  @Override
  public Output run(WorkSpec work, Progress progress) {
    double jvm = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    long began = System.nanoTime();
    try (Pmf pmf = work.open()) {
      // Some engines load their libraries at the first tensor
      new Gemm(pmf.backend(), 8, work.matrices()).close();
      double open = since(began);
      began = System.nanoTime();
      try (Fixture bench = new Fixture(pmf, work)) {
        int batch = work.sizes().batch();
        VariantRun session =
            bench.open(BackendsRun.firstWork(pmf, work), RandomSamples.of(work.sizes(), batch));
        double load = since(began);
        began = System.nanoTime();
        session.run(batch);
        return new Output(jvm, open, load, since(began));
      }
    }
  }

  private static double since(long moment) {
    return (System.nanoTime() - moment) / 1e6;
  }
}
