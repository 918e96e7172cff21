package org.pmf4j.core.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * Which columns of a table are read. Immutable, so that any number of threads may share it.
 *
 * @param named by encoder, the columns that it reads, for those that read others than one of their
 *     own name
 * @param label the column of labels
 */
public record Columns(Map<String, List<String>> named, String label) {
  /** The column of labels where none is chosen. */
  public static final String LABEL = "label";

  /** Each encoder reads the column of its name. */
  public static final Columns DEFAULT = new Columns(Map.of(), LABEL);

  /**
   * Copies the map, without encoders that read the column of their own name.
   *
   * @throws PmfException if a name is blank, or an encoder reads no column, or one twice
   */
  public Columns {
    Map<String, List<String>> others = new LinkedHashMap<>();
    named.forEach(
        (encoder, columns) -> {
          if (columns.isEmpty() || Set.copyOf(columns).size() < columns.size()) {
            throw PmfException.usage(
                String.format(
                    Locale.ROOT,
                    "encoder %s reads one column or several different ones, got %s",
                    Quote.value(encoder),
                    columns.isEmpty() ? "none" : String.join(", ", columns)));
          }
          columns.forEach(c -> requireName("a column of encoder " + Quote.value(encoder), c));
          if (!columns.equals(List.of(encoder))) {
            others.put(encoder, List.copyOf(columns));
          }
        });
    named = Collections.unmodifiableMap(others);
    requireName("the column of labels", label);
  }

  private static void requireName(String what, String column) {
    if (column.isBlank()) {
      throw PmfException.usage(what + " has no name");
    }
  }

  /** One column alone, whatever it is called. */
  public static Columns unlabelled(String column) {
    return column.equals(LABEL) ? DEFAULT.withLabel("no " + LABEL) : DEFAULT;
  }

  /** The columns that an encoder reads. */
  public List<String> of(String encoder) {
    return named.getOrDefault(encoder, List.of(encoder));
  }

  /** The columns that an encoder reads, for messages. */
  String shown(String encoder) {
    return String.join(", ", of(encoder).stream().map(Quote::name).toList());
  }

  /** True if an encoder reads other columns than one of its own name. */
  boolean names(String encoder) {
    return named.containsKey(encoder);
  }

  /** These, with an encoder that reads another column. */
  public Columns with(String encoder, String column) {
    return with(Map.of(encoder, List.of(column)), Optional.empty());
  }

  /** These, with labels in another column. */
  public Columns withLabel(String column) {
    return new Columns(named, column);
  }

  /**
   * These, with what was chosen in their place.
   *
   * @param chosen by encoder, the columns that it reads
   * @param chosenLabel the column of labels
   */
  public Columns with(Map<String, List<String>> chosen, Optional<String> chosenLabel) {
    Map<String, List<String>> all = new LinkedHashMap<>(named);
    all.putAll(chosen);
    return new Columns(all, chosenLabel.orElse(label));
  }

  /**
   * Refuses columns of encoders that there are not, and labels in a column that an encoder reads.
   *
   * @param encoders all that there are
   * @throws PmfException naming what does not fit
   */
  public void requireFit(Collection<String> encoders) {
    for (String name : named.keySet()) {
      if (!encoders.contains(name)) {
        throw PmfException.usage(
            String.format(
                Locale.ROOT,
                "a column is named for encoder %s; there are: %s%s",
                Quote.value(name),
                String.join(", ", encoders.stream().map(Quote::name).toList()),
                Closest.question(name, encoders)));
      }
    }
    for (String name : encoders) {
      if (of(name).contains(label)) {
        throw PmfException.usage(
            String.format(
                Locale.ROOT,
                "column %s is both read by encoder %s and the label; name another by --label or"
                    + " --column %s=COLUMN",
                Quote.value(label),
                Quote.name(name),
                Quote.name(name)));
      }
    }
  }

  /** The columns of encoders and, if it is needed, of the label, in order, each once. */
  List<String> needed(Collection<String> encoders, boolean labelled) {
    List<String> all = new ArrayList<>();
    encoders.forEach(name -> all.addAll(of(name)));
    if (labelled) {
      all.add(label);
    }
    return all.stream().distinct().toList();
  }
}
