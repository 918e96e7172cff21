package org.pmf4j.api.json;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, strings, numbers and booleans as JSON, indented by two spaces. */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  /**
   * The text of an object.
   *
   * @throws IllegalArgumentException for a value that JSON has not
   */
  static String text(Map<String, ?> object) {
    JsonWriter writer = new JsonWriter();
    writer.value(object, "\n");
    return writer.out.append('\n').toString();
  }

  private void value(Object value, String margin) {
    if (value instanceof Map<?, ?> map) {
      String separator = "";
      out.append('{');
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator).append(margin).append("  ");
        string(String.valueOf(entry.getKey()));
        out.append(" : ");
        value(entry.getValue(), margin + "  ");
        separator = ",";
      }
      out.append(map.isEmpty() ? "" : margin).append('}');
    } else if (value instanceof List<?> list) {
      String separator = "";
      out.append('[');
      for (Object element : list) {
        out.append(separator);
        value(element, margin + "  ");
        separator = ", ";
      }
      out.append(']');
    } else if (value instanceof String s) {
      string(s);
    } else if (value == null || value instanceof Boolean || isFinite(value)) {
      out.append(value);
    } else {
      throw new IllegalArgumentException("JSON has no " + value);
    }
  }

  private static boolean isFinite(Object value) {
    return value instanceof Number n && Double.isFinite(n.doubleValue());
  }

  private void string(String s) {
    out.append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
