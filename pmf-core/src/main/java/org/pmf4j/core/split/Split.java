package org.pmf4j.core.split;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.data.RowSelection;
import org.pmf4j.core.data.TableLocation;

/**
 * A table that was cut into parts. Immutable, so that any number of threads may share it.
 *
 * @param table its name, for people
 * @param sha256 fingerprint of the table ({@link TableLocation#fingerprint})
 * @param rule by which it was cut
 * @param rows how many it has
 * @param parts those that have rows, in order, with the positions of these from 0
 */
public record Split(
    String table, String sha256, SplitRule rule, int rows, Map<Part, BitSet> parts) {
  /** Copies the map. */
  public Split {
    Objects.requireNonNull(rule, "rule");
    Map<Part, BitSet> all = new EnumMap<>(Part.class);
    parts.forEach((part, bits) -> all.put(part, (BitSet) bits.clone()));
    parts = all;
  }

  /** A split by the part of each row. */
  static Split of(TableLocation table, SplitRule rule, byte[] partOf) {
    Map<Part, BitSet> parts = new EnumMap<>(Part.class);
    for (int row = 0; row < partOf.length; row++) {
      parts.computeIfAbsent(Part.values()[partOf[row]], p -> new BitSet()).set(row);
    }
    return new Split(table.name(), table.fingerprint(), rule, partOf.length, parts);
  }

  @Override
  public Map<Part, BitSet> parts() {
    Map<Part, BitSet> all = new EnumMap<>(Part.class);
    parts.forEach((part, bits) -> all.put(part, (BitSet) bits.clone()));
    return all;
  }

  /** Whether a part has rows. */
  public boolean has(Part part) {
    return parts.containsKey(part);
  }

  /** How many rows a part has. */
  public int count(Part part) {
    return has(part) ? parts.get(part).cardinality() : 0;
  }

  /**
   * The rows of a part in the table that was split.
   *
   * @param whole the table, of the same content
   * @throws PmfException if it is another table, or the part has no rows
   */
  public TableLocation of(TableLocation whole, Part part) {
    if (!whole.fingerprint().equals(sha256)) {
      throw PmfException.input(
          whole
              + ": is not the table that was split, "
              + Quote.value(table)
              + ": its content or its query is another; name that one by --data, or choose rows of"
              + " this one by --split-column");
    }
    return rowsOf(whole, part);
  }

  /** The rows of a part in a table that is known to be the same. */
  TableLocation rowsOf(TableLocation whole, Part part) {
    if (!has(part)) {
      throw PmfException.usage(
          whole + ": has no rows to choose for " + part + "; of its rows go into " + this);
    }
    return whole.only(new RowSelection(part.toString(), parts.get(part), rows));
  }

  /** How many rows each part has, such as {@code train 80, validation 10, test 10}. */
  @Override
  public String toString() {
    return parts.keySet().stream()
        .map(p -> String.format(Locale.ROOT, "%s %,d", p, count(p)))
        .collect(Collectors.joining(", "));
  }
}
