package org.pmf4j.cli;

import org.pmf4j.api.error.PmfException;

/**
 * The locale that this process was started in. Without UTF-8 – {@code LC_ALL=C}, as in containers
 * and at night – Java reads words of the command line and names of files as ASCII, and what is more
 * than ASCII is lost before anything of ours runs. What this command writes never depends on it.
 */
final class LocaleOfProcess {
  /** What Java puts in the place of a byte that it cannot read. */
  private static final char LOST = '\uFFFD';

  private LocaleOfProcess() {}

  /**
   * Refuses words that were lost.
   *
   * @param words of the command line
   * @throws PmfException naming the locale
   */
  static void requireReadable(String[] words) {
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    for (String word : words) {
      if (word.indexOf(LOST) >= 0 && !encoding.equalsIgnoreCase("UTF-8")) {
        throw PmfException.usage(
            "'"
                + word.replace(LOST, '?')
                + "' cannot be read in the locale of this process ("
                + encoding
                + "): set LC_ALL=C.UTF-8, or another locale with UTF-8");
      }
    }
  }
}
