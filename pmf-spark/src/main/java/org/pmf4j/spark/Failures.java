package org.pmf4j.spark;

import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/** What failed jobs say to people. Has no state: any thread may call it. */
public final class Failures {
  private Failures() {}

  /**
   * What a person can act on, wherever in the chain of causes it is: on an executor or here.
   *
   * @return empty where nobody foresaw it
   */
  public static Optional<PmfException> known(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof PmfException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** One line: that of what is known, else the first of what Spark says. */
  public static String line(Throwable failure) {
    return known(failure)
        .map(Throwable::getMessage)
        .orElseGet(
            () ->
                Quote.message(String.valueOf(failure.getMessage()).lines().findFirst().orElse("")));
  }
}
