package org.pmf4j.bench.methods.work;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.bench.machine.Engine;
import org.pmf4j.bench.process.ChildTask;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.InspectJob;

/** Reads data and encoders once, before long work begins. For one thread at a time. */
public final class InspectTask implements ChildTask<Setup, InspectTask.Subject> {
  /** Made by the child. */
  public InspectTask() {}

  /**
   * What the comparison is about.
   *
   * @param training rows to train on
   * @param validation rows that choose the best epoch
   * @param test rows that the saved weights are measured on
   * @param labels classes; for regression the name of the value
   * @param encoders by modality
   * @param engine that computes
   */
  public record Subject(
      InspectJob.Rows training,
      InspectJob.Rows validation,
      InspectJob.Rows test,
      List<String> labels,
      Map<String, InspectJob.EncoderSummary> encoders,
      Engine engine) {
    /** Copies the collections. */
    public Subject {
      labels = List.copyOf(labels);
      encoders = Collections.unmodifiableMap(new LinkedHashMap<>(encoders));
    }
  }

  @Override
  public Subject run(Setup setup, Progress progress) {
    Path nowhere = Path.of("inspection");
    try (Pmf pmf = setup.open()) {
      InspectJob.Inspection inspection = pmf.inspect(setup.all(nowhere).build());
      InspectJob.Rows validation = inspection.validation().orElseThrow();
      InspectJob.Rows test = validation;
      TableLocation table = setup.testTable();
      if (!table.equals(setup.validationTable())) {
        test = pmf.inspect(setup.all(nowhere).validation(table).build()).validation().orElseThrow();
      }
      return new Subject(
          inspection.training(),
          validation,
          test,
          inspection.labels(),
          inspection.encoders(),
          Engine.of(pmf.backend().info()));
    }
  }
}
