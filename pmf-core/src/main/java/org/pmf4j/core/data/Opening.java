package org.pmf4j.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.table.TableFormat;
import org.pmf4j.api.table.TableRequest;

/**
 * Opens tables: each by the reader of its format.
 *
 * @param formats that plugins offer
 * @param options how tables are read
 * @param fileColumns columns whose cells are paths of files
 * @param read columns whose cells are read
 * @param others whether the cells of other columns are wanted too
 * @param problems gets what is wrong with single rows, which are then left out
 */
record Opening(
    TableFormats formats,
    TableOptions options,
    List<String> fileColumns,
    Set<String> read,
    boolean others,
    Problems problems) {
  private static final List<String> JSON = List.of(".jsonl", ".json", ".ndjson");

  /**
   * Opens a table: a folder; what a plugin reads; JSON where the name ends in {@code .json}, {@code
   * .jsonl} or {@code .ndjson}; else CSV. Each of both may be compressed: {@code .gz}. Standard
   * input can be opened once. Of some rows that are meant, these alone come.
   *
   * @throws PmfException naming the table, if it is not there or no such table
   */
  Rows open(TableLocation table) {
    Rows all = whole(table);
    return table.rows().map(some -> (Rows) new SelectedRows(table, all, some)).orElse(all);
  }

  private Rows whole(TableLocation table) {
    if (table.isUrl()) {
      return new FormatRows(table.name(), formats.ofUrl(table.name()).open(request(table)));
    }
    if (table.isStandardInput()) {
      requireNoQuery(table);
      TableText text = TableText.of(System.in, table.toString());
      return options.stream().isJson(text) ? JsonRows.open(text) : csv(text);
    }
    Path file = table.requirePath();
    if (Files.isDirectory(file)) {
      requireNoQuery(table);
      return FolderRows.open(file, this);
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    Optional<TableFormat> format = formats.ofFile(name);
    if (format.isPresent()) {
      TableText.requireFile(file);
      return new FormatRows(table.name(), format.get().open(request(table)));
    }
    requireNoQuery(table);
    OtherFormats.refuse(file);
    String text = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    return JSON.stream().anyMatch(text::endsWith)
        ? JsonRows.open(TableText.of(file))
        : csv(TableText.of(file));
  }

  private Rows csv(TableText text) {
    return CsvRows.open(text, options.csv(), problems);
  }

  /** This one for more columns. */
  Opening reading(Collection<String> more) {
    Set<String> all = new LinkedHashSet<>(read);
    all.addAll(more);
    return new Opening(formats, options, fileColumns, all, others, problems);
  }

  /** Whether a file is a table that is read. */
  boolean reads(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && (name.endsWith(".csv") || name.endsWith(".jsonl"));
  }

  private TableRequest request(TableLocation table) {
    return new TableRequest(table.name(), table.query(), read, others);
  }

  private static void requireNoQuery(TableLocation table) {
    if (table.query().isPresent()) {
      throw PmfException.usage(table + ": is no database, which --query could ask");
    }
  }
}
