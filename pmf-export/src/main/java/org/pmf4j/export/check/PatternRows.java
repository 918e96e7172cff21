package org.pmf4j.export.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;

/**
 * Rows to compare a graph on: those that have its modalities and no others; where there are none,
 * the first that have more, as if they had no more. Has no state: any thread may call it.
 */
public final class PatternRows {
  private static final int MOST_CUT = 32;

  private PatternRows() {}

  /**
   * The rows of a pattern.
   *
   * @param modalities the model's, in order
   * @throws PmfException if there are none
   */
  public static List<Example> required(
      ModalityPattern pattern, List<Example> rows, List<String> modalities) {
    List<Example> some = of(pattern, rows, modalities);
    if (some.isEmpty()) {
      throw PmfException.input(
          "--data: no row has "
              + pattern
              + ", on which that graph could be checked; leave it"
              + " out by --patterns, or give other rows");
    }
    return some;
  }

  /**
   * The rows of a pattern; may be none.
   *
   * @param modalities the model's, in order
   */
  public static List<Example> of(
      ModalityPattern pattern, List<Example> rows, List<String> modalities) {
    List<Example> own =
        rows.stream().filter(r -> ModalityPattern.of(r, modalities).equals(pattern)).toList();
    if (!own.isEmpty()) {
      return own;
    }
    Set<String> others = new HashSet<>(modalities);
    pattern.modalities().forEach(others::remove);
    return rows.stream()
        .filter(r -> pattern.modalities().stream().allMatch(m -> r.source(m).isPresent()))
        .limit(MOST_CUT)
        .map(r -> r.without(others))
        .toList();
  }
}
