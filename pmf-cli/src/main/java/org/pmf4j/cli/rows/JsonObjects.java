package org.pmf4j.cli.rows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes JSON objects, a line each, or in one list. For one thread at a time. */
public final class JsonObjects {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream out;
  private final boolean list;
  private boolean some;

  /**
   * Objects on a stream.
   *
   * @param format one of those of JSON
   */
  public JsonObjects(OutputStream out, RowFormat format) {
    this.out = out;
    this.list = format == RowFormat.JSON;
  }

  /**
   * Writes an object.
   *
   * @param fields by name: texts, numbers, true and false, lists and maps of these, and null
   */
  public void add(Map<String, ?> fields) throws IOException {
    if (list) {
      out.write((some ? ",\n" : "[\n").getBytes(StandardCharsets.UTF_8));
    }
    some = true;
    out.write(JSON.writeValueAsBytes(fields));
    if (!list) {
      out.write('\n');
    }
  }

  /** Writes what stands behind the last object. */
  public void end() throws IOException {
    if (list) {
      out.write((some ? "\n]\n" : "[]\n").getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }
}
