package org.pmf4j.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Targets;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.model.SavedValues;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.transformer.StandardTransformerLayers;

/**
 * One of the fixtures below {@code parity/pmf}: encoders, an adapter, inputs and settings.
 *
 * @param folder where it lies
 * @param spec its case.json
 * @param plugins what computes it
 * @param backend where it is computed
 */
record ParityCase(Path folder, JsonNode spec, PluginRegistry plugins, Backend backend) {

  static ParityCase of(String name, PluginRegistry plugins, Backend backend) {
    Path folder = Fixtures.root().resolve("pmf").resolve(name);
    return new ParityCase(folder, Fixtures.json(folder.resolve("case.json")), plugins, backend);
  }

  /** The names of all cases. */
  static Stream<String> names() {
    Set<String> others = Set.of("encoders", "curve");
    return Fixtures.folders("pmf").stream()
        .map(p -> p.getFileName().toString())
        .filter(name -> !others.contains(name));
  }

  /** What the reference computed, named as {@link #compute} names it. */
  Map<String, HostTensor> expected() {
    return Fixtures.tensors(folder.resolve("expected.safetensors"));
  }

  /** The trained tensors, by name. */
  Map<String, HostTensor> adapter() {
    return Fixtures.tensors(folder.resolve("adapter_model.safetensors"));
  }

  /**
   * {@code logits}, {@code loss} and, where the backend trains, the gradient of each trained tensor
   * as {@code grad.NAME}.
   */
  Map<String, HostTensor> compute() {
    SavedValues values = new SavedValues(folder.resolve("adapter_model.safetensors"), adapter());
    Map<String, HostTensor> inputs = Fixtures.tensors(folder.resolve("inputs.safetensors"));
    Named<LoadedEncoder> encoders = encoders();
    try (ParameterStore store = new ParameterStore(backend, 0, values)) {
      int outputs = spec.get("outputs").asInt();
      Named<Encoder> bare = encoders.map(LoadedEncoder::encoder);
      FusionModel model =
          plugins.fusionMethods().get("pmf").build(bare, outputs, settings(), store);
      return run(model, store.all(), bare, inputs, outputs);
    } finally {
      encoders.asMap().values().forEach(LoadedEncoder::close);
    }
  }

  private Named<LoadedEncoder> encoders() {
    EncoderLoader loader = new EncoderLoader(backend, plugins, new StandardTransformerLayers());
    Map<String, LoadedEncoder> encoders = new LinkedHashMap<>();
    for (JsonNode m : spec.get("modalities")) {
      Path all = Fixtures.root().resolve("pmf").resolve("encoders");
      Path path = all.resolve(spec.get("encoders").get(m.asText()).asText());
      encoders.put(
          m.asText(), loader.loadWithoutPreprocessing(path, Map.of(), MatrixPrecision.FLOAT32));
    }
    return Named.of(encoders);
  }

  private Settings settings() {
    int n = spec.get("prompt_length").asInt();
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("fusion-layers", spec.get("fusion_layers").asInt());
    m.put("query-prompts", n);
    m.put("query-context-prompts", n);
    m.put("fusion-context-prompts", n);
    m.put("mapping-width", spec.get("mapping_width").asInt(0));
    m.put("mapping-activation", spec.get("mapping_activation").asText());
    boolean joint = spec.get("head").asText().equals("joint");
    m.put("head", joint ? "joint" : "averaged");
    if (joint) {
      m.put("head-width", spec.get("joint_width").asInt());
      m.put("head-activation", "relu");
      m.put("head-norm", false);
    }
    return PlannedMethod.settings(plugins.fusionMethods().get("pmf"), m);
  }

  private Map<String, HostTensor> run(
      FusionModel model,
      List<Parameter> trained,
      Named<Encoder> encoders,
      Map<String, HostTensor> inputs,
      int outputs) {
    HostTensor labels = inputs.get("labels");
    Map<String, Tensor> in = new LinkedHashMap<>();
    inputs.forEach(
        (name, t) -> {
          if (!name.equals("labels")) {
            in.put(name, backend.tensor(t));
          }
        });
    in.put("targets", backend.tensor(targets(labels, outputs)));
    int rows = Math.toIntExact(labels.shape().dim(0));
    float[] weights = new float[rows];
    Arrays.fill(weights, 1f / rows);
    in.put("weights", backend.tensor(HostTensor.of(weights, rows, 1)));
    Loss loss = loss(spec.get("task").asText());
    Map<String, HostTensor> found = new LinkedHashMap<>();
    try (Program program =
        backend.info().can(Capability.TRAINING)
            ? backend.training(
                "parity",
                (batch, tape) -> {
                  Named<Tensor> out = forward(model, encoders, loss, batch);
                  List<Tensor> gradients = tape.gradients(out.get("loss"), trained);
                  for (int i = 0; i < gradients.size(); i++) {
                    out = out.with("grad." + trained.get(i).name(), gradients.get(i));
                  }
                  return out;
                })
            : backend.inference("parity", batch -> forward(model, encoders, loss, batch))) {
      Named<Tensor> out = program.run(Named.of(in));
      out.asMap().forEach((name, t) -> found.put(name, backend.read(t)));
      out.asMap().values().forEach(Tensor::close);
    } finally {
      in.values().forEach(Tensor::close);
    }
    return found;
  }

  private Named<Tensor> forward(
      FusionModel model, Named<Encoder> encoders, Loss loss, Named<Tensor> batch) {
    Tensor logits = model.logits(trunk(encoders, batch));
    Targets<Tensor> targets = new Targets<>(batch.get("targets"), batch.get("weights"));
    return Named.of("logits", logits).with("loss", loss.of(logits, targets));
  }

  private Named<Tokens> trunk(Named<Encoder> encoders, Named<Tensor> batch) {
    Map<String, Tokens> trunk = new LinkedHashMap<>();
    encoders
        .asMap()
        .forEach(
            (m, e) -> {
              Tokens tokens = e.embed(batch.under(m + "."));
              for (int l = 0; l < e.depth() - spec.get("fusion_layers").asInt(); l++) {
                tokens = e.layers().get(l).apply(tokens);
              }
              trunk.put(m, tokens);
            });
    return Named.of(trunk);
  }

  private static HostTensor targets(HostTensor labels, int outputs) {
    if (labels.shape().rank() == 2) {
      return labels;
    }
    long[] classes = labels.longs();
    float[] oneHot = new float[classes.length * outputs];
    for (int i = 0; i < classes.length; i++) {
      oneHot[i * outputs + (int) classes[i]] = 1;
    }
    return HostTensor.of(oneHot, classes.length, outputs);
  }

  private static Loss loss(String task) {
    return switch (task) {
      case "multi-label" -> Loss.BINARY_CROSS_ENTROPY;
      case "regression" -> Loss.SQUARED_ERROR;
      default -> Loss.CROSS_ENTROPY;
    };
  }
}
