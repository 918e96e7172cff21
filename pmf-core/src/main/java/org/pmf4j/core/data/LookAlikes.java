package org.pmf4j.core.data;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.table.Blank;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labels that people take for the same and that are not: they differ in how Unicode composes their
 * characters, in white space, or in how a number is written, such as 1 and 1.0.
 */
final class LookAlikes {
  private static final Logger LOG = LoggerFactory.getLogger(LookAlikes.class);
  private static final int SHOWN = 5;

  private LookAlikes() {}

  /** Warns of pairs among labels. */
  static void warn(Collection<String> labels) {
    Map<String, String> seen = new HashMap<>();
    int pairs = 0;
    for (String label : labels) {
      String other = seen.putIfAbsent(appearance(label), label);
      if (other != null && ++pairs <= SHOWN) {
        LOG.warn("labels {} and {} look the same and count as two", told(other), told(label));
      }
    }
    if (pairs > SHOWN) {
      LOG.warn("and {} more pairs of labels look the same", pairs - SHOWN);
    }
  }

  /** The first of some labels that looks like another. */
  static Optional<String> among(Collection<String> labels, String label) {
    String appearance = appearance(label);
    return labels.stream().filter(l -> appearance(l).equals(appearance)).findFirst();
  }

  /** With what cannot be seen written out, where that is all that tells two labels apart. */
  private static String told(String label) {
    StringBuilder b = new StringBuilder(Quote.value(label));
    if (!label.chars().allMatch(c -> c > ' ' && c < 127)) {
      b.append(" (");
      label.codePoints().limit(12).forEach(c -> b.append(String.format(Locale.ROOT, "%04X ", c)));
      b.setCharAt(b.length() - 1, ')');
    }
    return b.toString();
  }

  private static String appearance(String label) {
    String plain = Normalizer.normalize(label, Normalizer.Form.NFKC);
    plain = Blank.strip(plain).replaceAll("[\\s\\p{Z}\\p{Cf}]+", " ");
    if (plain.length() <= 40 && plain.matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?")) {
      return new BigDecimal(plain).stripTrailingZeros().toPlainString();
    }
    return plain;
  }
}
