package org.pmf4j.modalities.tabular;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Source;

/**
 * Makes a schema of training rows: a column is of numbers, or of dates, if all its cells are, and
 * else of categories. For one thread at a time.
 */
final class SchemaOfRows {
  /** The most values that a column of categories may have. */
  private static final int MOST_VALUES = 10_000;

  /** Fewer different values than this are never taken for names of rows, or free text. */
  private static final int FEW_VALUES = 50;

  private final int quantiles;
  private final Map<String, List<Cell>> columns = new LinkedHashMap<>();

  /** A cell that is not blank, and the row that it stands in. */
  private record Cell(String text, Source row) {}

  private SchemaOfRows(int quantiles) {
    this.quantiles = quantiles;
  }

  /**
   * The schema of some rows.
   *
   * @param rows one or more
   * @param quantiles the most that are kept of a column; 1 for mean and deviation instead
   * @throws PmfException naming a column that is blank everywhere, that mixes numbers or dates with
   *     other things, or that looks like names of rows or free text
   */
  static Schema of(List<Source> rows, int quantiles) {
    SchemaOfRows all = new SchemaOfRows(quantiles);
    rows.forEach(all::add);
    List<Column> columns = new ArrayList<>();
    all.columns.forEach((name, cells) -> columns.add(all.column(name, cells)));
    if (columns.isEmpty()) {
      throw PmfException.input("the rows have no columns");
    }
    return new Schema(columns);
  }

  private void add(Source row) {
    TableRow.cells(row)
        .forEach(
            (name, text) -> {
              List<Cell> cells = columns.computeIfAbsent(name, n -> new ArrayList<>());
              if (!text.isBlank()) {
                cells.add(new Cell(text.strip(), row));
              }
            });
  }

  private Column column(String name, List<Cell> cells) {
    if (cells.isEmpty()) {
      throw PmfException.input(
          "column " + Quote.name(name) + " is blank in every row; leave it out");
    }
    List<Cell> noNumbers =
        cells.stream().filter(c -> Column.Numbers.parse(c.text()).isEmpty()).toList();
    if (noNumbers.isEmpty()) {
      return new Column.Numbers(
          name,
          scaling(
              cells.stream()
                  .mapToDouble(c -> Column.Numbers.parse(c.text()).orElseThrow())
                  .toArray()));
    }
    List<Cell> noDates =
        cells.stream().filter(c -> Column.Dates.parse(c.text()).isEmpty()).toList();
    if (noDates.isEmpty()) {
      return new Column.Dates(
          name,
          scaling(
              cells.stream()
                  .mapToDouble(c -> Column.Dates.days(Column.Dates.parse(c.text()).orElseThrow()))
                  .toArray()));
    }
    refuseMixed(name, cells, noNumbers, "numbers");
    refuseMixed(name, cells, noDates, "dates");
    return categories(name, cells);
  }

  private Scaling scaling(double[] values) {
    return Scaling.of(values, quantiles);
  }

  /** Most cells are of one kind: the rest are mistakes, or words for a missing value. */
  private static void refuseMixed(String name, List<Cell> cells, List<Cell> others, String kind) {
    if (2 * others.size() < cells.size()) {
      Cell first = others.get(0);
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: column %s has %s where most rows have %s; leave the cell blank where there is"
                  + " none, or mend it",
              first.row().describe(),
              Quote.name(name),
              Quote.value(first.text()),
              kind));
    }
  }

  /** Values that stand in one row alone count as unknown ones, so that these are learnt, too. */
  private static Column categories(String name, List<Cell> cells) {
    Map<String, Integer> counts = new TreeMap<>();
    cells.forEach(c -> counts.merge(c.text(), 1, Integer::sum));
    boolean free = counts.size() > FEW_VALUES && 2 * counts.size() > cells.size();
    if (free || counts.size() > MOST_VALUES) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "column %s has %d different values in %d rows, as names of rows or free texts have;"
                  + " leave it out, or read it with a text encoder",
              Quote.name(name),
              counts.size(),
              cells.size()));
    }
    List<String> often =
        counts.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
    return new Column.Categories(name, often.isEmpty() ? List.copyOf(counts.keySet()) : often);
  }
}
