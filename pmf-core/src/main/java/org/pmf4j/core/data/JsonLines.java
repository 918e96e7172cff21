package org.pmf4j.core.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.FileErrors;

/** JSON lines: an object a line; a list of labels counts as labels joined by {@code |}. */
final class JsonLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonLines() {}

  static List<Table.Row> read(Path file, Table.Needed needed) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    List<Table.Row> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = i == 0 ? withoutMark(lines.get(i)) : lines.get(i);
      if (!line.isBlank()) {
        rows.add(row(file + " line " + (i + 1), line, needed.everywhere()));
      }
    }
    for (String column : needed.somewhere()) {
      if (!rows.isEmpty() && rows.stream().noneMatch(r -> r.cells().containsKey(column))) {
        throw Table.missingColumn(file.toString(), column, columns(rows));
      }
    }
    return rows;
  }

  private static Set<String> columns(List<Table.Row> rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(r -> columns.addAll(r.cells().keySet()));
    return columns;
  }

  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private static Table.Row row(String place, String line, List<String> needed) {
    JsonNode object;
    try {
      object = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw PmfException.input(place + ": not valid JSON: " + firstLine(e), e);
    }
    if (!object.isObject()) {
      throw PmfException.input(place + ": not a JSON object");
    }
    Map<String, String> cells = new LinkedHashMap<>();
    object.properties().forEach(f -> cells.put(f.getKey(), text(f.getValue())));
    for (String column : needed) {
      if (!cells.containsKey(column)) {
        throw Table.missingColumn(place, column, cells.keySet());
      }
    }
    return new Table.Row(place, cells);
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.isNull() ? "" : value.asText();
    }
    StringJoiner joined = new StringJoiner("|");
    value.forEach(v -> joined.add(v.asText()));
    return joined.toString();
  }
}
