package org.pmf4j.bench.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.api.json.Json;

/**
 * Reads records from JSON in the dialect of {@link org.pmf4j.api.json}, and writes them. What is
 * absent is null in a record and is left out of the file; a number that is none is left out as
 * well. Has no state: any thread may call it.
 */
public final class JsonFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Bytes of the largest file: thousands of measurements stay far below. */
  private static final long LARGEST = 512L << 20;

  private JsonFile() {}

  /**
   * Writes a record, pretty printed, in place of an older file.
   *
   * @throws PmfException naming file and reason, if it cannot be written
   */
  public static void write(Path file, Object value) {
    AtomicFile.write(file, text(value) + "\n");
  }

  /** A record as text, pretty printed. */
  public static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a record that JSON can tell: " + value, e);
    }
  }

  /** A record as one line. */
  public static String line(Object value) {
    try {
      return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a record that JSON can tell: " + value, e);
    }
  }

  /**
   * Reads a record.
   *
   * @throws PmfException if the file is missing, no JSON, or JSON of something else
   */
  public static <T> T read(Path file, Class<T> type) {
    return parse(file.toString(), InputFile.text(file, LARGEST), type);
  }

  /**
   * Reads a record from a text.
   *
   * @param source what the text is called in messages
   * @throws PmfException if it is no JSON, or JSON of something else
   */
  public static <T> T parse(String source, String text, Class<T> type) {
    Object value = Json.value(source, text);
    if (value == null) {
      throw notExpected(source, null);
    }
    try {
      return JSON.convertValue(value, type);
    } catch (IllegalArgumentException e) {
      throw notExpected(source + place(e.getCause()), e);
    }
  }

  private static PmfException notExpected(String place, Throwable cause) {
    return PmfException.input(
        place + ": not what was expected there; it was changed or written by another pmf", cause);
  }

  /** The keys and positions that lead to what does not fit. */
  private static String place(Throwable cause) {
    if (!(cause instanceof JsonMappingException e) || e.getPath().isEmpty()) {
      return "";
    }
    StringBuilder place = new StringBuilder(" ");
    for (JsonMappingException.Reference step : e.getPath()) {
      boolean key = step.getFieldName() != null;
      place.append(key && place.length() > 1 ? "." : "");
      place.append(key ? Quoted.of(step.getFieldName()) : "[" + step.getIndex() + "]");
    }
    return place.toString();
  }
}
