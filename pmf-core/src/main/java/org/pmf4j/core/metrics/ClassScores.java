package org.pmf4j.core.metrics;

/**
 * How well one class is told from the others. Immutable, so that any number of threads may share
 * it.
 *
 * @param label the class
 * @param precision share of the rows given this label that have it; 0 if none was given it
 * @param recall share of the rows with this label that were given it; 0 if none has it
 * @param f1 harmonic mean of the two; 0 where both are 0
 * @param support number of rows that have this label
 */
public record ClassScores(String label, double precision, double recall, double f1, long support) {
  static ClassScores of(String label, long truePositives, long predicted, long support) {
    return new ClassScores(
        label,
        ratio(truePositives, predicted),
        ratio(truePositives, support),
        f1(truePositives, predicted, support),
        support);
  }

  static double f1(long truePositives, long predicted, long support) {
    return ratio(2 * truePositives, predicted + support);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
