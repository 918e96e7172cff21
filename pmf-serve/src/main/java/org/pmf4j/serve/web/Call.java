package org.pmf4j.serve.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A request, read whole. Immutable, so that any number of threads may share it.
 *
 * @param method such as {@code GET}
 * @param places what stands in the path where its route has a name in braces, by name
 * @param query by name, the last value of each
 * @param headers by name in lower case
 * @param body not copied; must not change
 * @param form reads a body of a media type as the parts of a form
 */
public record Call(
    String method,
    Map<String, String> places,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    BiFunction<String, byte[], List<Part>> form) {
  private static final String FORM = "multipart/form-data";

  /** What stands in the path at a name of the route. */
  public String place(String name) {
    return places.get(name);
  }

  /** A header; empty where there is none. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /**
   * A switch of the query.
   *
   * @throws Problem for a value that is neither {@code true} nor {@code false}
   */
  public boolean flag(String name) {
    String value = query.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw Problem.badRequest("query parameter " + name + " is true or false");
    }
    return value.equals("true");
  }

  /** True if the body is a form with parts. */
  public boolean isForm() {
    return header("content-type").toLowerCase(Locale.ROOT).startsWith(FORM);
  }

  /**
   * The parts of the form that the body is.
   *
   * @throws Problem if it is none
   */
  public List<Part> parts() {
    return form.apply(header("content-type"), body);
  }

  /**
   * The body as a text.
   *
   * @throws Problem if it is not UTF-8
   */
  public String text() {
    return utf8("the body", body);
  }

  /**
   * Bytes as a text.
   *
   * @param what they are, for the message
   * @throws Problem if they are not UTF-8
   */
  public static String utf8(String what, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.badRequest(what + " is not UTF-8");
    }
  }
}
