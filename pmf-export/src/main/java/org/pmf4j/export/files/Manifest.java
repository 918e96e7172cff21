package org.pmf4j.export.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.json.Json;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.export.graph.ModalityInputs;
import org.pmf4j.onnx.GraphInput;

/**
 * {@code export.json}: what programs must know to run the graphs, by which an export is known as
 * one. Immutable, so that any number of threads may share it.
 *
 * @param config of the saved model
 * @param opset of the graphs
 * @param graphs with their inputs and outputs
 * @param most by modality, the greatest length that its encoder takes, where that is known
 * @param int8 what 8-bit integers cost, where layers are in these
 */
public record Manifest(
    AdapterConfig config,
    int opset,
    List<GraphFile> graphs,
    Map<String, Integer> most,
    Optional<Map<String, Object>> int8) {
  /** The file's name. */
  public static final String NAME = "export.json";

  /** The folder of each modality's preprocessing files, by modality. */
  public static final String PREPROCESSING = "preprocessing";

  private static final int FORMAT_VERSION = 1;

  /** Copies the list and the map. */
  public Manifest {
    graphs = List.copyOf(graphs);
    most = new TreeMap<>(most);
  }

  /**
   * Writes the file.
   *
   * @throws org.pmf4j.api.error.PmfException naming it, if it cannot be written
   */
  public void write(Path folder) {
    AtomicFile.write(folder.resolve(NAME), Json.text(toMap()) + "\n");
  }

  private Map<String, Object> toMap() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format_version", FORMAT_VERSION);
    all.put("method", config.method());
    all.put("task", config.task());
    all.put("labels", config.labels());
    all.put("opset", opset);
    all.put("weights", WeightFiles.NAME);
    int8.ifPresent(measured -> all.put("int8", measured));
    List<Object> encoders = new ArrayList<>();
    config.encoders().forEach(e -> encoders.add(encoder(e)));
    all.put("longest", most);
    all.put("encoders", encoders);
    List<Object> files = new ArrayList<>();
    graphs.forEach(g -> files.add(graph(g)));
    all.put("graphs", files);
    return all;
  }

  private static Map<String, Object> encoder(AdapterConfig.Base base) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("modality", base.name());
    one.put("model_type", base.modelType());
    one.put("sha256", base.sha256());
    if (base.settings() != null) {
      one.put("settings", base.settings());
    }
    one.put(PREPROCESSING, PREPROCESSING + "/" + base.name());
    return one;
  }

  private static Map<String, Object> graph(GraphFile file) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("file", file.name());
    one.put("modalities", file.pattern().modalities());
    List<Object> inputs = new ArrayList<>();
    for (GraphInput i : file.inputs()) {
      Map<String, Object> input = new LinkedHashMap<>();
      input.put("name", i.name());
      input.put("type", GraphFile.numpyType(i));
      input.put("shape", GraphFile.shape(i));
      inputs.add(input);
    }
    one.put("inputs", inputs);
    List<Object> outputs = new ArrayList<>();
    for (GraphFile.Output o : file.outputs()) {
      Map<String, Object> output = new LinkedHashMap<>();
      output.put("name", o.name());
      output.put("type", "float32");
      output.put("shape", List.of(ModalityInputs.BATCH, o.width()));
      outputs.add(output);
    }
    one.put("outputs", outputs);
    Map<String, Object> lengths = new LinkedHashMap<>();
    for (ModalityInputs m : file.graph().inputs().values()) {
      if (m.hasLength() && m.length() != Shape.UNKNOWN) {
        lengths.put(m.modality(), m.length());
      }
    }
    one.put("fixed_lengths", lengths);
    return one;
  }
}
