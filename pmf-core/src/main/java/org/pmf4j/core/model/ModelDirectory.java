package org.pmf4j.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.file.AtomicFile;
import org.pmf4j.core.safetensors.PendingTensor;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;

/**
 * A saved model: {@code adapter_config.json}, {@code adapter_model.safetensors}, {@code README.md},
 * and what training left beside them.
 *
 * @param path the directory
 */
public record ModelDirectory(Path path) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** The trained tensors. */
  public Path adapter() {
    return path.resolve("adapter_model.safetensors");
  }

  /** The configuration. */
  public Path config() {
    return path.resolve("adapter_config.json");
  }

  /** The card for people. */
  public Path card() {
    return path.resolve("README.md");
  }

  /** One line for each step and epoch. */
  public Path log() {
    return path.resolve("train_log.jsonl");
  }

  /** What a run goes on from. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** True if a model has been saved here. */
  public boolean isComplete() {
    return Files.exists(config());
  }

  /**
   * Saves a model; the configuration comes last, so that a directory with one is complete.
   *
   * @throws PmfException if a file cannot be written
   */
  public void save(AdapterConfig config, Map<String, PendingTensor> adapter, String card) {
    AtomicFile.createFolders(path);
    SafetensorsWriter.writePending(adapter(), adapter, Map.of("format", "pt"));
    AtomicFile.write(card(), card.getBytes(StandardCharsets.UTF_8));
    try {
      AtomicFile.write(config(), JSON.writeValueAsBytes(config));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads the configuration.
   *
   * @throws PmfException if it is missing, broken, of another kind or of an unknown version
   */
  public AdapterConfig readConfig() {
    if (!Files.isRegularFile(config())) {
      throw PmfException.input(
          config() + ": missing; a model is a directory that 'pmf train' wrote to its end");
    }
    try {
      Map<?, ?> raw = JSON.readValue(config().toFile(), Map.class);
      if (!AdapterConfig.PEFT_TYPE.equals(raw.get("peft_type"))) {
        throw PmfException.input(
            config() + ": \"peft_type\" is " + raw.get("peft_type") + ", not PMF");
      }
      if (!Integer.valueOf(AdapterConfig.FORMAT_VERSION).equals(raw.get("format_version"))) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: format version %s is unknown to this version, which reads %d; update it",
                config(),
                raw.get("format_version"),
                AdapterConfig.FORMAT_VERSION));
      }
      return JSON.convertValue(raw, AdapterConfig.class);
    } catch (JsonProcessingException e) {
      throw PmfException.input(config() + ": not valid JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw PmfException.input(config() + ": " + firstLine(e.getMessage()), e);
    } catch (IOException e) {
      throw PmfException.input(config() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the trained tensors by name.
   *
   * @throws PmfException if the file is missing or broken
   */
  public Map<String, HostTensor> readAdapter() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(adapter())) {
      file.names().forEach(name -> tensors.put(name, file.tensor(name)));
    }
    return tensors;
  }

  private static String firstLine(String text) {
    return text == null ? "unreadable" : text.lines().findFirst().orElse("unreadable");
  }
}
