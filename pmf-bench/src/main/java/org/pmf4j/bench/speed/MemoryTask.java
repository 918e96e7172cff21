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
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.progress.Progress;

/**
 * Tells the memory of one variant, in a process where nothing else runs. For one thread at a time.
 */
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
  public record Input(WorkSpec work, String variant, int times) {}

  /**
   * Resident memory in bytes; null where the system does not tell.
   *
   * @param peak the most while the variant ran
   * @param above the same without what was there when frozen encoders were loaded, and without
   *     weights that came later: those that were only mapped then and were read by the runs, or
   *     those that are trained. Null where loading converts weights: what it frees is used again
   */
  public record Output(Long peak, Long above) {}

  /**
   * Runs a variant in a process of its own, where that was not done before.
   *
   * @param key of its timing in the notebook
   */
  static void measure(
      WorkSpec work, SpeedVariant variant, String key, Measurements notebook, Progress progress) {
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
          if (m.peak() != null) {
            values.put(memory + "/peak", (double) m.peak());
          }
          if (m.above() != null) {
            values.put(memory + "/above", (double) m.above());
          }
          return values;
        });
  }

  @Override
  public Output run(Input input, Progress progress) {
    WorkSpec work = input.work();
    SpeedVariant variant = SpeedVariant.named(input.variant());
    List<Example> examples = RandomSamples.of(work.sizes(), work.sizes().batch());
    try (Pmf pmf = work.open();
        Fixture bench = new Fixture(pmf, work)) {
      bench.load(variant);
      System.gc();
      OptionalLong loaded = ProcessMemory.resident();
      OptionalLong mapped = ProcessMemory.mapped();
      VariantRun session = bench.open(variant, examples);
      boolean anew = ProcessMemory.resetPeak();
      try (Progress.Bar bar = progress.begin("memory of " + variant.key(), input.times(), "runs")) {
        for (int i = 0; i < input.times(); i++) {
          session.run(work.sizes().batch());
          bar.advance(1, "");
        }
      }
      OptionalLong peak = ProcessMemory.peak();
      OptionalLong read = ProcessMemory.mapped();
      if (!anew || loaded.isEmpty() || mapped.isEmpty() || peak.isEmpty() || read.isEmpty()) {
        return new Output(null, null);
      }
      long weights =
          bench.isFrozen(variant)
              ? Math.max(0, read.getAsLong() - mapped.getAsLong())
              : Float.BYTES * session.trained();
      long above = peak.getAsLong() - loaded.getAsLong() - weights;
      boolean told = work.matrices() == MatrixPrecision.FLOAT32 && above > 0;
      return new Output(peak.getAsLong(), told ? above : null);
    }
  }
}
