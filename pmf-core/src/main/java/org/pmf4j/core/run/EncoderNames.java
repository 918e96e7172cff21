package org.pmf4j.core.run;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.data.Columns;

/**
 * What an encoder may be called: its name is a column, part of the names of saved tensors and of
 * patterns of what is there.
 */
final class EncoderNames {
  private static final int LONGEST = 100;

  /**
   * What these characters separate elsewhere: names of tensors, patterns, pairs, options, paths.
   */
  private static final String SEPARATORS = ".+/\\=,>|:";

  /** Columns that have another meaning in tables that are read or written. */
  private static final Set<String> RESERVED = Set.of(Columns.LABEL, "prediction", "probability");

  private EncoderNames() {}

  /**
   * Checks a name.
   *
   * @throws PmfException saying why it cannot be an encoder's
   */
  static void check(String name) {
    reason(name)
        .ifPresent(
            why -> {
              throw PmfException.usage(
                  "an encoder cannot be called "
                      + Quote.value(name)
                      + ": "
                      + why
                      + "; rename it and its column");
            });
  }

  /**
   * Refuses a name that no encoder has.
   *
   * @throws PmfException naming those that there are
   */
  static void require(String name, Set<String> encoders) {
    if (!encoders.contains(name)) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "there is no encoder %s to set something of; there are: %s",
              Quote.value(name),
              String.join(", ", encoders.stream().map(Quote::name).toList())));
    }
  }

  private static Optional<String> reason(String name) {
    if (name.isBlank()) {
      return Optional.of("the name is blank");
    }
    if (!name.equals(name.strip())) {
      return Optional.of("it begins or ends with white space");
    }
    if (name.length() > LONGEST) {
      return Optional.of("it is longer than " + LONGEST + " characters");
    }
    if (RESERVED.contains(name)) {
      return Optional.of("tables have another column of that name");
    }
    if (!Quote.plain(name).equals(name)) {
      return Optional.of("it has a control character or line break");
    }
    return name.codePoints()
        .filter(c -> SEPARATORS.indexOf(c) >= 0)
        .mapToObj(c -> String.format(Locale.ROOT, "it contains '%c'", c))
        .findFirst();
  }
}
