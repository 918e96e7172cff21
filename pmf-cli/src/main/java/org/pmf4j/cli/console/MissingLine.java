package org.pmf4j.cli.console;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;

/** Tells how many rows lack what. Has no state: any thread may call it. */
public final class MissingLine {
  private MissingLine() {}

  /**
   * One line, such as {@code of 16 rows, 3 lack image and 1 lacks text}.
   *
   * @param modalities the model's, in order
   * @return empty where nothing is missing
   */
  public static Optional<String> of(List<Example> examples, Collection<String> modalities) {
    Map<String, Long> missing = new LinkedHashMap<>();
    ModalityPattern.missing(examples, modalities).forEach((m, n) -> missing.put(m, (long) n));
    return of(examples.size(), missing);
  }

  /**
   * The same of rows that have been counted.
   *
   * @param missing for each modality, how many rows lack it
   * @return empty where nothing is missing
   */
  public static Optional<String> of(long rows, Map<String, Long> missing) {
    String lacks =
        missing.entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .map(
                e ->
                    String.format(
                        Locale.ROOT,
                        "%,d %s %s",
                        e.getValue(),
                        e.getValue() == 1 ? "lacks" : "lack",
                        Quote.name(e.getKey())))
            .collect(Collectors.joining(", "));
    return lacks.isEmpty()
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "of %,d rows, %s", rows, lacks));
  }
}
