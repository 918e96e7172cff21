package org.pmf4j.core.data;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.table.TableFormat;

/**
 * Formats of tables that plugins offer, beside CSV and JSON. Immutable, so that any number of
 * threads may share it.
 *
 * @param offered in the order in which they are asked
 */
public record TableFormats(List<TableFormat> offered) {
  /** CSV and JSON alone. */
  public static final TableFormats NONE = new TableFormats(List.of());

  /** What brings the formats that are known by their names. */
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          ".parquet", "org.pmf4j:pmf-duckdb",
          ".pq", "org.pmf4j:pmf-duckdb",
          ".duckdb", "org.pmf4j:pmf-duckdb",
          ".ddb", "org.pmf4j:pmf-duckdb",
          "jdbc:duckdb:", "org.pmf4j:pmf-duckdb");

  /** Copies the list. */
  public TableFormats {
    offered = List.copyOf(offered);
  }

  /** All of some. */
  public static TableFormats of(Collection<TableFormat> offered) {
    return new TableFormats(List.copyOf(offered));
  }

  /**
   * The format of a file.
   *
   * @param name of the file
   * @return empty for CSV and JSON
   * @throws PmfException naming the artifact that would bring the format, where that is known
   */
  Optional<TableFormat> ofFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Optional<TableFormat> found =
        offered.stream().filter(f -> f.endings().stream().anyMatch(lower::endsWith)).findFirst();
    if (found.isEmpty()) {
      requireKnown(name, lower::endsWith);
    }
    return found;
  }

  /**
   * The format of a URL.
   *
   * @throws PmfException if there is none, naming the artifact that would bring it, where that is
   *     known
   */
  TableFormat ofUrl(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return offered.stream()
        .filter(f -> f.schemes().stream().anyMatch(lower::startsWith))
        .findFirst()
        .orElseThrow(
            () -> {
              requireKnown(url, lower::startsWith);
              List<String> schemes = offered.stream().flatMap(f -> f.schemes().stream()).toList();
              return PmfException.usage(
                  url
                      + ": no such database is read; known: "
                      + (schemes.isEmpty() ? "none" : String.join(", ", schemes)));
            });
  }

  private static void requireKnown(String name, java.util.function.Predicate<String> matches) {
    ARTIFACTS.forEach(
        (part, artifact) -> {
          if (matches.test(part)) {
            throw PmfException.usage(
                name + ": reading it needs " + artifact + "; add it to the class path");
          }
        });
  }
}
