package org.pmf4j.core.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param folder which relative paths start from
 * @param bytes holds those of cells
 * @param problems gets what is wrong with rows
 */
record RowReader(
    Map<String, Modality> modalities,
    Columns columns,
    Table.Labelled labelled,
    Path folder,
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
    for (Map.Entry<String, Modality> encoder : modalities.entrySet()) {
      String column = columns.one(encoder.getKey());
      Cell cell = row.cell(names.indexOf(column));
      if (!cell.isBlank()) {
        blank = false;
        String place = row.place() + ", column " + Quote.name(column);
        try {
          Source source = new CellSource(encoder.getValue(), folder).of(cell, place);
          sources.put(encoder.getKey(), bytes.keep(source));
        } catch (PmfException e) {
          problems.add(place + ": " + e.getMessage());
        }
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
