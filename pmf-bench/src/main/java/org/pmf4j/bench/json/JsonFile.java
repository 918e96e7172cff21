package org.pmf4j.bench.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;

/**
 * Reads and writes records as JSON. What is absent is null in a record and is left out of the file;
 * a number that is none is left out as well. Has no state: any thread may call it.
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
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (JsonProcessingException e) {
      throw PmfException.input(file + notExpected(e), e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  /**
   * Reads a record from a text.
   *
   * @param source what the text is called in messages
   * @throws PmfException if it is no JSON, or JSON of something else
   */
  public static <T> T parse(String source, String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw PmfException.input(source + notExpected(e), e);
    }
  }

  private static String notExpected(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place =
        at == null
            ? ""
            : String.format(Locale.ROOT, " line %d, column %d", at.getLineNr(), at.getColumnNr());
    return place
        + ": not what was expected there; it was changed, cut off or written by another pmf";
  }
}
