package org.pmf4j.bench.growth;

import java.nio.file.Path;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.machine.Provenance;
import org.pmf4j.bench.report.Result;

/**
 * Predicts from files of measured steps, and writes {@code growth.json} and {@code growth.html}.
 * Immutable, so that any number of threads may share it.
 *
 * @param files of runs of one model, with few executors
 * @param rows of a step, or of each executor where steps grow
 * @param link bytes a second of each machine's network
 * @param out folder for both, which is there
 */
public record GrowthRun(List<Path> files, int rows, double link, Path out) {
  /**
   * Checks the numbers.
   *
   * @throws PmfException if there is no file, or a number is not above 0
   */
  public GrowthRun {
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw PmfException.usage("name a file of measured steps, such as spark.pmf.steps wrote");
    }
    if (rows < 1 || !(link > 0) || Double.isInfinite(link)) {
      throw PmfException.usage("rows and link must be above 0");
    }
  }

  /**
   * What was predicted, and where it was written.
   *
   * @param growth the figures
   * @param result the files
   */
  public record Outcome(Growth growth, Result result) {}

  /**
   * Predicts.
   *
   * @param words of the command line
   * @throws PmfException naming the file that cannot be read or written, and the reason
   */
  public Outcome run(List<String> words) {
    StepFit fit = StepFit.of(files.stream().map(MeasuredRun::read).toList());
    List<String> names = files.stream().map(Path::toString).toList();
    Growth growth = Growth.of(fit, names, rows, link, Provenance.now(words, List.of()));
    Result result = Result.in(out, "growth");
    result.write(growth, GrowthPage.of(growth), growth.origin());
    return new Outcome(growth, result);
  }
}
