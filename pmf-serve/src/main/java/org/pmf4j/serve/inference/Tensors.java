package org.pmf4j.serve.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.json.Json;
import org.pmf4j.serve.web.Call;
import org.pmf4j.serve.web.Problem;

/**
 * The input tensors of a request. Immutable, so that any number of threads may share it.
 *
 * @param id that the answer repeats; may be empty
 * @param rows how many rows all of them have
 * @param inputs by name, of each row a text, bytes or null
 * @param outputs names that are asked for; empty for all
 */
record Tensors(String id, int rows, Map<String, List<Object>> inputs, List<String> outputs) {
  private static final String BODY = "the body";
  private static final String HEADER_LENGTH = "inference-header-content-length";

  /**
   * Reads a request in JSON, with binary data behind it where its header says so.
   *
   * @throws Problem or PmfException if it cannot be read
   */
  static Tensors of(Call call) {
    ByteBuffer body = ByteBuffer.wrap(call.body());
    int json = jsonLength(call);
    byte[] text = new byte[json];
    body.get(text);
    Map<String, Object> request = Json.object(BODY, Call.utf8(BODY, text));
    if (!(request.get("inputs") instanceof List<?> all) || all.isEmpty()) {
      throw Problem.badRequest("key \"inputs\" is to be a list of tensors, one for each modality");
    }
    Map<String, List<Object>> inputs = new LinkedHashMap<>();
    int rows = -1;
    for (Object each : all) {
      Map<?, ?> input = object(each, "an input");
      String name = String.valueOf(input.get("name"));
      int own = rows(input, name);
      if (rows >= 0 && rows != own) {
        throw Problem.badRequest(
            String.format(
                Locale.ROOT, "input %s has %d rows, others %d", Quote.name(name), own, rows));
      }
      rows = own;
      if (inputs.putIfAbsent(name, data(input, name, rows, body)) != null) {
        throw Problem.badRequest("there are two inputs " + Quote.value(name));
      }
    }
    if (body.hasRemaining()) {
      throw Problem.badRequest("there are more binary data than the inputs say");
    }
    String id = request.get("id") instanceof String given ? given : "";
    return new Tensors(id, rows, inputs, outputs(request.get("outputs")));
  }

  private static int jsonLength(Call call) {
    String header = call.header(HEADER_LENGTH);
    if (header.isEmpty()) {
      return call.body().length;
    }
    try {
      int length = Integer.parseInt(header);
      if (length >= 0 && length <= call.body().length) {
        return length;
      }
    } catch (NumberFormatException e) {
      throw Problem.badRequest("header Inference-Header-Content-Length is no number");
    }
    throw Problem.badRequest("header Inference-Header-Content-Length does not fit the body");
  }

  private static Map<?, ?> object(Object value, String what) {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw Problem.badRequest(what + " is no JSON object");
  }

  private static int rows(Map<?, ?> input, String name) {
    if (!"BYTES".equals(input.get("datatype"))) {
      throw Problem.badRequest(
          "input "
              + Quote.name(name)
              + ": datatype is "
              + Quote.value(String.valueOf(input.get("datatype")))
              + "; all inputs are BYTES");
    }
    if (input.get("shape") instanceof List<?> shape
        && (shape.size() == 1 || shape.size() == 2 && Integer.valueOf(1).equals(shape.get(1)))
        && shape.get(0) instanceof Integer rows
        && rows > 0) {
      return rows;
    }
    throw Problem.badRequest("input " + Quote.name(name) + ": shape is [rows] or [rows, 1]");
  }

  private static List<Object> data(Map<?, ?> input, String name, int rows, ByteBuffer body) {
    Map<?, ?> parameters = input.get("parameters") instanceof Map<?, ?> given ? given : Map.of();
    List<Object> data = new ArrayList<>();
    if (parameters.get("binary_data_size") instanceof Integer size) {
      binary(name, size, body, data);
    } else if (input.get("data") instanceof List<?> given) {
      given.forEach(element -> flat(element, name, data));
    }
    if (data.size() != rows) {
      throw Problem.badRequest(
          String.format(
              Locale.ROOT,
              "input %s has %d elements, its shape says %d",
              Quote.name(name),
              data.size(),
              rows));
    }
    return data;
  }

  /** Elements may be nested as the shape is. */
  private static void flat(Object element, String name, List<Object> data) {
    if (element instanceof List<?> one && one.size() == 1) {
      data.add(text(one.get(0), name));
    } else {
      data.add(text(element, name));
    }
  }

  private static Object text(Object element, String name) {
    if (element == null || element instanceof String) {
      return element;
    }
    throw Problem.badRequest("input " + Quote.name(name) + ": an element is no text");
  }

  /** Each element behind its length, of four bytes, little endian. */
  private static void binary(String name, int size, ByteBuffer body, List<Object> data) {
    if (size < 0 || size > body.remaining()) {
      throw Problem.badRequest("input " + Quote.name(name) + ": its binary data are cut short");
    }
    ByteBuffer own = body.slice(body.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    body.position(body.position() + size);
    while (own.hasRemaining()) {
      int length = own.remaining() < Integer.BYTES ? -1 : own.getInt();
      if (length < 0 || length > own.remaining()) {
        throw Problem.badRequest("input " + Quote.name(name) + ": its binary data are broken");
      }
      byte[] element = new byte[length];
      own.get(element);
      data.add(element);
    }
  }

  private static List<String> outputs(Object asked) {
    List<String> names = new ArrayList<>();
    if (asked instanceof List<?> list) {
      list.forEach(each -> names.add(String.valueOf(object(each, "an output").get("name"))));
    }
    return names;
  }
}
