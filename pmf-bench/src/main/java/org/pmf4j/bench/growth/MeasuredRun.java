package org.pmf4j.bench.growth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.bench.json.JsonFile;

/**
 * The steps of a run. Immutable, so that any number of threads may share it.
 *
 * @param name of the file
 * @param steps in order, without those in which machines were still warming up
 */
public record MeasuredRun(String name, List<MeasuredStep> steps) {
  /** Bytes of the largest file: a run of a million steps has less. */
  private static final long LARGEST = 512L << 20;

  /** Copies the list. */
  public MeasuredRun {
    steps = List.copyOf(steps);
  }

  /**
   * Reads the file of {@code spark.pmf.steps}. The first epoch is left out, in which executors open
   * their encoders and Java compiles; so are steps of which a task was lost.
   *
   * @throws PmfException naming the file, and the line, that is none of it; or that it has no step
   *     behind its first epoch
   */
  public static MeasuredRun read(Path file) {
    List<MeasuredStep> steps = new ArrayList<>();
    int number = 0;
    for (String line : InputFile.text(file, LARGEST).lines().toList()) {
      number++;
      MeasuredStep step = JsonFile.parse(file + " line " + number, line, MeasuredStep.class);
      if (step.tasks().isEmpty() || step.slots() < 1) {
        throw PmfException.input(
            file + " line " + number + ": is not a step: write the file by spark.pmf.steps");
      }
      if (step.epoch() > 1 && step.failedTasks() == 0) {
        steps.add(step);
      }
    }
    if (steps.isEmpty()) {
      throw PmfException.input(
          file
              + ": has no step of a second epoch, and those of the first are not measured;"
              + " train for more epochs");
    }
    return new MeasuredRun(String.valueOf(file.getFileName()), steps);
  }

  /** A step, and what the driver did between it and the next of its epoch. */
  record Between(MeasuredStep step, double milliseconds) {}

  List<Between> betweens() {
    List<Between> all = new ArrayList<>();
    for (int i = 0; i + 1 < steps.size(); i++) {
      MeasuredStep one = steps.get(i);
      MeasuredStep next = steps.get(i + 1);
      if (next.step() == one.step() + 1 && next.epoch() == one.epoch()) {
        double ended = one.beganMs() + one.tookMs();
        all.add(new Between(one, Math.max(0, next.beganMs() - next.broadcastMs() - ended)));
      }
    }
    return all;
  }
}
