package org.pmf4j.core.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.table.Cell;

/**
 * Makes examples of rows.
 *
 * @param modalities by encoder, what reads its cells
 * @param columns that they read
 * @param labelled whether each row must have a label
 * @param files that cells name
 * @param bytes holds those of cells
 * @param problems gets what is wrong with rows
 */
record RowReader(
    Map<String, Modality> modalities,
    Columns columns,
    Table.Labelled labelled,
    CellFiles files,
    ByteStore bytes,
    Problems problems) {

  /**
   * The example of a row, with what of it could be read.
   *
   * @param names of the columns by position
   */
  Example example(Row row, List<String> names) {
    Map<String, Source> sources = new LinkedHashMap<>();
    boolean blank = true;
    EncoderCells cellsOf = new EncoderCells(modalities, columns, files);
    for (Map.Entry<String, Modality> encoder : modalities.entrySet()) {
      Map<String, Cell> cells = new LinkedHashMap<>();
      columns.of(encoder.getKey()).forEach(c -> cells.put(c, row.cell(names.indexOf(c))));
      if (cells.values().stream().allMatch(Cell::isBlank)) {
        continue;
      }
      blank = false;
      String place = row.place() + ", column " + columns.shown(encoder.getKey());
      try {
        sources.put(encoder.getKey(), bytes.keep(cellsOf.source(encoder.getKey(), cells, place)));
      } catch (PmfException e) {
        if (e.kind() != ErrorKind.INPUT) {
          throw e; // a file system out of reach would be asked for every row
        }
        problems.add(place + ": " + e.getMessage());
      }
    }
    if (blank && !modalities.isEmpty()) {
      problems.add(nothing(row));
    }
    return new Example(row.place(), sources, label(row, names), columns);
  }

  private String nothing(Row row) {
    List<String> read = columns.needed(modalities.keySet(), false);
    String all = String.join(", ", read.stream().map(Quote::name).toList());
    return read.size() == 1
        ? row.place() + ", column " + all + ": the cell is blank"
        : row.place() + ": the cells of " + all + " are all blank; a row needs one at least";
  }

  private Optional<Label> label(Row row, List<String> names) {
    boolean required = labelled == Table.Labelled.REQUIRED;
    try {
      return LabelCell.read(row.cell(names.indexOf(columns.label())), required);
    } catch (PmfException e) {
      if (required) {
        String column = Quote.name(columns.label());
        problems.add(row.place() + ", column " + column + ": " + e.getMessage());
      }
      return Optional.empty();
    }
  }
}
