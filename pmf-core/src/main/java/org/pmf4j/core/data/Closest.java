package org.pmf4j.core.data;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.error.Quote;

/** The name that was meant, where one that is there is close: by letters that differ or by case. */
final class Closest {
  private static final int LONGEST = 100;

  private Closest() {}

  /** What ends a message about a name that is not there; empty where none is close. */
  static String question(String name, Collection<String> there) {
    return to(name, there).map(c -> "; is " + Quote.value(c) + " meant?").orElse("");
  }

  /** The closest name, if a third of the letters or fewer differ. */
  static Optional<String> to(String name, Collection<String> there) {
    String wanted = plain(name);
    return there.stream()
        .filter(c -> !c.isBlank() && c.length() <= LONGEST && name.length() <= LONGEST)
        .filter(c -> distance(wanted, plain(c)) <= (wanted.length() + 1) / 3)
        .min(Comparator.comparingInt(c -> distance(wanted, plain(c))));
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s_.-]+", "");
  }

  /** Levenshtein's distance: how many letters are added, left out or replaced. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
