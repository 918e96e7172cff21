package org.pmf4j.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.SafetensorsFile;

/** The fixtures below {@code parity/}; its README says what they are. */
final class Fixtures {
  private Fixtures() {}

  static Path root() {
    try {
      return Path.of(Fixtures.class.getResource("/parity").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Folders below a folder, sorted. */
  static List<Path> folders(String name) {
    try (Stream<Path> all = Files.list(root().resolve(name))) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, HostTensor> tensors(Path file) {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    try (SafetensorsFile f = SafetensorsFile.open(file)) {
      f.names().forEach(name -> all.put(name, f.tensor(name)));
    }
    return all;
  }

  /** Which encoder of a whole model of two these inputs are for; of others there is one. */
  static Map<String, String> modality(Path encoder) {
    String type = json(encoder.resolve("config.json")).path("model_type").asText();
    if (!Set.of("clip", "siglip").contains(type)) {
      return Map.of();
    }
    Set<String> inputs = tensors(encoder.resolve("inputs.safetensors")).keySet();
    return Map.of("modality", inputs.contains("input_ids") ? "text" : "image");
  }

  static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
