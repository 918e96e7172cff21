package org.pmf4j.cli.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.serve.web.AccessLog;

/**
 * A line of JSON for each request. Several threads may use it at once.
 *
 * @param out where lines go
 */
record AccessLines(PrintStream out) implements AccessLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void log(Entry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    fields.put("client", entry.client());
    fields.put("method", entry.method());
    fields.put("route", entry.route());
    fields.put("status", entry.status());
    fields.put("received", entry.received());
    fields.put("sent", entry.sent());
    fields.put("ms", Math.round(entry.nanos() / 1e3) / 1e3);
    try {
      out.println(JSON.writeValueAsString(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
