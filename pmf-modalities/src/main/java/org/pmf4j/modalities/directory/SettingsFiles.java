package org.pmf4j.modalities.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.api.json.Json;

/**
 * The files of an encoder's directory that say what it is and how its inputs are made – settings in
 * JSON, vocabularies – read and held against the lists of their keys, and written. Immutable, so
 * that any number of threads may share it.
 *
 * @param path the directory
 */
public record SettingsFiles(Path path) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Files whose keys depend on the encoder's family, which holds them against its own lists. */
  private static final List<String> OF_FAMILIES =
      List.of("config.json", "preprocessor_config.json");

  /** Bytes of the largest file that is read whole: vocabularies have tens of megabytes. */
  private static final long LARGEST = 512L << 20;

  /** A file of this directory, whether it exists or not. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** True if there is something of this name, which reading may then refuse. */
  public boolean has(String name) {
    return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS);
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

  /** Where there is one list of keys for a file, the file is held against it. */
  private EncoderConfig config(String name) {
    EncoderConfig config = EncoderConfig.read(file(name));
    if (!OF_FAMILIES.contains(name)) {
      KeyList.find(name.replaceFirst("\\.json$", "")).ifPresent(list -> list.check(config));
    }
    return config;
  }

  /** Reads a JSON object as a tree that its receiver may change. */
  public ObjectNode object(String name) {
    Path file = file(name);
    String text = InputFile.text(file, LARGEST);
    return (ObjectNode) Json.object(file.toString(), text, TreeValues.INSTANCE);
  }

  /** Reads a file whole. */
  public byte[] bytes(String name) {
    return InputFile.bytes(file(name), LARGEST);
  }

  /** Writes a JSON object or tree, indented. */
  public void write(String name, Object json) {
    write(name, toJson(json));
  }

  /** Writes a file whole, or leaves what was there. */
  public void write(String name, byte[] content) {
    AtomicFile.write(file(name), content);
  }

  /** The UTF-8 bytes of a JSON value, indented. */
  public static byte[] toJson(Object json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON value: " + json, e);
    }
  }
}
