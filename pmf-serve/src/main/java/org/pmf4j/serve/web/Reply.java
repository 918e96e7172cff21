package org.pmf4j.serve.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is answered. Immutable, so that any number of threads may share it.
 *
 * @param status such as 200
 * @param type media type of the body
 * @param body not copied; must not change
 * @param headers besides its type and length
 */
public record Reply(int status, String type, byte[] body, Map<String, String> headers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A value as JSON. */
  public static Reply json(Object value) {
    return json(200, "application/json", value);
  }

  /** A value as a kind of JSON. */
  static Reply json(int status, String type, Object value) {
    try {
      return new Reply(status, type, JSON.writeValueAsBytes(value), Map.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A text of a media type. */
  public static Reply text(String type, String text) {
    return new Reply(200, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** Nothing but that it is so. */
  public static Reply empty() {
    return new Reply(200, "application/json", new byte[] {'{', '}'}, Map.of());
  }

  /** The same with one more header. */
  public Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, type, body, more);
  }
}
