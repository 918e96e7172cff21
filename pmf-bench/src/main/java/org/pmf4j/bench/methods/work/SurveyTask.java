package org.pmf4j.bench.methods.work;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.bench.machine.Engine;
import org.pmf4j.bench.process.ChildTask;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.SurveyJob;

/** Reads data and encoders once, before long work begins. For one thread at a time. */
public final class SurveyTask implements ChildTask<Setup, SurveyTask.Subject> {
  /** Made by the child. */
  public SurveyTask() {}

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
      SurveyJob.Rows training,
      SurveyJob.Rows validation,
      SurveyJob.Rows test,
      List<String> labels,
      Map<String, SurveyJob.Facts> encoders,
      Engine engine) {
    /** Copies the collections. */
    public Subject {
      labels = List.copyOf(labels);
      encoders = Collections.unmodifiableMap(new LinkedHashMap<>(encoders));
    }
  }

  @Override
  public Subject run(Setup setup, Progress progress) {
    Path nowhere = Path.of("survey");
    try (Pmf pmf = setup.open()) {
      SurveyJob.Survey survey = pmf.survey(setup.all(nowhere).build());
      SurveyJob.Rows validation = survey.validation().orElseThrow();
      SurveyJob.Rows test = validation;
      if (!setup.test().equals(setup.validation())) {
        Path table = Path.of(setup.test());
        test = pmf.survey(setup.all(nowhere).validation(table).build()).validation().orElseThrow();
      }
      return new Subject(
          survey.training(),
          validation,
          test,
          survey.labels(),
          survey.encoders(),
          Engine.of(pmf.backend().info()));
    }
  }
}
