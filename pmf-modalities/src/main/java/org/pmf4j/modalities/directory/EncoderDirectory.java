package org.pmf4j.modalities.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/**
 * An encoder's directory.
 *
 * @param path where it is
 */
public record EncoderDirectory(Path path) {
  /** Python writes numbers that are not finite as JSON does not know them, so they are let in. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** A file of this directory, whether it exists or not. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** True if there is a regular file of this name. */
  public boolean has(String name) {
    return Files.isRegularFile(file(name));
  }

  /** Reads a JSON object, if there is such a file. */
  public Optional<EncoderConfig> find(String name) {
    return has(name) ? Optional.of(config(name)) : Optional.empty();
  }

  /**
   * Reads a JSON object that must be there.
   *
   * @param advice what to do where it is missing
   */
  public EncoderConfig require(String name, String advice) {
    if (!has(name)) {
      throw PmfException.input(path + ": " + name + " is missing; " + advice);
    }
    return config(name);
  }

  private EncoderConfig config(String name) {
    Map<String, Object> values = JSON.convertValue(object(name), new TypeReference<>() {});
    return new EncoderConfig(file(name).toString(), values);
  }

  /** Reads a JSON object as a tree that its receiver may change. */
  public ObjectNode object(String name) {
    try {
      if (JSON.readTree(bytes(name)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: line %d is not JSON: %s",
              file(name),
              e.getLocation().getLineNr(),
              firstLine(e.getOriginalMessage())),
          e);
    } catch (IOException e) {
      throw PmfException.input(file(name) + ": cannot be read: " + e.getMessage(), e);
    }
    throw PmfException.input(file(name) + ": is not a JSON object");
  }

  /** Reads a file whole. */
  public byte[] bytes(String name) {
    try {
      return Files.readAllBytes(file(name));
    } catch (IOException e) {
      throw PmfException.input(file(name) + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes a JSON object or tree, indented. */
  public void write(String name, Object json) {
    write(name, toJson(json));
  }

  /** Writes a file whole, or leaves what was there. */
  public void write(String name, byte[] content) {
    Path target = file(name);
    Path aside = file(name + ".tmp");
    try {
      Files.write(aside, content);
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw PmfException.environment(target + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** The UTF-8 bytes of a JSON value, indented. */
  public static byte[] toJson(Object json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON value: " + json, e);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
