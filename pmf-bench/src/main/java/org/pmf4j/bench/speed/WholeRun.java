package org.pmf4j.bench.speed;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.bench.statistics.Spread;

/**
 * What whole processes took from a table to a saved model, of so many epochs. Immutable, so that
 * any number of threads may share it.
 *
 * @param epochs of training
 * @param precision of frozen matrices here, of autocast there
 * @param ours what {@code pmf train} took
 * @param original what a usual loop of PyTorch took
 * @param timesAsFast the original's wall time over ours, round by round
 * @param timesLessProcessor the same of processor time
 */
public record WholeRun(
    int epochs,
    String precision,
    Side ours,
    Side original,
    Spread timesAsFast,
    Spread timesLessProcessor) {
  private static final String WALL = "wall";
  private static final String PROCESSOR = "processor";

  /**
   * One side, as the system counts it.
   *
   * @param milliseconds from start to end
   * @param processorMilliseconds of user and system
   * @param peakBytes most resident memory
   */
  public record Side(Spread milliseconds, Spread processorMilliseconds, Spread peakBytes) {}

  /** What it is called, such as {@code 1 epoch, fp32}. */
  public String title() {
    return epochs + (epochs == 1 ? " epoch, " : " epochs, ") + precision;
  }

  /** Those of a notebook. */
  static List<WholeRun> of(SpeedSettings settings, Measurements notebook) {
    List<WholeRun> all = new ArrayList<>();
    for (String p : settings.precisions()) {
      for (int e : settings.wholeRuns().epochs()) {
        all.add(
            new WholeRun(
                e,
                p,
                side(notebook, p, TableToModel.OURS, e),
                side(notebook, p, TableToModel.ORIGINAL, e),
                ratio(notebook, p, e, WALL),
                ratio(notebook, p, e, PROCESSOR)));
      }
    }
    return all;
  }

  private static Side side(Measurements notebook, String precision, String side, int epochs) {
    return new Side(
        Spread.of(notebook.series(TableToModel.key(precision, side, epochs, WALL))),
        Spread.of(notebook.series(TableToModel.key(precision, side, epochs, PROCESSOR))),
        Spread.of(notebook.series(TableToModel.key(precision, side, epochs, "peak"))));
  }

  private static Spread ratio(Measurements notebook, String precision, int epochs, String what) {
    return notebook
        .ratio(
            TableToModel.key(precision, TableToModel.ORIGINAL, epochs, what),
            TableToModel.key(precision, TableToModel.OURS, epochs, what))
        .orElseThrow();
  }
}
