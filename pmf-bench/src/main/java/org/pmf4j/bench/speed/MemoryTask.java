package org.pmf4j.bench.speed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.pmf4j.bench.process.ChildJvm;
import org.pmf4j.bench.process.ChildTask;
import org.pmf4j.bench.process.ProcessMemory;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.progress.Progress;

/** Tells the memory of one variant, in a process where nothing else runs. */
public final class MemoryTask implements ChildTask<MemoryTask.Input, MemoryTask.Output> {
  /** How often a variant runs. */
  private static final int TIMES = 3;

  /** Made by name. */
  public MemoryTask() {}

  /**
   * What to run.
   *
   * @param work on which
   * @param variant its key
   * @param times how often
   */
  public record Input(Work work, String variant, int times) {}

  /**
   * Resident memory in bytes; null where the system does not tell.
   *
   * @param engine with the backend open and nothing loaded
   * @param peak the most while the variant ran
   */
  public record Output(Long engine, Long peak) {}

  /**
   * Runs a variant in a process of its own, where that was not done before.
   *
   * @param key of its timing in the notebook
   */
  static void measure(
      Work work, Variant variant, String key, Notebook notebook, Progress progress) {
    String memory = "memory/" + key;
    notebook.measureOnce(
        memory,
        () -> {
          Output m =
              ChildJvm.likeThis()
                  .run(
                      "memory of " + variant.key(),
                      MemoryTask.class,
                      new Input(work, variant.key(), TIMES),
                      Output.class,
                      progress);
          Map<String, Double> values = new LinkedHashMap<>();
          if (m.peak() != null && m.engine() != null) {
            double weights = new Weighing(work.sizes()).bytes(variant, work.precision());
            values.put(memory + "/peak", (double) m.peak());
            values.put(memory + "/above", Math.max(0, m.peak() - m.engine() - weights));
          }
          return values;
        });
  }

  @Override
  public Output run(Input input, Progress progress) {
    Work work = input.work();
    Variant variant = Variant.named(input.variant());
    List<Example> examples = Samples.of(work.sizes(), work.sizes().batch());
    try (Pmf pmf = work.open()) {
      new Gemm(pmf.backend(), 8, work.matrices()).close();
      System.gc();
      OptionalLong engine = ProcessMemory.resident();
      try (Workbench bench = new Workbench(pmf, work)) {
        Session session = bench.open(variant, examples);
        boolean anew = ProcessMemory.resetPeak();
        try (Progress.Bar bar =
            progress.begin("memory of " + variant.key(), input.times(), "runs")) {
          for (int i = 0; i < input.times(); i++) {
            session.run(work.sizes().batch());
            bar.advance(1, "");
          }
        }
        OptionalLong peak = anew ? ProcessMemory.peak() : OptionalLong.empty();
        return new Output(boxed(engine), boxed(peak));
      }
    }
  }

  private static Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
