package org.pmf4j.core.look;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.split.Part;

/**
 * What tables hold. Immutable, so that any number of threads may share it.
 *
 * @param tables their names, the training table's first
 * @param parts rows of each part; of one table that is not cut, all as train
 * @param columns in the order of the table
 * @param labels what labels there are; empty without a column of labels
 * @param repeats rows with the same content as others
 * @param faults what cannot be read
 * @param samples some rows of each class
 * @param end why a table could not be read to its end; empty where it could
 */
public record Look(
    List<String> tables,
    Map<Part, Long> parts,
    List<Column> columns,
    Optional<Labels> labels,
    List<Repeats> repeats,
    Faults faults,
    List<Sample> samples,
    Optional<String> end) {
  /** Copies the collections. */
  public Look {
    tables = List.copyOf(tables);
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    columns = List.copyOf(columns);
    repeats = List.copyOf(repeats);
    samples = List.copyOf(samples);
  }

  /** How many rows there are in all. */
  public long rows() {
    return parts.values().stream().mapToLong(n -> n).sum();
  }

  /** The columns that encoders of a modality could read. */
  public List<String> read(String modality) {
    List<String> names = new ArrayList<>();
    for (Column column : columns) {
      if (column.role().modality().filter(modality::equals).isPresent()) {
        names.add(column.name());
      }
    }
    return names;
  }

  /**
   * A column.
   *
   * @param name its name
   * @param role what it is for
   * @param missing rows whose cell is blank
   * @param different how many different values it has; empty where they were not counted, or are
   *     more than ten thousand
   * @param frequent the most frequent values of categories and other texts, up to ten
   * @param numbers of its values, or of what was measured of them
   */
  public record Column(
      String name,
      Role role,
      long missing,
      OptionalInt different,
      List<Frequency> frequent,
      List<Numbers> numbers) {
    /** Copies the lists. */
    public Column {
      frequent = List.copyOf(frequent);
      numbers = List.copyOf(numbers);
    }
  }

  /**
   * A value.
   *
   * @param value as it is written
   * @param rows that have it
   */
  public record Frequency(String value, long rows) {}

  /**
   * Labels.
   *
   * @param column their column
   * @param task what they look like, or what was asked for
   * @param reason why, in words
   * @param missing rows without one
   * @param different how many labels there are; of a regression how many numbers, up to ten
   *     thousand
   * @param all whether all different ones were counted; else there are more than ten thousand
   * @param classes the most frequent first, up to a thousand; of a regression none
   * @param once how many labels stand in one row alone
   * @param numbers of a regression
   */
  public record Labels(
      String column,
      String task,
      String reason,
      long missing,
      int different,
      boolean all,
      List<ClassRows> classes,
      long once,
      Optional<Numbers> numbers) {
    /** Copies the list. */
    public Labels {
      classes = List.copyOf(classes);
    }
  }

  /**
   * A label.
   *
   * @param label as it is written
   * @param rows that have it, by part
   */
  public record ClassRows(String label, Map<Part, Long> rows) {
    /** Copies the map. */
    public ClassRows {
      rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /** In all parts. */
    public long all() {
      return rows.values().stream().mapToLong(n -> n).sum();
    }
  }

  /**
   * Rows with the same content as one before them.
   *
   * @param subject what is compared: a column, or {@code all inputs}
   * @param within by part, rows that repeat one of their own part
   * @param between rows that repeat one of another part, by both parts as {@code train, test}
   * @param otherLabel rows that repeat one with another label
   * @param first ten pairs
   * @param compared rows that were compared
   * @param limited whether there were too many different rows to compare all
   */
  public record Repeats(
      String subject,
      Map<Part, Long> within,
      Map<String, Long> between,
      long otherLabel,
      List<Pair> first,
      long compared,
      boolean limited) {
    /** Copies the collections. */
    public Repeats {
      within = Collections.unmodifiableMap(new LinkedHashMap<>(within));
      between = Collections.unmodifiableMap(new LinkedHashMap<>(between));
      first = List.copyOf(first);
    }

    /** How many rows repeat another. */
    public long rows() {
      return within.values().stream().mapToLong(n -> n).sum()
          + between.values().stream().mapToLong(n -> n).sum();
    }
  }

  /**
   * Two rows of one content.
   *
   * @param row the later one
   * @param sameAs the number of the earlier one, from 1, and its part
   */
  public record Pair(Sample row, String sameAs) {}

  /**
   * What cannot be read.
   *
   * @param count how many cells and rows
   * @param first the first ten, with place and reason
   */
  public record Faults(long count, List<String> first) {
    /** Copies the list. */
    public Faults {
      first = List.copyOf(first);
    }
  }

  /**
   * A row that is shown.
   *
   * @param place where it stands
   * @param part that it belongs to
   * @param label as it is written; blank for none
   * @param values by column, what can be shown of it
   */
  public record Sample(String place, Part part, String label, Map<String, Source> values) {
    /** Copies the map. */
    public Sample {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }
}
