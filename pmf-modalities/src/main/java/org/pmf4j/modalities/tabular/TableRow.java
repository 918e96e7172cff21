package org.pmf4j.modalities.tabular;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.json.Json;
import org.pmf4j.api.modality.Source;

/** The cells of a row, whatever it came as. Has no state: any thread may call it. */
final class TableRow {
  private TableRow() {}

  /**
   * Cells by column, blank where there is nothing.
   *
   * @throws PmfException if it is no row
   */
  static Map<String, String> cells(Source source) {
    if (source instanceof Source.Row row) {
      return row.cells();
    }
    return ofJson(source.describe(), text(source));
  }

  /**
   * The cells of some columns.
   *
   * @param columns that there must be, and no others; an object of JSON may lack some
   * @throws PmfException naming a column that is not known, or not there
   */
  static Map<String, String> cells(Source source, List<String> columns) {
    Map<String, String> cells = new LinkedHashMap<>(cells(source));
    for (String name : cells.keySet()) {
      if (!columns.contains(name)) {
        throw PmfException.input(
            "the encoder knows no column " + Quote.value(name) + "; it reads " + named(columns));
      }
    }
    for (String name : columns) {
      if (!cells.containsKey(name) && source instanceof Source.Row) {
        throw PmfException.input(
            "the encoder reads the column " + Quote.value(name) + " too: " + named(columns));
      }
      cells.putIfAbsent(name, "");
    }
    return cells;
  }

  private static String named(List<String> columns) {
    return String.join(", ", columns.stream().map(Quote::name).toList());
  }

  private static String text(Source source) {
    if (source instanceof Source.Text text) {
      return text.text();
    }
    if (source instanceof Source.Bytes bytes) {
      return new String(bytes.bytes(), StandardCharsets.UTF_8);
    }
    throw PmfException.input(source.describe() + ": a row is given itself, not as a file");
  }

  private static Map<String, String> ofJson(String source, String json) {
    Map<String, String> cells = new LinkedHashMap<>();
    Json.object(source, json).forEach((name, value) -> cells.put(name, cell(name, value)));
    return cells;
  }

  private static String cell(String name, Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      throw PmfException.input(
          "column " + Quote.name(name) + ": a list or an object; one value is needed");
    }
    return String.valueOf(value);
  }
}
