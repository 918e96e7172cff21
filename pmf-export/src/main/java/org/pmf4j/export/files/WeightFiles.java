package org.pmf4j.export.files;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.onnx.OnnxModel;
import org.pmf4j.onnx.WeightPlace;

/**
 * Where the weights of several graphs lie: in files of safetensors below the graphs' folder, each
 * weight once. For one thread at a time.
 */
public final class WeightFiles {
  /** The file of all weights that lie in no other. */
  public static final String NAME = "weights.safetensors";

  private final Map<String, HostTensor> weights = new LinkedHashMap<>();
  private final Map<String, WeightPlace> places = new LinkedHashMap<>();

  /** Adds the weights of a graph; those of one name are one. */
  public void add(OnnxModel graph) {
    weights.putAll(graph.weights().asMap());
  }

  /** Bytes of all weights. */
  public long bytes() {
    return weights.values().stream().mapToLong(w -> w.data().remaining()).sum();
  }

  /** How many weights lie in files of their encoders. */
  public int linked() {
    return (int) places.values().stream().filter(p -> !p.file().equals(NAME)).count();
  }

  /** Leaves weights whose very bytes a file has where they are. */
  public void link(LinkedFile file) {
    weights.forEach(
        (name, w) -> {
          if (!places.containsKey(name)) {
            file.find(w).ifPresent(place -> places.put(name, place));
          }
        });
  }

  /**
   * Writes all weights that lie in no other file.
   *
   * @param folder of the graphs
   * @return where each weight lies
   * @throws org.pmf4j.api.error.PmfException naming the file, if it cannot be written
   */
  public Named<WeightPlace> write(Path folder) {
    Map<String, HostTensor> own = new LinkedHashMap<>(weights);
    own.keySet().removeAll(places.keySet());
    Path target = folder.resolve(NAME);
    SafetensorsWriter.write(target, own, Map.of("format", "pt"));
    try (SafetensorsFile file = SafetensorsFile.open(target)) {
      own.forEach(
          (name, w) ->
              places.put(name, new WeightPlace(NAME, file.position(name), w.data().remaining())));
    }
    return Named.of(places);
  }

  /** The places of one graph's weights. */
  public static Named<WeightPlace> of(OnnxModel graph, Named<WeightPlace> all) {
    Map<String, WeightPlace> some = new LinkedHashMap<>();
    graph.weights().names().forEach(name -> some.put(name, all.get(name)));
    return Named.of(some);
  }
}
