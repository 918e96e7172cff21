package org.pmf4j.bench.speed;

import java.nio.file.Path;
import java.util.List;
import org.pmf4j.api.error.PmfException;

/**
 * Which whole runs, from a table to a saved model, take turns with the original's. Immutable, so
 * that any number of threads may share it.
 *
 * @param epochs of each run, one run a number on each side; empty for no such runs
 * @param rows of the table
 * @param rounds how often
 * @param command that starts {@code pmf} in a process of its own, as it is typed in a shell
 */
public record WholeRuns(List<Integer> epochs, int rows, int rounds, String command) {
  private static final String SCRIPT = "table_to_model.py";

  /** None. */
  public static final WholeRuns NONE = new WholeRuns(List.of(), 1, 1, "pmf");

  /**
   * Checks the numbers.
   *
   * @throws PmfException naming the one that is less than 1
   */
  public WholeRuns {
    epochs = List.copyOf(epochs);
    epochs.forEach(e -> requirePositive("epochs of whole runs", e));
    requirePositive("rows of whole runs", rows);
    requirePositive("rounds of whole runs", rounds);
  }

  /** The script that runs both sides, beside that of the originals. */
  static Path script(Path originals) {
    return originals.resolveSibling(SCRIPT);
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw PmfException.usage(what + " must be 1 or more, got " + value);
    }
  }
}
