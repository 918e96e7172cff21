package org.pmf4j.methods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.batch.Targets;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.Blueprint;
import org.pmf4j.core.model.EncoderSet;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.transformer.StandardTransformerLayers;
import org.pmf4j.core.trunk.Trunks;

/**
 * One of the fixtures below {@code methods/cases}, computed as the host computes it: its trunks,
 * its model, its loss.
 *
 * @param folder where it lies
 * @param spec its case.json
 * @param plugins what computes it
 * @param backend where it is computed
 */
record MethodCase(Path folder, JsonNode spec, PluginRegistry plugins, Backend backend) {

  static MethodCase of(String name, PluginRegistry plugins, Backend backend) {
    Path folder = BenchFiles.METHODS.resolve("cases").resolve(name);
    try {
      JsonNode spec = new ObjectMapper().readTree(folder.resolve("case.json").toFile());
      return new MethodCase(folder, spec, plugins, backend);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the reference computed, named as {@link #compute} names it. */
  Map<String, HostTensor> expected() {
    return tensors("expected.safetensors");
  }

  /** {@code logits}, {@code loss}, and the gradient of each trained tensor as {@code grad.NAME}. */
  Map<String, HostTensor> compute() {
    FusionMethod method = plugins.fusionMethods().get(spec.get("method").asText());
    Map<String, Path> encoders = new LinkedHashMap<>();
    spec.get("encoders")
        .properties()
        .forEach(e -> encoders.put(e.getKey(), BenchFiles.encoder(e.getValue().asText())));
    int outputs = spec.get("outputs").asInt();
    EncoderLoader loader = new EncoderLoader(backend, plugins, new StandardTransformerLayers());
    Named<EncoderSpec> specs = EncoderSet.specs(loader, encoders);
    PlannedMethod planned = PlannedMethod.of(method, settings(method), specs.map(loader::shape));
    try (FusedModel model =
            FusedModel.load(
                loader,
                new Blueprint(specs, MatrixPrecision.FLOAT32, planned, outputs),
                new ParameterStore(backend, 0, tensors("adapter_model.safetensors")::get));
        Trunks trunks = model.trunks()) {
      return run(model, trunks, tensors("inputs.safetensors"), outputs);
    }
  }

  private Settings settings(FusionMethod method) {
    Map<String, Object> given = new LinkedHashMap<>();
    spec.get("settings").properties().forEach(e -> given.put(e.getKey(), e.getValue().asText()));
    return PlannedMethod.settings(method, given);
  }

  private Map<String, HostTensor> run(
      FusedModel model, Trunks trunks, Map<String, HostTensor> inputs, int outputs) {
    long[] labels = inputs.remove("labels").longs();
    float[] targets = new float[labels.length * outputs];
    for (int i = 0; i < labels.length; i++) {
      targets[i * outputs + (int) labels[i]] = 1;
    }
    float[] weights = new float[labels.length];
    Arrays.fill(weights, 1f / labels.length);
    Map<String, HostTensor> found = new LinkedHashMap<>();
    List<Tensor> open = new ArrayList<>();
    try (Program program = backend.training("parity", (in, tape) -> body(model, in, tape))) {
      Batch<Tensor> in =
          trunks.place(
              batch(model.encoders().names(), Named.of(inputs))
                  .with(
                      new Targets<>(
                          HostTensor.of(targets, labels.length, outputs),
                          HostTensor.of(weights, labels.length, 1))));
      open.addAll(in.tensors());
      Named<Tensor> out = program.run(BatchCodec.names(in));
      open.addAll(out.asMap().values());
      out.asMap().forEach((name, t) -> found.put(name, backend.read(t)));
    } finally {
      open.forEach(Tensor::close);
    }
    return found;
  }

  /** The fixture names inputs {@code <modality>.<input>}. */
  private static Batch<HostTensor> batch(Set<String> modalities, Named<HostTensor> inputs) {
    Named<ModalityInput<HostTensor>> all = Named.none();
    for (String m : modalities) {
      Named<HostTensor> own = inputs.under(m + ".");
      all = own.names().isEmpty() ? all : all.with(m, new ModalityInput.EncoderInput<>(own));
    }
    return Batch.of(all);
  }

  private static Named<Tensor> body(FusedModel model, Named<Tensor> in, Tape tape) {
    Batch<Tensor> batch = BatchCodec.batch(in);
    Named<Tokens> tokens = model.tokens(batch);
    Tensor logits = model.logits(tokens);
    Tensor task = Loss.CROSS_ENTROPY.of(logits, batch.requireTargets());
    Tensor loss = model.penalty(tokens).map(task::add).orElse(task);
    List<Parameter> trainable = model.trainable();
    List<Tensor> gradients = tape.gradients(loss, trainable);
    Named<Tensor> out = Named.of("logits", logits).with("loss", loss);
    for (int i = 0; i < gradients.size(); i++) {
      out = out.with("grad." + trainable.get(i).name(), gradients.get(i));
    }
    return out;
  }

  private Map<String, HostTensor> tensors(String file) {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    try (SafetensorsFile f = SafetensorsFile.open(folder.resolve(file))) {
      f.names().forEach(name -> all.put(name, f.tensor(name)));
    }
    return all;
  }
}
