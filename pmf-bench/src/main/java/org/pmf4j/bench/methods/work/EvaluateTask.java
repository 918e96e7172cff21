package org.pmf4j.bench.methods.work;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.pmf4j.bench.process.ChildTask;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.progress.Progress;

/**
 * Loads what a cell has saved and measures it, as a user of the model would. For one thread at a
 * time.
 */
public final class EvaluateTask implements ChildTask<Job, EvaluateTask.Evaluated> {
  /** Rows of the first, untimed pass, in which an engine still compiles and reserves. */
  private static final int WARM_UP = 64;

  /** Made by the child. */
  public EvaluateTask() {}

  /**
   * What evaluation found.
   *
   * @param rows of the table
   * @param metrics by name
   * @param patterns where rows lack modalities, the metrics of the rows of each pattern
   * @param memory of the process at its peak; null where the system does not tell
   * @param sampleSeconds time for one sample, preprocessing included and nothing cached
   */
  public record Evaluated(
      long rows,
      Map<String, Double> metrics,
      Map<String, Map<String, Double>> patterns,
      ResidentMemory memory,
      double sampleSeconds) {}

  @Override
  public Evaluated run(Job job, Progress progress) {
    try (Pmf pmf = job.setup().open()) {
      OptionalLong started = ResidentMemory.started();
      try (Classifier classifier = pmf.load(Path.of(job.folder()))) {
        List<Example> rows =
            classifier.read(
                job.setup().testTable(), job.setup().reading().options(), Table.Labelled.REQUIRED);
        classifier.predict(rows.subList(0, Math.min(WARM_UP, rows.size())), Progress.SILENT);
        long began = System.nanoTime();
        EvaluationResult found = classifier.evaluate(rows, progress);
        double seconds = (System.nanoTime() - began) / 1e9;
        Map<String, Map<String, Double>> patterns = new LinkedHashMap<>();
        found.patterns().forEach((name, r) -> patterns.put(name, r.metrics()));
        return new Evaluated(
            found.rows(),
            found.metrics(),
            patterns,
            ResidentMemory.since(started),
            seconds / found.rows());
      }
    }
  }
}
