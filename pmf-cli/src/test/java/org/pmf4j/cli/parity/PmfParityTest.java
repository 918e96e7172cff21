package org.pmf4j.cli.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.cli.Checked;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.SavedValues;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.Settings;
import org.pmf4j.core.transformer.StandardTransformerLayers;

@DisplayName("PMF as queries over memory computes what whole layers with dropped rows compute")
class PmfParityTest {
  /**
   * Relative to a tensor's largest element. The reference itself moves by 1e-6 between single and
   * double precision; a row or prompt in the wrong place moves logits by far more than 1e-4.
   */
  private static final double TOLERANCE = 1e-4;

  private static Backend backend;
  private static EncoderLoader loader;
  private static PluginRegistry plugins;

  @BeforeAll
  static void open() {
    plugins = PluginRegistry.discover(PmfParityTest.class.getClassLoader());
    backend = plugins.backends().get(Checked.BACKEND).open(BackendOptions.DEFAULT);
    loader = new EncoderLoader(backend, plugins, new StandardTransformerLayers());
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  static Stream<String> cases() {
    Set<String> others = Set.of("encoders", "curve");
    return Fixtures.folders("pmf").stream()
        .map(p -> p.getFileName().toString())
        .filter(name -> !others.contains(name));
  }

  @ParameterizedTest(name = "logits, loss and every gradient of {0}")
  @MethodSource("cases")
  void logitsLossAndEveryGradientAgree(String name) {
    Path folder = Fixtures.root().resolve("pmf").resolve(name);
    JsonNode spec = Fixtures.json(folder.resolve("case.json"));
    Map<String, HostTensor> inputs = Fixtures.tensors(folder.resolve("inputs.safetensors"));
    Map<String, HostTensor> expected = Fixtures.tensors(folder.resolve("expected.safetensors"));
    Path adapter = folder.resolve("adapter_model.safetensors");
    SavedValues values = new SavedValues(adapter, Fixtures.tensors(adapter));
    Named<LoadedEncoder> encoders = encoders(spec);
    try (ParameterStore store = new ParameterStore(backend, 0, values)) {
      int outputs = spec.get("outputs").asInt();
      FusionModel model =
          plugins
              .fusionMethods()
              .get("pmf")
              .build(encoders.map(LoadedEncoder::encoder), outputs, settings(spec), store);
      assertThat(model.parameters().stream().map(Parameter::name))
          .containsExactlyInAnyOrderElementsOf(values.values().keySet());

      Map<String, float[]> found =
          run(model, encoders.map(LoadedEncoder::encoder), spec, inputs, outputs);

      Set<String> compared = new HashSet<>();
      expected.forEach(
          (tensor, e) -> {
            Differences.assertCloseRelative(tensor, found.get(tensor), e, TOLERANCE);
            compared.add(tensor);
          });
      assertThat(compared).hasSize(values.values().size() + 2);
    } finally {
      encoders.asMap().values().forEach(LoadedEncoder::close);
    }
  }

  private static Named<LoadedEncoder> encoders(JsonNode spec) {
    Map<String, LoadedEncoder> encoders = new LinkedHashMap<>();
    for (JsonNode m : spec.get("modalities")) {
      Path all = Fixtures.root().resolve("pmf").resolve("encoders");
      Path path = all.resolve(spec.get("encoders").get(m.asText()).asText());
      encoders.put(m.asText(), loader.loadWithoutPreprocessing(path, MatrixPrecision.FLOAT32));
    }
    return Named.of(encoders);
  }

  private static Map<String, Object> settings(JsonNode spec) {
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
    }
    return Settings.complete(plugins.fusionMethods().get("pmf").defaults(), m, "pmf");
  }

  private static Map<String, float[]> run(
      FusionModel model,
      Named<Encoder> encoders,
      JsonNode spec,
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
    Map<String, float[]> found = new LinkedHashMap<>();
    try (Program program =
        backend.training(
            "parity",
            (batch, tape) -> {
              Tensor logits = model.logits(trunk(encoders, model.fusionLayers(), batch));
              Tensor l = loss.of(logits, batch.get("targets"), batch.get("weights"));
              Named<Tensor> out = Named.of("logits", logits).with("loss", l);
              List<Tensor> gradients = tape.gradients(l, model.parameters());
              for (int i = 0; i < gradients.size(); i++) {
                out = out.with("grad." + model.parameters().get(i).name(), gradients.get(i));
              }
              return out;
            })) {
      Named<Tensor> out = program.run(Named.of(in));
      out.asMap().forEach((name, t) -> found.put(name, backend.read(t).floats()));
      out.asMap().values().forEach(Tensor::close);
    } finally {
      in.values().forEach(Tensor::close);
    }
    return found;
  }

  private static Named<Tokens> trunk(Named<Encoder> encoders, int fused, Named<Tensor> batch) {
    Map<String, Tokens> trunk = new LinkedHashMap<>();
    encoders
        .asMap()
        .forEach(
            (m, e) -> {
              Tokens tokens = e.embed(batch.under(m + "."));
              for (int l = 0; l < e.depth() - fused; l++) {
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
