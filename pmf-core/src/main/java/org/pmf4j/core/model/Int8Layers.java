package org.pmf4j.core.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.api.json.Json;

/**
 * Which linear layers of a model's encoders stay in single precision where the others are in 8-bit
 * integers, as it was measured and is kept beside the model. Immutable, so that any number of
 * threads may share it.
 *
 * @param inFloat by modality, names in the encoder's files of the weights that stay
 */
public record Int8Layers(Map<String, Set<String>> inFloat) {
  /** All layers are in integers. */
  public static final Int8Layers NONE = new Int8Layers(Map.of());

  private static final int VERSION = 1;
  private static final long LARGEST = 1L << 24;
  private static final String ADAPTER = "adapter_sha256";
  private static final String IN_FLOAT = "in_float";

  /** Copies the map. */
  public Int8Layers {
    Map<String, Set<String>> copy = new LinkedHashMap<>();
    inFloat.forEach((modality, names) -> copy.put(modality, Set.copyOf(names)));
    inFloat = copy;
  }

  /** Those of one encoder. */
  public Set<String> of(String modality) {
    return inFloat.getOrDefault(modality, Set.of());
  }

  /** How many there are, of all encoders. */
  public int size() {
    return inFloat.values().stream().mapToInt(Set::size).sum();
  }

  /**
   * Writes the file.
   *
   * @param adapter SHA-256 of the adapter of the model that was measured; null where it has none
   * @throws PmfException naming the file, if it cannot be written
   */
  public void write(Path file, String adapter) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format_version", VERSION);
    if (adapter != null) {
      all.put(ADAPTER, adapter);
    }
    Map<String, Object> names = new LinkedHashMap<>();
    inFloat.forEach((modality, some) -> names.put(modality, List.copyOf(new TreeSet<>(some))));
    all.put(IN_FLOAT, names);
    AtomicFile.write(file, Json.text(all) + "\n");
  }

  /**
   * Reads the file.
   *
   * @param adapter SHA-256 of the model's adapter; null where it has none
   * @return empty if there is none, or it was written for another adapter
   * @throws PmfException naming the file, if it is no such file
   */
  public static Optional<Int8Layers> read(Path file, String adapter) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Map<?, ?> object = Json.object(file.toString(), InputFile.text(file, LARGEST));
    if (adapter != null && !adapter.equals(object.get(ADAPTER))) {
      return Optional.empty();
    }
    if (!(object.get("format_version") instanceof Number version)
        || version.intValue() != VERSION
        || !(object.get(IN_FLOAT) instanceof Map<?, ?> written)) {
      throw broken(file);
    }
    Map<String, Set<String>> all = new LinkedHashMap<>();
    written.forEach((modality, names) -> all.put(String.valueOf(modality), names(file, names)));
    return Optional.of(new Int8Layers(all));
  }

  private static Set<String> names(Path file, Object written) {
    if (!(written instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
      throw broken(file);
    }
    Set<String> names = new LinkedHashSet<>();
    list.forEach(name -> names.add((String) name));
    return names;
  }

  private static PmfException broken(Path file) {
    return PmfException.input(
        file
            + ": does not say which layers are in integers; remove it, or measure them anew by"
            + " 'pmf export --int8'");
  }
}
