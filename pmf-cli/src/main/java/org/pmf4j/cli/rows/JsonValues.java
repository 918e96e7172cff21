package org.pmf4j.cli.rows;

import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.pmf4j.api.json.Surrogates;
import org.pmf4j.api.table.Cell;

/** Values of JSON for what tables and models have. Has no state: any thread may call it. */
public final class JsonValues {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private JsonValues() {}

  /**
   * A cell: numbers as they are written, null for what is empty, NaN and infinities, of bytes their
   * name.
   */
  public static Object of(Cell cell) {
    if (cell instanceof Cell.Items items) {
      List<Object> all = new ArrayList<>();
      items.items().forEach(item -> all.add(of(item)));
      return all;
    }
    if (cell instanceof Cell.Fields fields) {
      Map<String, Object> all = new LinkedHashMap<>();
      fields.fields().forEach((name, value) -> all.put(text(name), of(value)));
      return all;
    }
    return cell instanceof Cell.Scalar scalar ? of(scalar) : emptyIsNull(cell.text());
  }

  private static Object of(Cell.Scalar scalar) {
    return switch (scalar.kind()) {
      case NULL -> null;
      case BOOLEAN -> Boolean.valueOf(scalar.text());
      case TEXT -> emptyIsNull(scalar.text());
      case NUMBER -> NUMBER.matcher(scalar.text()).matches() ? new RawValue(scalar.text()) : null;
    };
  }

  private static String emptyIsNull(String text) {
    return text.isEmpty() ? null : text(text);
  }

  /** A text without halves of surrogate pairs, which UTF-8 cannot have: each becomes "?". */
  public static String text(String text) {
    return Surrogates.arePaired(text)
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
