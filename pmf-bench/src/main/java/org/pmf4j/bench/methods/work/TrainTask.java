package org.pmf4j.bench.methods.work;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.pmf4j.bench.process.ChildTask;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.model.ModelDirectory;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.TrainReport;

/** Trains a cell, or goes on with its training. For one thread at a time. */
public final class TrainTask implements ChildTask<Job, TrainTask.Trained> {
  /** Made by the child. */
  public TrainTask() {}

  /**
   * What training came to.
   *
   * @param trainable number of trained weights
   * @param total number of all weights
   * @param epochs trained
   * @param steps of the optimizer
   * @param bestEpoch whose weights were saved, from 1
   * @param validation metrics of the saved weights on the validation table
   * @param memory of the process at its peak; null where the system does not tell
   * @param stepSeconds time of a step: the median, without the first few
   * @param epochSeconds time of all steps of an epoch: the median of the epochs
   * @param seconds in all, validation included
   * @param interruptions how often training was interrupted and gone on with
   */
  public record Trained(
      long trainable,
      long total,
      int epochs,
      long steps,
      int bestEpoch,
      Map<String, Double> validation,
      ResidentMemory memory,
      double stepSeconds,
      double epochSeconds,
      double seconds,
      int interruptions) {}

  @Override
  public Trained run(Job job, Progress progress) {
    Path folder = Path.of(job.folder());
    Interrupted before = Interrupted.read(folder);
    try (Pmf pmf = job.setup().open()) {
      OptionalLong started = ResidentMemory.started();
      long began = System.nanoTime();
      TrainReport report =
          pmf.train(
              job.setup().config(job.cell(), folder, Path.of(job.cache())),
              progress,
              epoch ->
                  before
                      .and(ResidentMemory.since(started), (System.nanoTime() - began) / 1e9)
                      .write(folder));
      StepTimes times = StepTimes.read(new ModelDirectory(folder).log());
      Interrupted all = before.and(ResidentMemory.since(started), report.seconds());
      return new Trained(
          report.config().trainableParameters(),
          report.config().totalParameters(),
          report.outcome().epochs(),
          report.outcome().steps(),
          report.outcome().bestEpoch(),
          report.validation().orElseThrow().metrics(),
          all.memory(),
          times.step(),
          times.epoch(),
          all.seconds(),
          all.parts() - 1);
    }
  }
}
