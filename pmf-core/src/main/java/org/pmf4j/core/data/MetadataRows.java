package org.pmf4j.core.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.error.PmfException;

/**
 * The table of a folder as the datasets library has it: {@code file_name} is the column of the
 * encoder that reads files, {@code image_file_name} the column {@code image}.
 */
final class MetadataRows implements Rows {
  private static final String FILE_NAME = "file_name";

  private final Path file;
  private final Rows rows;
  private final List<String> fileColumns;

  private MetadataRows(Path file, Rows rows, List<String> fileColumns) {
    this.file = file;
    this.rows = rows;
    this.fileColumns = fileColumns;
  }

  static Rows open(Path file, Opening how) {
    return new MetadataRows(file, how.open(TableLocation.of(file)), how.fileColumns());
  }

  @Override
  public List<String> columns() {
    List<String> names = new ArrayList<>();
    for (String column : rows.columns()) {
      names.add(renamed(column));
    }
    return names;
  }

  private String renamed(String column) {
    if (column.endsWith("_" + FILE_NAME)) {
      return column.substring(0, column.length() - FILE_NAME.length() - 1);
    }
    if (!column.equals(FILE_NAME) || fileColumns.contains(FILE_NAME)) {
      return column;
    }
    if (fileColumns.size() > 1) {
      throw PmfException.input(
          file
              + ": the column file_name is that of one encoder, and "
              + String.join(" and ", fileColumns)
              + " are read from files; name their columns such as "
              + fileColumns.get(0)
              + "_file_name");
    }
    return fileColumns.isEmpty() ? column : fileColumns.get(0);
  }

  @Override
  public boolean namesColumnsFirst() {
    return rows.namesColumnsFirst();
  }

  @Override
  public String advice() {
    return rows.advice();
  }

  @Override
  public Row next() {
    return rows.next();
  }

  @Override
  public void close() {
    rows.close();
  }
}
