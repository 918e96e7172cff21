package org.pmf4j.parity;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Targets;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.transformer.StandardTransformerLayers;

/**
 * Two of the encoders below {@code parity/encoders}, fused under their own names.
 *
 * @param names their folders
 * @param fusionLayers how many last layers are fused
 */
record PairOfEncoders(List<String> names, int fusionLayers) {
  private static final int ROWS = 2;
  private static final int CLASSES = 3;
  private static final double RATE = 0.1;
  private static final Map<String, Object> SMALL =
      Map.of("query-prompts", 2, "query-context-prompts", 2, "fusion-context-prompts", 2);

  /**
   * Takes one step of gradient descent.
   *
   * @return {@code before} and {@code after}, the logits around the step, {@code loss} before it,
   *     and for each trained tensor its gradient as {@code grad.NAME} and its change as {@code
   *     step.NAME}
   */
  Map<String, HostTensor> step(PluginRegistry plugins, Backend backend, long seed) {
    EncoderLoader loader = new EncoderLoader(backend, plugins, new StandardTransformerLayers());
    Map<String, LoadedEncoder> loaded = new LinkedHashMap<>();
    Map<String, Tensor> in = new LinkedHashMap<>();
    try (ParameterStore store = new ParameterStore(backend, seed)) {
      for (String name : names) {
        Path folder = Fixtures.root().resolve("encoders").resolve(name);
        loaded.put(
            name,
            loader.loadWithoutPreprocessing(
                folder, Fixtures.modality(folder), MatrixPrecision.FLOAT32));
        Fixtures.tensors(folder.resolve("inputs.safetensors"))
            .forEach((input, t) -> in.put(name + "." + input, backend.tensor(rows(t))));
      }
      in.put("targets", backend.tensor(HostTensor.of(new float[] {1, 0, 0, 0, 0, 1}, 2, CLASSES)));
      in.put("weights", backend.tensor(HostTensor.of(new float[] {0.5f, 0.5f}, ROWS, 1)));
      Named<Encoder> encoders = Named.of(loaded).map(LoadedEncoder::encoder);
      return step(backend, encoders, model(plugins, encoders, store), store, Named.of(in));
    } finally {
      in.values().forEach(Tensor::close);
      loaded.values().forEach(LoadedEncoder::close);
    }
  }

  private FusionModel model(PluginRegistry plugins, Named<Encoder> encoders, ParameterStore store) {
    Map<String, Object> settings = new LinkedHashMap<>(SMALL);
    settings.put("fusion-layers", fusionLayers);
    var pmf = plugins.fusionMethods().get("pmf");
    return pmf.build(encoders, CLASSES, PlannedMethod.settings(pmf, settings), store);
  }

  private Map<String, HostTensor> step(
      Backend backend,
      Named<Encoder> encoders,
      FusionModel model,
      ParameterStore store,
      Named<Tensor> in) {
    Map<String, HostTensor> found = new LinkedHashMap<>();
    Map<String, HostTensor> before = store.read();
    try (Program training =
            backend.training("step", (batch, tape) -> step(encoders, model, store, batch, tape));
        Program inference =
            backend.inference(
                "logits", batch -> Named.of("after", logits(encoders, model, batch)))) {
      for (Program program : List.of(training, inference)) {
        Map<String, Tensor> out = program.run(in).asMap();
        out.forEach((name, t) -> found.put(name, backend.read(t)));
        out.values().forEach(Tensor::close);
      }
    }
    store
        .read()
        .forEach((name, now) -> found.put("step." + name, difference(now, before.get(name))));
    return found;
  }

  private Named<Tensor> step(
      Named<Encoder> encoders,
      FusionModel model,
      ParameterStore store,
      Named<Tensor> batch,
      Tape tape) {
    Tensor logits = logits(encoders, model, batch);
    Tensor loss =
        Loss.CROSS_ENTROPY.of(logits, new Targets<>(batch.get("targets"), batch.get("weights")));
    Named<Tensor> out = Named.of("before", logits).with("loss", loss);
    List<Parameter> trained = store.all();
    List<Tensor> gradients = tape.gradients(loss, trained);
    for (int i = 0; i < gradients.size(); i++) {
      Parameter p = trained.get(i);
      out = out.with("grad." + p.name(), gradients.get(i));
      tape.assign(p, p.value().sub(gradients.get(i).mul(RATE)));
    }
    return out;
  }

  private Tensor logits(Named<Encoder> encoders, FusionModel model, Named<Tensor> batch) {
    Map<String, Tokens> trunk = new LinkedHashMap<>();
    encoders
        .asMap()
        .forEach(
            (name, encoder) -> {
              Tokens tokens = encoder.embed(batch.under(name + "."));
              for (int l = 0; l < encoder.depth() - fusionLayers; l++) {
                tokens = encoder.layers().get(l).apply(tokens);
              }
              trunk.put(name, tokens);
            });
    return model.logits(Named.of(trunk));
  }

  /** The first rows. */
  private static HostTensor rows(HostTensor all) {
    long[] dims = all.shape().dims();
    int row = Math.toIntExact(all.shape().size() / dims[0]);
    dims[0] = ROWS;
    Shape shape = Shape.of(dims);
    return switch (all.dtype()) {
      case INT64 -> HostTensor.of(Arrays.copyOf(all.longs(), ROWS * row), shape.dims());
      default -> HostTensor.of(Arrays.copyOf(all.floats(), ROWS * row), shape.dims());
    };
  }

  private static HostTensor difference(HostTensor a, HostTensor b) {
    float[] values = a.floats();
    float[] other = b.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] -= other[i];
    }
    return HostTensor.of(values, a.shape().dims());
  }
}
