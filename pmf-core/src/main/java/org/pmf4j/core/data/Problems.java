package org.pmf4j.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;

/** What is wrong with tables: the first ten places in words, and how many there are. */
final class Problems {
  private static final int SHOWN = 10;

  private final List<String> first = new ArrayList<>();
  private int count;

  /**
   * Adds one.
   *
   * @param problem place and reason
   */
  void add(String problem) {
    count++;
    if (first.size() < SHOWN) {
      first.add(problem);
    }
  }

  int count() {
    return count;
  }

  List<String> first() {
    return List.copyOf(first);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Ends here if there are any.
   *
   * @throws PmfException with the first ten and the number of the others, in one line
   */
  void report() {
    if (count == 0) {
      return;
    }
    String all = String.join("; ", first);
    String rest = count > SHOWN ? String.format(Locale.ROOT, "; and %,d more", count - SHOWN) : "";
    throw PmfException.input(all + rest);
  }
}
